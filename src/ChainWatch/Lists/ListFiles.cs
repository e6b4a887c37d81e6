using System.Reflection;

namespace ChainWatch.Lists;

/// <summary>A file of a list, as it is stored.</summary>
/// <param name="List">The list's name.</param>
/// <param name="File">The file's name in the list's folder.</param>
/// <param name="Kind">What the list holds.</param>
/// <param name="Bytes">Its bytes.</param>
internal sealed record ListFile(string List, string File, ListKind Kind, byte[] Bytes);

/// <summary>The manifests and data files of the lists that <see cref="ListChoice.Load"/> takes, so that they can be kept elsewhere.</summary>
internal static class ListFiles
{
    /// <summary>Reads them, by the lists' names.</summary>
    /// <param name="directory">A folder of lists, or of a single one; null: the library's own.</param>
    /// <exception cref="ChainWatchException">A file cannot be read, or two lists have one name.</exception>
    public static IReadOnlyList<ListFile> Of(string? directory)
    {
        if (directory is null)
        {
            return [.. Embedded()];
        }

        bool isOne = File.Exists(Path.Combine(directory, ListFolder.ManifestFile));
        ListFile[] own = [.. (isOne ? [directory] : Directory.GetDirectories(directory)).SelectMany(Read)];
        ListFile[] more = [.. new[] { ListKind.Stops, ListKind.Tokens }.Where(kind => !own.Any(f => f.Kind == kind)).SelectMany(kind => Embedded().Where(f => f.Kind == kind))];
        string? twice = more.Select(f => f.List).FirstOrDefault(name => own.Any(f => f.List.Equals(name, StringComparison.OrdinalIgnoreCase)));
        return twice is null
            ? [.. own.Concat(more).OrderBy(f => f.List, StringComparer.Ordinal)]
            : throw ChainWatchException.At(directory, 0, null, $"a list in it is named '{twice}', as the library's own list that is used besides; expected another name");
    }

    private static ListFile[] Read(string folder) => Both(
        Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))),
        folder,
        file => File.ReadAllBytes(Path.Combine(folder, file)));

    private static IEnumerable<ListFile> Embedded()
    {
        Assembly assembly = typeof(ListFiles).Assembly;
        foreach (string name in ListFolders.EmbeddedNames())
        {
            foreach (ListFile file in Both(name, ListFolders.ResourcePrefix + name, file => ListFolders.Bytes(assembly, $"{ListFolders.ResourcePrefix}{name}/{file}")!))
            {
                yield return file;
            }
        }
    }

    private static ListFile[] Both(string name, string place, Func<string, byte[]> read)
    {
        try
        {
            byte[] manifest = read(ListFolder.ManifestFile);
            ListManifest list = ManifestJson.Read($"{place}/{ListFolder.ManifestFile}", manifest);
            return [new ListFile(name, ListFolder.ManifestFile, list.Kind, manifest), new ListFile(name, list.File, list.Kind, read(list.File))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChainWatchException($"{place}: cannot be read any more", e);
        }
    }
}
