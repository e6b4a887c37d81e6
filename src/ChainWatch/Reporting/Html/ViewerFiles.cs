using System.Reflection;

namespace ChainWatch.Reporting.Html;

/// <summary>The viewer's own scripts and style, and the graph library where this assembly was built with it.</summary>
internal static class ViewerFiles
{
    private const string Prefix = "viewer/";
    private const string LibraryScript = Prefix + "cytoscape.min.js";
    private const string LibraryLicence = Prefix + "cytoscape.LICENSE";

    /// <summary>The scripts, in the order in which they build on each other.</summary>
    private static readonly string[] Scripts = ["data", "dom", "state", "layout", "graph", "panel", "path", "tables", "note", "controls", "print", "keys", "main"];

    /// <summary>Our own scripts as one.</summary>
    public static string Script => string.Concat(["(() => {\n\"use strict\";\n", .. Scripts.Select(name => Text($"{Prefix}{name}.js")), "})();\n"]);

    public static string Style => Text(Prefix + "viewer.css");

    /// <summary>The page around it all, with marks where the parts go.</summary>
    public static string Template => Text(Prefix + "viewer.html");

    /// <summary>The graph library.</summary>
    /// <exception cref="ChainWatchException">The assembly was built without it.</exception>
    public static ViewerLibrary Library => LibraryOf(Own);

    /// <summary>The graph library that an assembly holds.</summary>
    /// <exception cref="ChainWatchException">It holds none.</exception>
    public static ViewerLibrary LibraryOf(Assembly assembly) => Read(assembly, LibraryScript) is string script && Read(assembly, LibraryLicence) is string licence
        ? new ViewerLibrary(script, licence)
        : throw new ChainWatchException("the HTML report needs the graph library cytoscape.js, and this build has none; expected a package of ChainWatch, or a build after 'npm ci --prefix src/ChainWatch/Reporting/Html/viewer' (or with -p:WithHtml=true)");

    private static Assembly Own => typeof(ViewerFiles).Assembly;

    private static string Text(string resource) => Read(Own, resource) ?? throw new InvalidOperationException($"no resource {resource}");

    // Line ends as they are here, however the files were checked out: same answer, same bytes.
    private static string? Read(Assembly assembly, string resource)
    {
        using Stream? stream = assembly.GetManifestResourceStream(resource);
        if (stream is null)
        {
            return null;
        }

        using StreamReader reader = new(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}

/// <summary>The graph library that draws the flow.</summary>
/// <param name="Script">Its minified script.</param>
/// <param name="Licence">The text of its licence, which stays with it.</param>
internal sealed record ViewerLibrary(string Script, string Licence);
