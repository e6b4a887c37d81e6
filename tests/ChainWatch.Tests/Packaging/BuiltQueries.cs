using System.Text.Json;

namespace ChainWatch.Tests.Packaging;

/// <summary>
/// All queries, compiled in one go against this build's own assemblies: <c>dotnet run</c> builds each by itself, which takes
/// seconds a piece. What it reads in them (<c>#:</c> lines) is tested apart, and two of them are run by it.
/// </summary>
public sealed class BuiltQueries : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = TestData.NewFolder();

    /// <summary>The folder of the queries.</summary>
    public static string Sources { get; } = Path.Combine(TestData.Repository, "samples", "queries");

    /// <summary>The queries' file names, in their order, but for those that need another SDK's packages: the tests of its bridge run these.</summary>
    public static string[] Names { get; } = [.. Directory.GetFiles(Sources, "*.cs").Where(f => !File.ReadAllText(f).Contains("WithChainSdks", StringComparison.Ordinal)).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    /// <summary>Where they run, and save.</summary>
    public string Folder => _folder.Path;

    /// <summary>Compiles them.</summary>
    public async Task InitializeAsync()
    {
        string[] references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        string usings = _folder.Write("Usings.cs", string.Concat(new[] { "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks" }.Select(n => $"global using {n};\n")));
        string tasks = string.Concat(Names.Select(name => $"""
                <Csc Sources="{Path.Combine(Sources, name)};{usings}" References="{string.Join(';', references)}" OutputAssembly="{Path.Combine(_folder.Path, Path.ChangeExtension(name, ".dll"))}"
                     TargetType="exe" LangVersion="14.0" Nullable="enable" Features="FileBasedProgram" Optimize="true" NoConfig="true" NoLogo="true" Deterministic="true" UseSharedCompilation="true"
                     TreatWarningsAsErrors="true" />

            """));
        string project = _folder.Write("queries.proj", $"""
            <Project>
              <Target Name="Build">
            {tasks}
              </Target>
            </Project>
            """);
        await DotnetCommand.RunAsync(_folder.Path, "msbuild", project, "-nologo", "-v:q", "-t:Build");

        // What the queries refer to, and what that refers to.
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Where(f => Path.GetFileName(f) is string name
            && ((name.StartsWith("ChainWatch", StringComparison.Ordinal) && !name.Contains("Tests", StringComparison.Ordinal)) || name.StartsWith("CsvHelper", StringComparison.Ordinal)
                || name.StartsWith("Polly", StringComparison.Ordinal) || name.StartsWith("Microsoft.Extensions", StringComparison.Ordinal))))
        {
            File.Copy(file, Path.Combine(_folder.Path, Path.GetFileName(file)));
        }

        foreach (string name in Names)
        {
            // As `dotnet run` tells them.
            _folder.Write(Path.ChangeExtension(name, ".runtimeconfig.json"), $$"""
                {
                  "runtimeOptions": {
                    "tfm": "net10.0",
                    "framework": { "name": "Microsoft.NETCore.App", "version": "10.0.0" },
                    "configProperties": { "EntryPointFileDirectoryPath": "{{JsonEncodedText.Encode(Sources)}}", "System.Globalization.Invariant": true }
                  }
                }
                """);
        }
    }

    /// <summary>Runs a query whose name begins so.</summary>
    public Task<string> RunAsync(string number, params string[] arguments) =>
        DotnetCommand.RunAsync(_folder.Path, ["exec", PathOf(number), .. arguments]);

    /// <summary>Runs a query whose name begins so, whatever its exit code.</summary>
    public Task<(int ExitCode, string Output, string Error)> TryAsync(string number, params string[] arguments) =>
        DotnetCommand.TryAsync(_folder.Path, ["exec", PathOf(number), .. arguments]);

    /// <summary>Removes what was built.</summary>
    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    private string PathOf(string number) => Path.Combine(_folder.Path, Path.ChangeExtension(Names.Single(n => n.StartsWith(number, StringComparison.Ordinal)), ".dll"));
}
