using ChainWatch.Labels;

namespace ChainWatch.Lists;

/// <summary>The lists at hand, each verified against its manifest when loaded: address lists, stops and tokens.</summary>
public sealed class ListSet
{
    private static readonly Lazy<ListSet> EmbeddedLists = new(ListFolders.Embedded);

    private readonly Lazy<ScreeningIndex> _index;

    /// <summary>A set of lists.</summary>
    /// <exception cref="ChainWatchException">Two lists of addresses have one name: an answer could not say which one it means.</exception>
    public ListSet(IReadOnlyList<AddressList> addressLists, IReadOnlyList<StopList> stopLists, IReadOnlyList<TokenList> tokenLists)
    {
        AddressLists = addressLists;
        StopLists = stopLists;
        TokenLists = tokenLists;
        if (addressLists.GroupBy(list => list.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Skip(1).Any()) is { } twice)
        {
            throw new ChainWatchException($"two lists of addresses have the name '{twice.Key}': expected different names");
        }

        _index = new Lazy<ScreeningIndex>(() => new ScreeningIndex(addressLists));
    }

    /// <summary>The lists shipped inside this library: <c>ofac-sdn</c>, <c>dprk-attributed</c>, <c>stops</c> and <c>tokens</c>. Verified when first used.</summary>
    public static ListSet Embedded => EmbeddedLists.Value;

    /// <summary>The lists of addresses, by name.</summary>
    public IReadOnlyList<AddressList> AddressLists { get; }

    /// <summary>The lists of stops, by name.</summary>
    public IReadOnlyList<StopList> StopLists { get; }

    /// <summary>The lists of tokens, by name.</summary>
    public IReadOnlyList<TokenList> TokenLists { get; }

    /// <summary>
    /// Reads a folder of lists: each immediate subfolder is one, with its manifest and data. Every checksum, count and row
    /// is verified; a list is whole or it is an error.
    /// </summary>
    /// <exception cref="ChainWatchException">A subfolder has no manifest, or a list is not what its manifest says; the message names the file and what was expected.</exception>
    public static ListSet Load(string directory) => ListFolders.Load(directory);

    /// <summary>Reads the folder of a single list, verified as by <see cref="Load"/>.</summary>
    /// <exception cref="ChainWatchException">The folder has no manifest, or the list is not what its manifest says.</exception>
    public static ListSet LoadList(string folder) => ListFolders.LoadList(folder);

    /// <summary>The address list of a name, without regard to case.</summary>
    /// <exception cref="ChainWatchException">There is none; the message suggests the nearest names, or says which there are.</exception>
    public AddressList this[string name] =>
        AddressLists.FirstOrDefault(list => list.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw NoList(name);

    /// <summary>
    /// Every entry that names an address. EVM addresses match by their 20 bytes on every EVM chain, all others by their
    /// canonical text on every chain; the entry says for which chain it was listed.
    /// </summary>
    /// <param name="address">The address.</param>
    /// <param name="asOf">The day; null asks each list as of its own date.</param>
    public Screening Screen(Address address, DateOnly? asOf = null) => Screen(address, _index.Value.Find(address), asOf);

    /// <summary>Every entry that names an address, given as text. A text that is exactly an address as listed matches even where it does not pass the checks of its format: issuers make slips, too.</summary>
    /// <param name="text">The address; its chain is told by its form.</param>
    /// <param name="asOf">The day; null asks each list as of its own date.</param>
    /// <exception cref="ChainWatchException">The text is no address and no list names it, or its checksum is wrong.</exception>
    public Screening Screen(string text, DateOnly? asOf = null)
    {
        if (Address.TryParse(text, out Address address))
        {
            return Screen(address, asOf);
        }

        ScreeningIndex.Listed[] listed = _index.Value.FindListed(text);
        return Screen(listed.Length > 0 ? listed[0].Entry.Address : Address.Parse(text), listed, asOf);
    }

    /// <summary>The address whose entry is written exactly so, whether or not the text passes the checks of its format; null where there is none.</summary>
    public Address? FindAsListed(string text) => _index.Value.FindListed(text) is [{ Entry: ListEntry first }, ..] ? first.Address : null;

    private ChainWatchException NoList(string name)
    {
        string[] names = [.. AddressLists.Select(list => list.Name)];
        string nearest = NearestNames.Suggest(name, names);
        return new ChainWatchException($"no list '{name}'" + (nearest.Length > 0 ? nearest
            : names.Length > 0 ? $"; the lists of addresses are '{string.Join("', '", names)}'"
            : "; there is no list of addresses"));
    }

    private Screening Screen(Address address, ScreeningIndex.Listed[] entries, DateOnly? asOf)
    {
        List<ScreeningMatch>? matches = null;
        foreach ((ListEntry entry, DateOnly listAsOf) in entries)
        {
            DateOnly day = asOf ?? listAsOf;
            if (entry.StatusOn(day) is EntryStatus status)
            {
                (matches ??= []).Add(new ScreeningMatch(entry, status, entry.InForceOn(day)));
            }
        }

        return new Screening(address, asOf, matches is null ? [] : matches, _index.Value.Lists);
    }
}
