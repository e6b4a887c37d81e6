using System.Reflection;

namespace ChainWatch.ApiReference;

/// <summary>The files that are made from the built packages and their XML documentation.</summary>
internal static class Reference
{
    /// <summary>Where the pages stand in the repository.</summary>
    public const string PagesFolder = "docs/api";

    /// <summary>The packages, those that others rest on first.</summary>
    public static IReadOnlyList<string> Packages { get; } = ["ChainWatch", "ChainWatch.Rpc", "ChainWatch.Ethereum", "ChainWatch.Bitcoin", "ChainWatch.Hosting"];

    /// <summary>All files, by their path in the repository, with LF.</summary>
    /// <param name="folder">Where the built packages are, each with its XML documentation beside it.</param>
    /// <exception cref="FileNotFoundException">A package or its documentation is not there.</exception>
    public static IReadOnlyList<(string File, string Text)> Files(string folder)
    {
        (string Name, Type[] Types)[] packages = [.. Packages.Select(p => (p, PublicTypes(Assembly.LoadFrom(Path.Combine(folder, p + ".dll")))))];
        XmlDocs docs = new();
        foreach (string package in Packages)
        {
            docs.Load(Path.Combine(folder, package + ".xml"));
        }

        ApiPages pages = new(docs, [.. packages.SelectMany(p => p.Types)]);
        return
        [
            .. packages.Select(p => ($"src/{p.Name}/PublicApi.txt", ApiBaseline.Write(p.Types))),
            ($"{PagesFolder}/README.md", pages.Index(packages)),
            .. pages.Namespaces().Select(n => ($"{PagesFolder}/{n.Name}.md", n.Text)),
        ];
    }

    /// <summary>The baseline of one assembly, which need not be of the <see cref="Packages"/>.</summary>
    /// <param name="path">The assembly, with what it refers to beside it.</param>
    public static (string File, string Text) Baseline(string path)
    {
        Assembly assembly = Assembly.LoadFrom(path);
        return ($"src/{assembly.GetName().Name}/PublicApi.txt", ApiBaseline.Write(PublicTypes(assembly)));
    }

    private static Type[] PublicTypes(Assembly assembly) =>
        [.. assembly.GetExportedTypes().OrderBy(t => t.Namespace, StringComparer.Ordinal).ThenBy(Signature.NameOf, StringComparer.Ordinal)];
}
