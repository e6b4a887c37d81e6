using System.Security.Cryptography;
using ChainWatch.Labels;

namespace ChainWatch.Lists;

/// <summary>
/// Reads one list and verifies everything its manifest says. A list is whole or it is an error: never smaller than it
/// was made.
/// </summary>
internal static class ListReader
{
    /// <summary>Reads a list: an <see cref="AddressList"/>, a <see cref="StopList"/> or a <see cref="TokenList"/>.</summary>
    /// <param name="place">The list's folder, as errors name it.</param>
    /// <param name="name">The folder's own name, which the manifest must repeat.</param>
    /// <param name="manifestBytes">The bytes of its manifest.</param>
    /// <param name="read">Gives the bytes of a file of the folder; null where it is missing.</param>
    public static object Read(string place, string name, byte[] manifestBytes, Func<string, byte[]?> read)
    {
        string manifestFile = $"{place}/{ListFolder.ManifestFile}";
        ListManifest manifest = ManifestJson.Read(manifestFile, manifestBytes);
        if (manifest.Name != name)
        {
            throw ChainWatchException.At(manifestFile, 0, "name", $"'{manifest.Name}' is not the folder's name: expected '{name}'");
        }

        if (manifest.File.Length == 0 || manifest.File != Path.GetFileName(manifest.File))
        {
            throw ChainWatchException.At(manifestFile, 0, "file", $"'{manifest.File}' is no file name");
        }

        string file = $"{place}/{manifest.File}";
        byte[] data = read(manifest.File) ?? throw ChainWatchException.At(file, 0, null, "the file is missing: its manifest names it");
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(data));
        if (sha256 != manifest.Sha256)
        {
            throw ChainWatchException.At(file, 0, null, $"its SHA-256 is {sha256}: {ListFolder.ManifestFile} expects {manifest.Sha256}");
        }

        (object list, int count) = Rows(manifest, file, data);
        if (count != manifest.Count)
        {
            throw ChainWatchException.At(file, 0, null, $"has {count} rows: {ListFolder.ManifestFile} expects {manifest.Count}");
        }

        if (count == 0)
        {
            throw ChainWatchException.At(file, 0, null, "the list is empty: expected at least one row");
        }

        ManifestJson.VerifySeal(manifestFile, manifestBytes, manifest);
        return list;
    }

    private static (object List, int Count) Rows(ListManifest manifest, string file, byte[] data)
    {
        switch (manifest.Kind)
        {
            case ListKind.Designations:
                List<Designation> designations = DesignationRows.Read(manifest.Name, file, data);
                return (Addresses(manifest, designations), designations.Count);
            case ListKind.Attributions:
                List<Attribution> attributions = AttributionRows.Read(manifest.Name, file, data);
                return (Addresses(manifest, attributions), attributions.Count);
            case ListKind.Stops:
                List<StopLabel> labels = StopRows.Read(file, data);
                return (new StopList(manifest.Name, labels, manifest), labels.Count);
            default:
                List<Token> tokens = TokenRows.Read(file, data);
                return (new TokenList(manifest.Name, tokens, manifest), tokens.Count);
        }
    }

    private static AddressList Addresses(ListManifest manifest, IEnumerable<ListEntry> entries) =>
        new(manifest.Name, manifest.AsOf, [.. entries.Order(EntryOrder.Instance)], manifest);
}
