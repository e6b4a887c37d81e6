using System.Globalization;

namespace ChainWatch.Lists;

/// <summary>
/// The versions of one list of addresses in a folder of lists: the newest is the list itself (<c>DIR/NAME</c>), and every version
/// is kept beside it as it was (<c>DIR/NAME/versions/VERSION/NAME</c>), so that what was known when can be answered. A version's
/// folder is itself a folder of lists. A kill at any moment leaves the list whole, in the old version or the new one.
/// </summary>
public sealed class ListVersions
{
    /// <summary>The folder of the kept versions, in the list's own.</summary>
    public const string FolderName = "versions";

    private readonly string _name;
    private readonly string _own;
    private readonly string _kept;

    /// <summary>The versions of a list.</summary>
    /// <param name="listsFolder">The folder of lists; need not exist yet.</param>
    /// <param name="name">The list's name.</param>
    public ListVersions(string listsFolder, string name)
    {
        _name = name;
        _own = Path.Combine(listsFolder, name);
        _kept = Path.Combine(_own, FolderName);
    }

    /// <summary>The manifests of the kept versions, the oldest first. Their data is not looked at.</summary>
    /// <exception cref="ChainWatchException">A folder among them is no version of this list.</exception>
    public IReadOnlyList<ListManifest> Kept => !Directory.Exists(_kept) ? [] :
    [
        .. Directory.GetDirectories(_kept).Where(folder => !Path.GetFileName(folder).StartsWith('.'))
            .Select(folder => ManifestIn(Path.Combine(folder, _name)) ?? throw ChainWatchException.At(folder, 0, null, $"has no {_name}/{ListFolder.ManifestFile}: expected a version of the list"))
            .OrderBy(manifest => manifest.AsOf).ThenBy(Number),
    ];

    /// <summary>The folder of lists that holds one kept version, and nothing else.</summary>
    public string FolderOf(string version) => Path.Combine(_kept, version);

    /// <summary>The newest version, verified; null where there is none. A kept one is newer than the list itself only after a kill.</summary>
    /// <exception cref="ChainWatchException">It is not what its manifest says.</exception>
    public AddressList? LoadNewest()
    {
        ListManifest? own = ManifestIn(_own);
        ListManifest? kept = Kept.Count > 0 ? Kept[^1] : null;
        return kept is not null && (own is null || (kept.AsOf, Number(kept)).CompareTo((own.AsOf, Number(own))) > 0) ? ListSet.LoadList(Path.Combine(FolderOf(kept.Version), _name))[_name]
            : own is null ? null
            : ListSet.LoadList(_own)[_name];
    }

    /// <summary>Keeps a version beside the list, without making it the list. Does nothing where it is kept already.</summary>
    /// <param name="list">The version, with its manifest.</param>
    /// <exception cref="ChainWatchException">Another list is kept under that version, or the version cannot be a folder's name.</exception>
    public void Keep(AddressList list) => Keep(list, folder => ListFolder.Write(folder, DescriptionOf(list.Manifest!), list.Entries));

    /// <summary>Keeps a version and makes it the list itself. The version that is there is kept, too. What is done already is not done again.</summary>
    /// <param name="list">The version, with its manifest.</param>
    /// <exception cref="ChainWatchException">As of <see cref="Keep(AddressList)"/>; or the list that is there is not what its manifest says.</exception>
    public void Add(AddressList list)
    {
        ListManifest manifest = Checked(list);
        ListManifest? own = ManifestIn(_own);
        if (own is not null)
        {
            Keep(ListSet.LoadList(_own)[_name], folder => CopyOwn(own, folder));
        }

        Keep(list);
        if (own is null || own.Version != manifest.Version || own.Sha256 != manifest.Sha256)
        {
            ListFolder.Replace(_own, DescriptionOf(manifest), list.Entries);
        }
    }

    private void Keep(AddressList list, Action<string> write)
    {
        ListManifest manifest = Checked(list);
        string folder = FolderOf(manifest.Version);
        if (Directory.Exists(folder))
        {
            ListManifest there = ManifestIn(Path.Combine(folder, _name)) ?? throw ChainWatchException.At(folder, 0, null, $"holds no list {_name}: expected its version {manifest.Version}");
            if (there.Sha256 != manifest.Sha256)
            {
                throw ChainWatchException.At(folder, 0, null, $"holds another list (SHA-256 {there.Sha256}): expected version {manifest.Version} with SHA-256 {manifest.Sha256}");
            }

            return;
        }

        // Whole under another name first: the rename makes it a version.
        string unfinished = Path.Combine(_kept, $".{manifest.Version}.tmp");
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        write(Path.Combine(unfinished, _name));
        Directory.Move(unfinished, folder);
    }

    // Byte for byte: whoever made it may have written its rows in another order.
    private void CopyOwn(ListManifest manifest, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string file in new[] { manifest.File, ListFolder.ManifestFile })
        {
            File.Copy(Path.Combine(_own, file), Path.Combine(folder, file));
        }
    }

    private ListManifest Checked(AddressList list)
    {
        ListManifest manifest = list.Manifest ?? throw new ChainWatchException($"list '{list.Name}' has no manifest: expected a list with a version");
        bool isName = manifest.Version.Length > 0 && manifest.Version[0] != '.' && manifest.Version.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
        return manifest.Name != _name ? throw new ChainWatchException($"list '{manifest.Name}' is no version of '{_name}'")
            : isName ? manifest
            : throw new ChainWatchException($"list '{_name}': version '{manifest.Version}': expected letters, digits, '.', '-' and '_', since a folder is named after it");
    }

    private static ListManifest? ManifestIn(string folder)
    {
        string file = Path.Combine(folder, ListFolder.ManifestFile);
        return File.Exists(file) ? ManifestJson.Read(file, File.ReadAllBytes(file)) : null;
    }

    private static ListDescription DescriptionOf(ListManifest manifest) => new()
    {
        Name = manifest.Name,
        Title = manifest.Title,
        Version = manifest.Version,
        AsOf = manifest.AsOf,
        Sources = manifest.Sources,
        HowMade = manifest.HowMade,
        Refused = manifest.Refused,
    };

    // 2026-08-20.2 is the second list of its day.
    private static int Number(ListManifest manifest) =>
        int.TryParse(manifest.Version.AsSpan(manifest.Version.LastIndexOf('.') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
}
