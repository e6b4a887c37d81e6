using ChainWatch.Lists;

namespace ChainWatch.Tracing;

/// <summary>A list as a trace used it.</summary>
public sealed class TracedList
{
    private readonly Dictionary<Address, ListEntry> _seeds = [];

    internal TracedList(AddressList list, DateOnly? asOf)
    {
        List = list;
        foreach (ListEntry entry in list.Seeds(asOf))
        {
            // Of several entries for one address, one that is certainly in force is the stronger statement.
            if (!_seeds.TryGetValue(Key(entry.Address), out ListEntry? known) || known.InForceOn(asOf ?? list.AsOf) == Trilean.Unknown)
            {
                _seeds[Key(entry.Address)] = entry;
            }
        }
    }

    /// <summary>The list.</summary>
    public AddressList List { get; }

    /// <summary>Its name.</summary>
    public string Name => List.Name;

    /// <summary>How many addresses may start the trace.</summary>
    public int SeedCount => _seeds.Count;

    /// <summary>How many of them occur in the data.</summary>
    public int SeedsInData { get; internal set; }

    internal IEnumerable<Address> Seeds => _seeds.Keys;

    internal ListEntry EntryOf(Address seed) => _seeds[Key(seed)];

    // An EVM entry counts on every EVM chain.
    private static Address Key(Address address) => address.Chain.IsEvm ? address.OnChain(Chain.Ethereum) : address;
}
