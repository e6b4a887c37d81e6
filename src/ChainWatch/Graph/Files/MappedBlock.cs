using System.IO.MemoryMappedFiles;

namespace ChainWatch.Graph.Files;

/// <summary>The beginning of a file, mapped for reading; unmapped when nobody refers to it.</summary>
internal sealed unsafe class MappedBlock : Storage.ByteBlock
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    /// <param name="file">The file.</param>
    /// <param name="length">How much of it: never what another process may cut off.</param>
    public MappedBlock(FileStream file, long length)
    {
        Length = length;
        _file = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = _file.CreateViewAccessor(0, Length, MemoryMappedFileAccess.Read);
        byte* pointer = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        Pointer = pointer + _view.PointerOffset;
    }

    ~MappedBlock()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
