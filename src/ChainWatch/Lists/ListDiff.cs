namespace ChainWatch.Lists;

/// <summary>
/// What differs between two versions of a list, entry by entry. Entries of one address are paired by authority, entity and
/// dates, the nearest first; an EVM address is one address on every EVM chain.
/// </summary>
public sealed class ListDiff
{
    private ListDiff(IReadOnlyList<ListEntry> added, IReadOnlyList<ListEntry> removed, IReadOnlyList<ListChange> changed)
    {
        Added = added;
        Removed = removed;
        Changed = changed;
    }

    /// <summary>Entries that only the newer list has, in canonical order.</summary>
    public IReadOnlyList<ListEntry> Added { get; }

    /// <summary>
    /// Entries that only the older list has, in canonical order. A delisted address is not among them where the newer list
    /// keeps its history: see <see cref="ListChange.WentOff"/>.
    /// </summary>
    public IReadOnlyList<ListEntry> Removed { get; }

    /// <summary>Entries that both have and that differ, in canonical order of the newer.</summary>
    public IReadOnlyList<ListChange> Changed { get; }

    /// <summary>Whether nothing differs.</summary>
    public bool IsEmpty => Added.Count + Removed.Count + Changed.Count == 0;

    /// <summary>Compares two versions of a list.</summary>
    public static ListDiff Between(AddressList before, AddressList after)
    {
        List<ListEntry> added = [];
        List<ListEntry> removed = [];
        List<ListChange> changed = [];
        ILookup<Address, ListEntry> olds = before.Entries.ToLookup(e => Key(e.Address));
        ILookup<Address, ListEntry> news = after.Entries.ToLookup(e => Key(e.Address));
        foreach (Address address in olds.Select(g => g.Key).Union(news.Select(g => g.Key)))
        {
            List<ListEntry> left = [.. olds[address].Order(EntryOrder.Instance)];
            List<ListEntry> right = [.. news[address].Order(EntryOrder.Instance)];
            for (int closeness = EntryFields.ClosenessMax; closeness > 0; closeness--)
            {
                changed.AddRange(Pair(left, right, closeness));
            }

            removed.AddRange(left);
            added.AddRange(right);
        }

        return new ListDiff(
            [.. added.Order(EntryOrder.Instance)],
            [.. removed.Order(EntryOrder.Instance)],
            [.. changed.Where(c => c.Fields.Count > 0).OrderBy(c => c.After, EntryOrder.Instance)]);
    }

    private static IEnumerable<ListChange> Pair(List<ListEntry> left, List<ListEntry> right, int closeness)
    {
        foreach (ListEntry after in right.ToArray())
        {
            if (left.Find(before => EntryFields.Closeness(before, after) >= closeness) is ListEntry before)
            {
                left.Remove(before);
                right.Remove(after);
                yield return new ListChange(before, after, EntryFields.Differing(before, after));
            }
        }
    }

    private static Address Key(Address address) => address.Kind == AddressKind.Evm ? address.OnChain(Chain.Ethereum) : address;
}
