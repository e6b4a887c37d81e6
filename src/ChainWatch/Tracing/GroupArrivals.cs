using System.Runtime.InteropServices;
using ChainWatch.Graph;

namespace ChainWatch.Tracing;

/// <summary>How one address was reached inside a group by one transaction.</summary>
internal sealed class GroupArrival
{
    public required int Key { get; init; }

    /// <summary>The best label so far; only ever improves.</summary>
    public int Label { get; set; } = Tracing.Label.Unreached;

    /// <summary>The entry of the witness, or -1 while none is chosen.</summary>
    public int Entry { get; set; } = -1;

    /// <summary>From where the witness came.</summary>
    public Departure From { get; set; }

    /// <summary>The witness's number in the evidence, or -1.</summary>
    public int Step { get; set; } = -1;
}

/// <summary>
/// How one address was reached inside a group, by transaction. Keeps the best of those that may be another's transaction at
/// hand, so that leaving costs the same however many transactions paid the address.
/// </summary>
internal sealed class GroupArrivals
{
    private readonly Dictionary<int, GroupArrival> _byKey = [];
    private GroupArrival? _best;
    private GroupArrival? _bestByHashOnly;
    private GroupArrival? _bestByIndexOnly;

    public IEnumerable<GroupArrival> All => _byKey.Values;

    public GroupArrival? By(int key) => _byKey.GetValueOrDefault(key);

    /// <summary>Takes a label by a transaction; false where it is no improvement.</summary>
    public bool Improve(int key, TxIdentity identity, int label)
    {
        ref GroupArrival? arrival = ref CollectionsMarshal.GetValueRefOrAddDefault(_byKey, key, out _);
        arrival ??= new GroupArrival { Key = key };
        if (label >= arrival.Label)
        {
            return false;
        }

        arrival.Label = label;
        _best = Better(_best, arrival);
        _bestByHashOnly = identity == TxIdentity.HashOnly ? Better(_bestByHashOnly, arrival) : _bestByHashOnly;
        _bestByIndexOnly = identity == TxIdentity.IndexOnly ? Better(_bestByIndexOnly, arrival) : _bestByIndexOnly;
        return true;
    }

    /// <summary>The best arrival by a transaction that is, as far as is known, another than <paramref name="key"/>'s or may be it.</summary>
    /// <param name="key">The transaction that leaves.</param>
    /// <param name="identity">By what it is known.</param>
    /// <param name="mayBeSame">Only those that may be the same transaction.</param>
    public GroupArrival? OtherThan(int key, TxIdentity identity, bool mayBeSame)
    {
        GroupArrival? other = !mayBeSame || identity == TxIdentity.Unknown
            ? _best
            : Better(By(-1), identity switch
            {
                TxIdentity.HashOnly => _bestByIndexOnly,
                TxIdentity.IndexOnly => _bestByHashOnly,
                _ => null,
            });
        return other is not null && key >= 0 && other.Key == key ? null : other;
    }

    private static GroupArrival? Better(GroupArrival? known, GroupArrival? other) =>
        known is null || (other is not null && other.Label < known.Label) ? other : known;
}

/// <summary>A way to leave an address at a group.</summary>
/// <param name="Label">The label with which it is left, its order including the pair of neighbours.</param>
/// <param name="Tail">The address that is left.</param>
/// <param name="Step">The step that had reached it, for departures from before the group.</param>
/// <param name="Inside">The arrival inside the group, or null for departures from before it.</param>
/// <param name="Order">The order of the two neighbours.</param>
internal readonly record struct Departure(int Label, int Tail, int Step, GroupArrival? Inside, PathOrder Order)
{
    public static Departure None { get; } = new(Tracing.Label.Unreached, -1, -1, null, PathOrder.Proven);

    public bool Exists => Label != Tracing.Label.Unreached;

    /// <summary>The step that had reached the tail.</summary>
    public int PreviousStep => Inside?.Step ?? Step;

    public bool IsBetterThan(Departure other, ChainLog log) => Exists && (!other.Exists || Label < other.Label || (Label == other.Label && log.CompareAddresses(Tail, other.Tail) < 0));
}
