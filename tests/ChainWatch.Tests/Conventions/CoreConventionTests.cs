using System.Reflection;
using System.Text.RegularExpressions;

namespace ChainWatch.Tests.Conventions;

/// <summary>The rules of the design that the compiler does not keep by itself.</summary>
public class CoreConventionTests
{
    private static readonly Assembly Core = typeof(Address).Assembly;

    // Arrows run one way: a folder uses its own tier and the tiers before it.
    private static readonly string[][] Tiers =
    [
        ["", "Encoding", "Text"],
        ["Lists", "Labels", "Heuristics", "Sources", "Graph"],
        ["Collecting", "Tracing"],
        ["Reporting", "Watching", "Bundling"],
        ["Notebooks"],
    ];

    [Fact]
    public void Core_DependsOnNothingButCsvHelper()
    {
        using AssemblyMetadata core = new(Core.Location);
        core.Assemblies.Where(a => !a.StartsWith("System.", StringComparison.Ordinal)).ShouldBe(["CsvHelper"]);
    }

    [Fact]
    public void Core_DoesNoNetworkIO()
    {
        using AssemblyMetadata core = new(Core.Location);
        core.Assemblies.ShouldNotContain(a => a.StartsWith("System.Net", StringComparison.Ordinal));
        core.Types.ShouldNotContain(t => t.StartsWith("System.Net.", StringComparison.Ordinal));
    }

    [Fact]
    public void Core_HasNoClockNoCultureNoRandomness()
    {
        string[] types = ["System.Random", "System.TimeProvider", "System.Security.Cryptography.RandomNumberGenerator"];
        string[] members =
        [
            "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
            "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
            "System.Environment.get_TickCount", "System.Environment.get_TickCount64", "System.Guid.NewGuid",
            "System.Globalization.CultureInfo.get_CurrentCulture", "System.Globalization.CultureInfo.get_CurrentUICulture",
        ];
        using AssemblyMetadata core = new(Core.Location);
        core.Types.Intersect(types).ShouldBeEmpty();
        core.Members.Intersect(members).ShouldBeEmpty();
        core.Members.ShouldContain("System.DateTimeOffset.get_UtcDateTime", "the check reads members at all");
    }

    // How fast two ways to one answer are decides which is taken: no answer depends on it.
    [Fact]
    public void Core_MeasuresTimeInOnePlaceAlone()
    {
        string root = Path.Combine(TestData.Repository, "src", "ChainWatch");
        Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories).Where(f => File.ReadAllText(f).Contains("Stopwatch", StringComparison.Ordinal))
            .Select(f => Path.GetRelativePath(root, f)).ShouldBe([Path.Combine("Tracing", "Engine", "ScoutTrial.cs")]);
    }

    [Fact]
    public void PublicSignatures_HaveNoThirdPartyType()
    {
        foreach (Type type in Core.GetExportedTypes())
        {
            foreach (Type used in type.GetMembers().SelectMany(TypesOf).Append(type.BaseType ?? typeof(object)).SelectMany(Parts))
            {
                string assembly = used.Assembly.GetName().Name!;
                (assembly == "ChainWatch" || assembly.StartsWith("System.", StringComparison.Ordinal)).ShouldBeTrue($"{type} uses {used}");
            }
        }
    }

    [Fact]
    public void Folders_UseOnlyTheirOwnTierAndThoseBefore()
    {
        string root = Path.Combine(TestData.Repository, "src", "ChainWatch");
        string[] folders = [.. Tiers.SelectMany(t => t).Where(f => f.Length > 0)];
        Regex use = new($@"\b(?:ChainWatch\.)?(?<folder>{string.Join('|', folders)})\.[A-Z]|using ChainWatch\.(?<folder>\w+)", RegexOptions.None, TimeSpan.FromSeconds(10));
        int checkedFiles = 0;
        foreach (string file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories))
        {
            string folder = Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar) is { Length: > 1 } parts ? parts[0] : "";
            if (folder is "bin" or "obj")
            {
                continue;
            }

            int tier = TierOf(folder);
            string code = string.Join('\n', File.ReadLines(file).Where(l => !l.TrimStart().StartsWith("//", StringComparison.Ordinal)));
            foreach (Match match in use.Matches(code))
            {
                TierOf(match.Groups["folder"].Value).ShouldBeLessThanOrEqualTo(tier, $"{Path.GetRelativePath(root, file)} uses {match.Value}");
            }

            checkedFiles++;
        }

        checkedFiles.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void Namespaces_FollowTheFolders()
    {
        string root = Path.Combine(TestData.Repository, "src", "ChainWatch");
        foreach (string file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories).Where(f => !Path.GetRelativePath(root, f).StartsWith("obj", StringComparison.Ordinal)))
        {
            string folder = Path.GetDirectoryName(Path.GetRelativePath(root, file))!.Replace(Path.DirectorySeparatorChar, '.');
            string expected = folder.Length == 0 ? "namespace ChainWatch;" : $"namespace ChainWatch.{folder};";
            File.ReadLines(file).ShouldContain(expected, file);
        }
    }

    [Fact]
    public void NoType_IsNamedLikeTheNamespace() =>
        Core.GetTypes().ShouldNotContain(t => t.Name == "ChainWatch");

    private static int TierOf(string folder) => Array.FindIndex(Tiers, t => t.Contains(folder)) is >= 0 and int tier
        ? tier
        : throw new InvalidOperationException($"the folder {folder} stands in no tier");

    private static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
    {
        MethodInfo method => method.GetParameters().Select(p => p.ParameterType).Append(method.ReturnType),
        ConstructorInfo constructor => constructor.GetParameters().Select(p => p.ParameterType),
        PropertyInfo property => [property.PropertyType],
        FieldInfo field => [field.FieldType],
        _ => [],
    };

    private static IEnumerable<Type> Parts(Type type) => type.HasElementType
        ? Parts(type.GetElementType()!)
        : type.GetGenericArguments().Where(a => !a.IsGenericParameter).SelectMany(Parts).Append(type);
}
