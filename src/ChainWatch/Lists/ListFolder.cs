using System.Security.Cryptography;
using ChainWatch.Labels;

namespace ChainWatch.Lists;

/// <summary>
/// Writes a list's folder: its data file and <c>manifest.json</c>. The same rows in any order give the same bytes (UTF-8,
/// LF, canonical order). <see cref="ListSet.Load"/> reads what is written here.
/// </summary>
public static class ListFolder
{
    /// <summary>The manifest's name in every list's folder.</summary>
    public const string ManifestFile = "manifest.json";

    private const string AddressFile = "addresses.csv";
    private const string StopFile = "labels.csv";
    private const string TokenFile = "tokens.csv";

    /// <summary>Writes a list of addresses: designations or attributions, not both.</summary>
    /// <param name="folder">The list's folder, made where it is missing. Its last part is the list's name.</param>
    /// <param name="description">What the list is.</param>
    /// <param name="entries">The entries, each on the list of that name.</param>
    /// <exception cref="ChainWatchException">There is no entry, an entry stands on it twice, designations and attributions are mixed, or the folder is not named like the list.</exception>
    public static ListManifest Write(string folder, ListDescription description, IReadOnlyList<ListEntry> entries)
    {
        RequireRows(folder, entries.Count);
        foreach (ListEntry entry in entries)
        {
            if (entry.List != description.Name || entry.GetType() != entries[0].GetType())
            {
                throw ChainWatchException.At(folder, 0, "list", $"{entry.Address} is a {entry.GetType().Name} of list '{entry.List}': expected only {entries[0].GetType().Name}s of '{description.Name}'");
            }
        }

        (ListKind kind, byte[] data) = Rows(entries);
        return Write(folder, description, kind, AddressFile, data, entries.Count);
    }

    /// <summary>
    /// Puts a list of addresses, all of one kind, in the place of another version. Its data file is named after its version, so
    /// that one rename, the manifest's, makes the new version the list's: whoever reads meanwhile, or after a kill at any moment,
    /// finds the one or the other whole. The data file of the version before is left for readers that have its manifest open.
    /// </summary>
    internal static void Replace(string folder, ListDescription description, IReadOnlyList<ListEntry> entries)
    {
        (ListKind kind, byte[] data) = Rows(entries);
        string manifestPath = Path.Combine(folder, ManifestFile);
        string? before = File.Exists(manifestPath) ? ManifestJson.Read(manifestPath, File.ReadAllBytes(manifestPath)).File : null;
        ListManifest manifest = Write(folder, description, kind, $"addresses-{description.Version}.csv", data, entries.Count);
        foreach (string file in Directory.GetFiles(folder, "addresses*.csv").Where(file => Path.GetFileName(file) != manifest.File && Path.GetFileName(file) != before))
        {
            File.Delete(file);
        }
    }

    /// <summary>The manifest with which a list of addresses, all of one kind, would be written.</summary>
    internal static ListManifest ManifestOf(ListDescription description, IReadOnlyList<ListEntry> entries)
    {
        (ListKind kind, byte[] data) = Rows(entries);
        return ManifestOf(description, kind, AddressFile, data, entries.Count);
    }

    /// <summary>Writes a list of stops.</summary>
    /// <param name="folder">The list's folder, made where it is missing. Its last part is the list's name.</param>
    /// <param name="description">What the list is.</param>
    /// <param name="labels">The labels, one for each address of a chain.</param>
    /// <exception cref="ChainWatchException">There is no label, an address is labelled twice, or the folder is not named like the list.</exception>
    public static ListManifest Write(string folder, ListDescription description, IReadOnlyList<StopLabel> labels)
    {
        RequireRows(folder, labels.Count);
        return Write(folder, description, ListKind.Stops, StopFile, StopRows.Write(labels), labels.Count);
    }

    /// <summary>Writes a list of tokens.</summary>
    /// <param name="folder">The list's folder, made where it is missing. Its last part is the list's name.</param>
    /// <param name="description">What the list is.</param>
    /// <param name="tokens">The tokens, one for each contract.</param>
    /// <exception cref="ChainWatchException">There is no token, a contract stands on it twice, or the folder is not named like the list.</exception>
    public static ListManifest Write(string folder, ListDescription description, IReadOnlyList<Token> tokens)
    {
        RequireRows(folder, tokens.Count);
        return Write(folder, description, ListKind.Tokens, TokenFile, TokenRows.Write(tokens), tokens.Count);
    }

    private static ListManifest Write(string folder, ListDescription description, ListKind kind, string file, byte[] data, int count)
    {
        ListManifest manifest = ManifestOf(description, kind, file, data, count);
        byte[] manifestBytes = ManifestJson.Write(manifest);

        // What cannot be loaded again is not written.
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        ListReader.Read(folder, name, manifestBytes, _ => data);
        Directory.CreateDirectory(folder);
        string dataPath = Path.Combine(folder, file);
        string manifestPath = Path.Combine(folder, ManifestFile);
        WriteToDisk(dataPath + ".tmp", data);
        WriteToDisk(manifestPath + ".tmp", manifestBytes);
        File.Move(dataPath + ".tmp", dataPath, overwrite: true);
        File.Move(manifestPath + ".tmp", manifestPath, overwrite: true);
        return manifest;
    }

    // A rename may reach the disk before what was written; then a power cut would leave an empty file in the whole one's place.
    private static void WriteToDisk(string path, byte[] bytes)
    {
        using FileStream file = new(path, FileMode.Create, FileAccess.Write);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }

    private static (ListKind Kind, byte[] Data) Rows(IReadOnlyList<ListEntry> entries) => entries is [Attribution, ..]
        ? (ListKind.Attributions, AttributionRows.Write([.. entries.Cast<Attribution>()]))
        : (ListKind.Designations, DesignationRows.Write([.. entries.Cast<Designation>()]));

    private static ListManifest ManifestOf(ListDescription description, ListKind kind, string file, byte[] data, int count) => new()
    {
        Name = description.Name,
        Kind = kind,
        Title = description.Title,
        Version = description.Version,
        AsOf = description.AsOf,
        Sources = description.Sources,
        HowMade = description.HowMade,
        File = file,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(data)),
        Count = count,
        Refused = description.Refused,
    };

    private static void RequireRows(string folder, int count)
    {
        if (count == 0)
        {
            throw ChainWatchException.At(folder, 0, null, "the list would be empty: expected at least one row");
        }
    }
}
