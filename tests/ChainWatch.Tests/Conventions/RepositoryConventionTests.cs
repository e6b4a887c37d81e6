using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ChainWatch.Tests.Conventions;

/// <summary>The rules for the repository as a whole.</summary>
public partial class RepositoryConventionTests
{
    // Words that would say more than a list or a path can. "sanctioned" is for lists to say, never for us.
    public static IReadOnlyList<string> WordsNeverPrinted { get; } = ["clean", "safe", "cleared", "violation", "violations", "risk score", "sanctioned"];

    [Theory]
    [InlineData("ChainWatch.dll")]
    [InlineData("ChainWatch.Rpc.dll")]
    [InlineData("ChainWatch.Ethereum.dll")]
    [InlineData("ChainWatch.Hosting.dll")]
    [InlineData("ChainWatch.Console.dll")]
    public void Literals_HaveNoneOfTheWordsThatAreNeverPrinted(string file)
    {
        string? path = Directory.EnumerateFiles(AppContext.BaseDirectory).FirstOrDefault(f => Path.GetFileName(f) == file)
            ?? Directory.EnumerateFiles(Path.Combine(TestData.Repository, "samples", "ChainWatch.Console", "bin"), file, SearchOption.AllDirectories).FirstOrDefault();
        using AssemblyMetadata assembly = new(path.ShouldNotBeNull());
        string[] literals = [.. assembly.Literals];
        literals.Length.ShouldBeGreaterThan(30);
        foreach (string word in WordsNeverPrinted)
        {
            literals.ShouldNotContain(l => Regex.IsMatch(l, $@"\b{word}\b", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1)), word);
        }
    }

    [Fact]
    public void Projects_TakePackageVersionsFromOnePlace()
    {
        XDocument central = XDocument.Load(Path.Combine(TestData.Repository, "Directory.Packages.props"));
        HashSet<string> versioned = [.. central.Descendants("PackageVersion").Select(p => p.Attribute("Include")!.Value)];
        foreach (string project in Projects())
        {
            foreach (XElement reference in XDocument.Load(project).Descendants("PackageReference"))
            {
                reference.Attribute("Version").ShouldBeNull(project);
                versioned.ShouldContain(reference.Attribute("Include")!.Value, project);
            }
        }

        // The SDKs of the bridges are the user's own: there, what the bridges were tried with.
        foreach (XElement version in central.Descendants("PackageVersion"))
        {
            bool isUsers = version.Parent!.Attribute("Label")!.Value == "Chain SDKs";
            (isUsers ? VersionRange() : ExactVersion()).IsMatch(version.Attribute("Version")!.Value).ShouldBeTrue(version.ToString());
        }
    }

    [Fact]
    public void Solution_HoldsEveryProject()
    {
        string solution = File.ReadAllText(Path.Combine(TestData.Repository, "ChainWatch.sln")).Replace('\\', '/');
        foreach (string project in Projects())
        {
            solution.ShouldContain(Path.GetRelativePath(TestData.Repository, project).Replace('\\', '/'));
        }
    }

    [Fact]
    public void Layout_HasTheFilesPeopleLookFor()
    {
        string[] files =
        [
            "README.md", "CHANGELOG.md", "LICENSE", "SECURITY.md", "CONTRIBUTING.md", "Directory.Build.props", "Directory.Packages.props",
            "global.json", ".editorconfig", "BannedSymbols.txt", ".ci/run", "lists/README.md", "docs/method.md", "docs/formats.md", "samples/data/README.md",
        ];
        files.Where(f => !File.Exists(Path.Combine(TestData.Repository, f))).ShouldBeEmpty();
    }

    [Fact]
    public void Sources_HaveNoUnfinishedMarks()
    {
        // Written apart, so that this file does not hold them.
        string[] marks = ["TO" + "DO", "FIX" + "ME", "HA" + "CK:", "NotImplemented" + "Exception"];
        foreach (string file in new[] { "src", "samples", "tools", "tests", "benchmarks" }.SelectMany(f => Directory.EnumerateFiles(Path.Combine(TestData.Repository, f), "*.cs", SearchOption.AllDirectories)))
        {
            string text = File.ReadAllText(file);
            marks.Where(m => text.Contains(m, StringComparison.Ordinal)).ShouldBeEmpty(file);
        }
    }

    private static IEnumerable<string> Projects() => new[] { "src", "tests", "samples", "tools", "benchmarks" }
        .Select(f => Path.Combine(TestData.Repository, f))
        .Where(Directory.Exists)
        .SelectMany(f => Directory.EnumerateFiles(f, "*.csproj", SearchOption.AllDirectories));

    [GeneratedRegex(@"^\[\d+\.\d+\.\d+(, ?\d+\.\d+\.\d+)?\]$")]
    private static partial Regex VersionRange();

    [GeneratedRegex(@"^\d+\.\d+\.\d+$")]
    private static partial Regex ExactVersion();
}
