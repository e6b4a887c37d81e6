namespace ChainWatch.Tests.Packaging;

/// <summary>The five packages, packed once for all tests of a run into a folder that serves as the only source.</summary>
public sealed class PackedFeed : IDisposable
{
    /// <summary>The version that they are packed as: none that a cache may hold from elsewhere.</summary>
    public const string Version = "0.0.0-consumer";

    private static readonly string[] Projects = ["ChainWatch", "ChainWatch.Rpc", "ChainWatch.Ethereum", "ChainWatch.Bitcoin", "ChainWatch.Hosting"];
    private readonly TemporaryFolder _folder = TestData.NewFolder();
    private readonly Lazy<Task<string>> _packed;

    /// <summary>Packs when it is first asked for.</summary>
    public PackedFeed() => _packed = new Lazy<Task<string>>(PackAsync);

    /// <summary>The folder of the packages.</summary>
    public Task<string> FolderAsync() => _packed.Value;

    /// <summary>Deletes them.</summary>
    public void Dispose() => _folder.Dispose();

    /// <summary>Makes a folder foreign to the repository: nothing above it counts, and packages come from the feed alone.</summary>
    internal static void WriteSurroundings(TemporaryFolder folder, string feed)
    {
        folder.Write("Directory.Build.props", "<Project />");
        folder.Write("Directory.Build.targets", "<Project />");
        folder.Write("Directory.Packages.props", "<Project />");
        folder.Write("nuget.config", $"""
            <configuration>
              <packageSources><clear /><add key="packed" value="{feed}" /></packageSources>
            </configuration>
            """);
    }

    /// <summary>Where this machine's packages already are: those of others that ours rest on.</summary>
    internal static string GlobalPackages()
    {
        string? configured = Environment.GetEnvironmentVariable("NUGET_PACKAGES");
        return string.IsNullOrEmpty(configured)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages")
            : configured;
    }

    // One build of all, without building: what the tests ran against is what is packed.
    private async Task<string> PackAsync()
    {
        string feed = Path.Combine(_folder.Path, "feed");
        string configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";
        string projects = string.Join(';', Projects.Select(p => Path.Combine(TestData.Repository, "src", p, $"{p}.csproj")));
        _folder.Write("pack.proj", $"""
            <Project>
              <Target Name="Pack">
                <MSBuild Projects="{projects}" Targets="Pack" BuildInParallel="true"
                         Properties="NoBuild=true;Configuration={configuration};PackageOutputPath={feed};PackageVersion={Version}" />
              </Target>
            </Project>
            """);
        await DotnetCommand.RunAsync(_folder.Path, "msbuild", "pack.proj", "-t:Pack", "-m", "-nologo", "-v:quiet");
        return feed;
    }
}

/// <summary>Tests that run the SDK's command line run one after another: they share the build's folders.</summary>
[CollectionDefinition(nameof(DotnetCommand))]
public class DotnetCommands : ICollectionFixture<PackedFeed>;
