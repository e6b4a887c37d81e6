using System.Text.Json;
using ChainWatch.Reporting.Html;
using ChainWatch.TestNodes;

namespace ChainWatch.Browser.Tests;

/// <summary>The graph library in the version that packing brings, installed for the tests as their nodes are.</summary>
internal static class GraphLibrary
{
    private static readonly Lazy<(ViewerLibrary? Library, string? Problem)> Shared = new(Find);

    public static string Version
    {
        get
        {
            using JsonDocument lockFile = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("src", "ChainWatch", "Reporting", "Html", "viewer", "package-lock.json")));
            return lockFile.RootElement.GetProperty("packages").GetProperty("node_modules/cytoscape").GetProperty("version").GetString()!;
        }
    }

    /// <exception cref="SkipException">It is absent; the test is skipped with the reason.</exception>
    public static ViewerLibrary Require() => Shared.Value.Library ?? throw new SkipException($"the graph library is absent here: {Shared.Value.Problem}");

    private static (ViewerLibrary?, string?) Find()
    {
        string version = Version;
        (string? folder, string? problem) = new NpmPackages($"cytoscape-{version}", $$"""{"private":true,"dependencies":{"cytoscape":"{{version}}"} }""", "--ignore-scripts").Find();
        if (folder is null)
        {
            return (null, problem);
        }

        string package = Path.Combine(folder, "node_modules", "cytoscape");
        return (new ViewerLibrary(File.ReadAllText(Path.Combine(package, "dist", "cytoscape.min.js")), File.ReadAllText(Path.Combine(package, "LICENSE"))), null);
    }
}
