using System.IO.Compression;
using System.Xml.Linq;
using ChainWatch.Tests.Sources;

namespace ChainWatch.Tests.Packaging;

/// <summary>The core package as its users get it: packed, restored into a project outside the solution, used.</summary>
[Collection(nameof(DotnetCommand))]
public class PackageTests
{
    private const string Version = "0.0.0-consumer";

    [Fact]
    public async Task CorePackage_RestoredIntoAForeignProject_RunsTheReadmesExample()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string feed = Path.Combine(folder.Path, "feed");
        string configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";
        await DotnetCommand.RunAsync(TestData.Repository, "pack", "src/ChainWatch", "--no-build", "-c", configuration, "-o", feed, $"-p:PackageVersion={Version}");
        CheckContents(Path.Combine(feed, $"ChainWatch.{Version}.nupkg"));

        folder.Write("Directory.Build.props", "<Project />");
        folder.Write("Directory.Packages.props", "<Project />");
        folder.Write("nuget.config", $"""
            <configuration>
              <packageSources><add key="packed" value="{feed}" /></packageSources>
            </configuration>
            """);
        folder.Write("Consumer.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <RestorePackagesPath>{Path.Combine(folder.Path, "packages")}</RestorePackagesPath>
                <RestoreFallbackFolders>{GlobalPackages()}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup><PackageReference Include="ChainWatch" Version="{Version}" /></ItemGroup>
            </Project>
            """);
        // The README's lines as they stand there, with a file under the name that they read.
        string example = await ReadmeExampleAsync();
        example.ShouldContain("\"transfers.csv.gz\"");
        string transfers = await File.ReadAllTextAsync(Path.Combine(TestData.Repository, "samples", "data", "ronin-2022.csv"));
        folder.Write("transfers.csv.gz", Gzip.Compress(transfers));
        folder.Write("Program.cs", $$"""
            {{example}}
            Console.WriteLine($"{screening.Matches[0].Status} {screening.Matches[0].Entry.Entity}");
            TraceResult everybody = Tracer.Trace(graph, request with { To = [] });
            Console.WriteLine($"{everybody.Exposures.Count(e => e.Hops == 1)} addresses one hop away");
            """);

        string output = await DotnetCommand.RunAsync(folder.Path, "run", "--project", "Consumer.csproj");
        output.ShouldContain("0x002c93452d54B6d64bfA9879fCaB14a74f1BDD44");
        output.ShouldContain("8,721.2914 ETH");
        output.ReplaceLineEndings("\n").ShouldContain("\n1: 1\n");
        output.ShouldContain("Designated Lazarus Group");
        output.ShouldContain("54 addresses one hop away");
    }

    // The first block of C# in the README; the second is of the packages beside the core, and compiled in their tests.
    private static async Task<string> ReadmeExampleAsync()
    {
        string readme = (await File.ReadAllTextAsync(Path.Combine(TestData.Repository, "README.md"))).ReplaceLineEndings("\n");
        string[] blocks = readme.Split("```csharp\n");
        blocks.Length.ShouldBe(3);
        return blocks[1][..blocks[1].IndexOf("\n```", StringComparison.Ordinal)];
    }

    private static void CheckContents(string package)
    {
        using ZipArchive zip = ZipFile.OpenRead(package);
        string[] names = [.. zip.Entries.Select(e => e.FullName)];
        names.ShouldContain("README.md");
        names.ShouldContain("lib/net10.0/ChainWatch.dll");
        names.ShouldContain("lib/net10.0/ChainWatch.xml");
        using Stream nuspec = zip.GetEntry("ChainWatch.nuspec")!.Open();
        XDocument.Load(nuspec).Descendants().Where(e => e.Name.LocalName == "dependency").Select(e => e.Attribute("id")!.Value).ShouldBe(["CsvHelper"]);
    }

    // Where this machine's packages already are: the consumer needs CsvHelper besides the packed file.
    private static string GlobalPackages()
    {
        string? configured = Environment.GetEnvironmentVariable("NUGET_PACKAGES");
        return string.IsNullOrEmpty(configured)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages")
            : configured;
    }
}

/// <summary>Tests that run the SDK's command line run one after another: they share the build's folders.</summary>
[CollectionDefinition(nameof(DotnetCommand))]
public class DotnetCommands;
