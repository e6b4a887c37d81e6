using ChainWatch.Graph;
using ChainWatch.Lists;

namespace ChainWatch.Tracing;

/// <summary>A list as a trace used it.</summary>
public sealed class TracedList
{
    private readonly Dictionary<Address, ListEntry> _seeds = [];
    private readonly ILookup<Address, Designation> _designations;

    internal TracedList(AddressList list, DateOnly? asOf, IReadOnlyList<ChainLog> logs)
    {
        List = list;
        DateOnly day = asOf ?? list.AsOf;
        foreach (ListEntry entry in list.Seeds(asOf))
        {
            Address seed = Key(entry.Address);
            if (!_seeds.TryGetValue(seed, out ListEntry? known) || Strength(entry, day) > Strength(known, day))
            {
                _seeds[seed] = entry;
            }
        }

        ReachesTheDayAsked = list.Manifest is null || day <= list.AsOf;

        // Also those that are no longer, or not yet, in force: money moved at other times.
        _designations = list.Entries.OfType<Designation>().ToLookup(d => Key(d.Address));
        SeedsInData = _seeds.Keys.Count(seed => logs.Any(log => NumberOn(log, seed) >= 0));
        IsOnAChainOfTheData = _seeds.Keys.Any(seed => logs.Any(log => log.Chain == seed.Chain || (log.Chain.IsEvm && seed.Kind == AddressKind.Evm)));
    }

    /// <summary>The list.</summary>
    public AddressList List { get; }

    /// <summary>Its name.</summary>
    public string Name => List.Name;

    /// <summary>How many addresses may start the trace.</summary>
    public int SeedCount => _seeds.Count;

    /// <summary>How many of them occur in the data.</summary>
    public int SeedsInData { get; }

    /// <summary>Whether any of them is of a chain that the data hold transfers of: else the data cannot answer.</summary>
    public bool IsOnAChainOfTheData { get; }

    /// <summary>False where a published list is asked about a day after its own: it cannot know what came on since.</summary>
    public bool ReachesTheDayAsked { get; }

    internal IEnumerable<Address> Seeds => _seeds.Keys;

    internal bool IsSeed(Address address) => _seeds.ContainsKey(Key(address));

    internal ListEntry EntryOf(Address seed) => _seeds[Key(seed)];

    internal IReadOnlyList<Designation> DesignationsOf(Address seed) => [.. _designations[Key(seed)]];

    /// <summary>An address's number on a chain, or -1. An EVM address counts on every EVM chain.</summary>
    internal static int NumberOn(ChainLog log, Address address) =>
        log.NumberOf(address.CountedOn(log.Chain));

    // Of several entries for one address the strongest statement is shown: a designation certainly in force, one possibly so, an attribution.
    private static int Strength(ListEntry entry, DateOnly day) => entry is not Designation ? 0 : entry.InForceOn(day) == Trilean.Yes ? 2 : 1;

    private static Address Key(Address address) => address.CountedOn(Chain.Ethereum);
}
