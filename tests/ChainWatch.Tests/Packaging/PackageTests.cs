using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using ChainWatch.Tests.Sources;

namespace ChainWatch.Tests.Packaging;

/// <summary>The packages as their users get them: packed, restored into a project outside the solution, used.</summary>
[Collection(nameof(DotnetCommand))]
public class PackageTests(PackedFeed feed)
{
    [Theory]
    [InlineData("ChainWatch", "CsvHelper")]
    [InlineData("ChainWatch.Rpc", "ChainWatch", "Microsoft.Extensions.Http", "Microsoft.Extensions.Logging.Abstractions", "Polly")]
    [InlineData("ChainWatch.Ethereum", "ChainWatch", "ChainWatch.Rpc")]
    [InlineData("ChainWatch.Bitcoin", "ChainWatch", "ChainWatch.Rpc")]
    [InlineData("ChainWatch.Hosting", "ChainWatch", "ChainWatch.Bitcoin", "ChainWatch.Ethereum", "ChainWatch.Rpc", "Microsoft.Extensions.Configuration.Abstractions",
        "Microsoft.Extensions.Diagnostics.HealthChecks", "Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Http", "Microsoft.Extensions.Logging.Abstractions",
        "Microsoft.Extensions.Options", "Polly")]
    public async Task Package_CarriesItsFilesAndNoDependencyBesides(string name, params string[] dependencies)
    {
        string folder = await feed.FolderAsync();
        using ZipArchive package = ZipFile.OpenRead(Path.Combine(folder, $"{name}.{PackedFeed.Version}.nupkg"));
        string[] files = [.. package.Entries.Select(e => e.FullName)];
        files.ShouldContain("README.md");
        files.ShouldContain("LICENSE");
        files.ShouldContain($"lib/net10.0/{name}.dll");
        files.ShouldContain($"lib/net10.0/{name}.xml");
        using Stream nuspec = package.GetEntry($"{name}.nuspec")!.Open();
        XElement[] metadata = [.. XDocument.Load(nuspec).Descendants()];
        metadata.Where(e => e.Name.LocalName == "dependency").Select(e => e.Attribute("id")!.Value).ShouldBe(dependencies, ignoreOrder: true);
        foreach ((string element, string value) in new[] { ("license", "MIT"), ("readme", "README.md"), ("id", name) })
        {
            metadata.Single(e => e.Name.LocalName == element).Value.ShouldBe(value);
        }

        using ZipArchive symbols = ZipFile.OpenRead(Path.Combine(folder, $"{name}.{PackedFeed.Version}.snupkg"));
        symbols.Entries.Select(e => e.FullName).ShouldContain($"lib/net10.0/{name}.pdb");
    }

    [Fact]
    public async Task Packages_RestoredIntoAForeignProject_RunTheDesignsAndTheReadmesExamples()
    {
        string packed = await feed.FolderAsync();
        using TemporaryFolder folder = TestData.NewFolder();
        PackedFeed.WriteSurroundings(folder, packed);
        folder.Write("Consumer.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <RestorePackagesPath>{Path.Combine(folder.Path, "packages")}</RestorePackagesPath>
                <RestoreFallbackFolders>{PackedFeed.GlobalPackages()}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                <FrameworkReference Include="Microsoft.AspNetCore.App" />
                <PackageReference Include="ChainWatch.Hosting" Version="{PackedFeed.Version}" />
                <Compile Include="{Path.Combine(TestData.Repository, "tests", "ChainWatch.Tests", "Watching", "ScriptedChain.cs")}" />
              </ItemGroup>
            </Project>
            """);
        folder.Write("Program.cs", await File.ReadAllTextAsync(Path.Combine(TestData.Repository, "tests", "ChainWatch.Tests", "Packaging", "Consumer", "Program.cs")));
        folder.Write("Readmes.cs", await ReadmesAsync());
        foreach (string file in Directory.EnumerateFiles(Path.Combine(TestData.Repository, "lists"), "*", SearchOption.AllDirectories))
        {
            folder.Write(Path.GetRelativePath(TestData.Repository, file), await File.ReadAllTextAsync(file));
        }

        string transfers = await File.ReadAllTextAsync(Path.Combine(TestData.Repository, "samples", "data", "ronin-2022.csv"));
        folder.Write("transfers.csv", transfers);
        folder.Write("transfers.csv.gz", Gzip.Compress(transfers));

        string output = (await DotnetCommand.RunAsync(folder.Path, "run", "--project", "Consumer.csproj")).ReplaceLineEndings("\n");
        string[] lines = output.Split('\n');
        lines.ShouldContain("screened: Designated Lazarus Group");
        lines.ShouldContain("collected: Exposed");
        lines.ShouldContain("alert: Raised FirstWithin");
        lines.ShouldContain("watched");
        lines.ShouldContain("ring 1: 25");

        // The case notes of the two READMEs, over the same transfers.
        lines.Count(l => l.Contains("8,721.2914 ETH", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(2);
        lines.ShouldContain("1: 1");
        lines.ShouldContain("Designated: Lazarus Group, by OFAC");
    }

    // Every example that is whole: a method each, and a call of those that need no node.
    private static async Task<string> ReadmesAsync()
    {
        SortedSet<string> usings = new(StringComparer.Ordinal);
        StringBuilder methods = new();
        (string Name, string File, int Block)[] examples =
        [
            ("Repository", "README.md", 1), ("Core", "src/ChainWatch/README.md", 1), ("Rpc", "src/ChainWatch.Rpc/README.md", 1),
            ("Ethereum", "src/ChainWatch.Ethereum/README.md", 1), ("Bitcoin", "src/ChainWatch.Bitcoin/README.md", 1), ("Hosting", "src/ChainWatch.Hosting/README.md", 1),
            ("Screen", "docs/start/engineer.md", 1), ("Trace", "docs/start/engineer.md", 2), ("Analyst", "docs/start/analyst.md", 1),
        ];
        foreach ((string name, string file, int block) in examples)
        {
            string text = (await File.ReadAllTextAsync(Path.Combine(TestData.Repository, file))).ReplaceLineEndings("\n");
            string example = text.Split("```csharp\n")[block].Split("\n```")[0];
            methods.Append("    public static async Task ").Append(name).Append("Async()\n    {\n        await Task.Yield();\n");
            foreach (string line in example.Split('\n').Where(l => !l.StartsWith("#:", StringComparison.Ordinal)))
            {
                if (line.StartsWith("using ", StringComparison.Ordinal) && !line.Contains('=', StringComparison.Ordinal))
                {
                    usings.UnionWith(line.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
                }
                else
                {
                    methods.Append("        ").Append(line).Append('\n');
                }
            }

            methods.Append("    }\n\n");
        }

        return $$"""
            {{string.Join('\n', usings.Select(u => u + ";"))}}

            internal static class Readmes
            {
            {{methods}}}
            """;
    }
}
