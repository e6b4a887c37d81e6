using System.IO.Compression;
using System.Xml.Linq;

namespace ChainWatch.Tests.Packaging;

/// <summary>The core package as its users get it: packed, restored into a project outside the solution, used.</summary>
[Collection(nameof(DotnetCommand))]
public class PackageTests
{
    private const string Version = "0.0.0-consumer";

    [Fact]
    public async Task CorePackage_RestoredIntoAForeignProject_ScreensAndTraces()
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
        folder.Write("Program.cs", """
            using ChainWatch;
            using ChainWatch.Graph;
            using ChainWatch.Lists;
            using ChainWatch.Reporting;
            using ChainWatch.Sources;
            using ChainWatch.Tracing;

            ListSet lists = ListSet.Embedded;
            Screening screening = lists.Screen(Address.Parse("0x098B716B8Aaf21512996dC57EB0615e2383E2f96"));
            Console.WriteLine($"{screening.Matches[0].Status} {screening.Matches[0].Entry.Entity}");

            TransferGraph graph = await TransferGraph.ReadAsync(new TransferFileSource([args[0]], declaredComplete: false));
            TraceResult result = Tracer.Trace(graph, new TraceRequest { From = [lists["ofac-sdn"].Entity("Lazarus Group")], MaxHops = 4 });
            Console.WriteLine($"{result.Exposures.Count(e => e.Hops == 1)} addresses one hop away");
            """);

        string output = await DotnetCommand.RunAsync(folder.Path, "run", "--project", "Consumer.csproj", "--", Path.Combine(TestData.Repository, "samples", "data", "ronin-2022.csv"));
        output.ShouldContain("Designated Lazarus Group");
        output.ShouldContain("54 addresses one hop away");
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
