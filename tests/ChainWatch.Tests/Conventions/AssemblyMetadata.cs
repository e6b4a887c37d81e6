using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace ChainWatch.Tests.Conventions;

/// <summary>What a built assembly refers to, read from its metadata: nothing that it uses can hide from this.</summary>
internal sealed class AssemblyMetadata : IDisposable
{
    private readonly PEReader _file;
    private readonly MetadataReader _metadata;

    public AssemblyMetadata(string path)
    {
        _file = new PEReader(File.OpenRead(path));
        _metadata = _file.GetMetadataReader();
    }

    /// <summary>Names of the assemblies referred to.</summary>
    public IEnumerable<string> Assemblies => _metadata.AssemblyReferences.Select(h => _metadata.GetString(_metadata.GetAssemblyReference(h).Name));

    /// <summary>Full names of the types of other assemblies.</summary>
    public IEnumerable<string> Types => _metadata.TypeReferences.Select(FullName);

    /// <summary>Members of other assemblies' types, as Type.Member.</summary>
    public IEnumerable<string> Members
    {
        get
        {
            foreach (MemberReferenceHandle handle in _metadata.MemberReferences)
            {
                MemberReference member = _metadata.GetMemberReference(handle);
                if (member.Parent.Kind == HandleKind.TypeReference)
                {
                    yield return $"{FullName((TypeReferenceHandle)member.Parent)}.{_metadata.GetString(member.Name)}";
                }
            }
        }
    }

    /// <summary>Every string literal.</summary>
    public IEnumerable<string> Literals
    {
        get
        {
            for (UserStringHandle handle = MetadataTokens.UserStringHandle(1); !handle.IsNil; handle = _metadata.GetNextHandle(handle))
            {
                yield return _metadata.GetUserString(handle);
            }
        }
    }

    public void Dispose() => _file.Dispose();

    private string FullName(TypeReferenceHandle handle)
    {
        TypeReference type = _metadata.GetTypeReference(handle);
        string name = _metadata.GetString(type.Name);
        return type.Namespace.IsNil ? name : $"{_metadata.GetString(type.Namespace)}.{name}";
    }
}
