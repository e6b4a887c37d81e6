using ChainWatch.Labels;
using ChainWatch.Lists;

namespace ChainWatch.Tracing;

/// <summary>
/// One address within reach of one list in one direction: how near, by which path, how much, and what happens there.
/// Exposure, not guilt. Paths and inflows are made when they are first asked for.
/// </summary>
public sealed class Exposure
{
    private readonly LaneView _lane;
    private readonly int _address;
    private readonly bool _intoCoinJoin;
    private readonly CoinView? _coins;

    internal Exposure(LaneView lane, int address, CoinView? coins)
    {
        _lane = lane;
        _coins = coins;
        _address = address;
        LabelState state = lane.StateOf(address);
        Hops = Tracing.Label.HopsOf(state.Reach);
        IsDust = Tracing.Label.IsDust(state.Reach);
        Order = IsSeed ? null : Tracing.Label.OrderOf(state.Reach);
        Seed = lane.SeedOf(address, state.ReachStep);
        Label = lane.Rules.Stops.Labels.GetValueOrDefault(address);
        DegreeCrossing = lane.CrossingOf(address);
        _intoCoinJoin = state.IntoCoinJoin;
    }

    /// <summary>The list's name.</summary>
    public string List => _lane.List.Name;

    /// <summary>Which way the funds went.</summary>
    public Direction Direction => _lane.Direction;

    /// <summary>The address.</summary>
    public Address Address => _lane.Rules.Log.AddressTable[_address];

    /// <summary>The least number of hops over all paths the data show. More data can only lower it.</summary>
    public int Hops { get; }

    /// <summary>True for the list's own addresses: hop 0.</summary>
    public bool IsSeed => Hops == 0;

    /// <summary>The list's address at the other end of the witness path.</summary>
    public Address Seed { get; }

    /// <summary>The list's entry for <see cref="Seed"/>.</summary>
    public ListEntry SeedEntry => _lane.List.EntryOf(Seed);

    /// <summary>The earliest arrival; null for seeds.</summary>
    public Arrival? Arrival => IsSeed ? null : field ??= _lane.ArrivalAt(_lane.StateOf(_address).ArrivalStep);

    /// <summary>How well the order of the witness path is known; null for seeds.</summary>
    public PathOrder? Order { get; }

    /// <summary>True where the nearest link is a direct transfer below the minimum from (or to) a designated address.</summary>
    public bool IsDust { get; }

    /// <summary>
    /// Why the trace does not go on from here, the first that applies: <c>service:CATEGORY</c>, <c>contract:CATEGORY</c>,
    /// <c>opaque:CATEGORY</c>, <c>degree</c>, <c>dust</c>, <c>hop-limit</c>, <c>no-onward-transfer</c>; empty where it goes on.
    /// </summary>
    public string StopReason => field ??= FindStopReason();

    /// <summary>The label that makes the address a stop, if any.</summary>
    public StopLabel? Label { get; }

    /// <summary>True where the address is known to be a contract; false also where no source tells.</summary>
    public bool IsContract => _lane.Rules.Log.IsContract(_address);

    /// <summary>Where the address crossed the degree limit, if it did.</summary>
    public ChainPosition? DegreeCrossing { get; }

    /// <summary>The addresses between the two ends of the path.</summary>
    public int Intermediaries => Math.Max(0, Hops - 1);

    /// <summary>The witness: transfers in chain order. Among equal hops proven order comes first, then the earliest arrival, then the smallest address before.</summary>
    public IReadOnlyList<PathStep> Path => field ??= _lane.PathTo(_lane.StateOf(_address).ReachStep);

    /// <summary>Distinct transactions of the path; a transfer whose transaction is not known counts as one of its own.</summary>
    public int Transactions => _lane.TransactionsOf(_lane.StateOf(_address).ReachStep);

    /// <summary>
    /// The view by coin, the tighter evidence: the very outputs that descend from the list's. Null where none of them reaches
    /// the address within the hops asked for (then the link holds by address alone), for seeds, and where
    /// <see cref="AreCoinsKnown"/> is false.
    /// </summary>
    public CoinExposure? ByCoin => field ??= IsSeed ? null : _coins?.Find(_address);

    /// <summary>Whether the data tell which outputs are spent: else nothing can be said by coin.</summary>
    public bool AreCoinsKnown => _coins is not null;

    /// <summary>The runs of <see cref="Path"/> that look like peel chains.</summary>
    public IReadOnlyList<PeelChain> PeelChains => field ??= _lane.PeelChainsOf(_lane.StateOf(_address).ReachStep);

    /// <summary>Every transfer that brought funds of the list here within the hops asked for (for <em>sent</em>: that took them towards it).</summary>
    public IReadOnlyList<Inflow> Inflows => field ??= _lane.InflowsOf(_address);

    /// <summary>
    /// The poison upper bound, by asset: the sum of all <see cref="Inflows"/>. It counts every such transfer in full, so the
    /// list's own share can only be smaller.
    /// </summary>
    public IReadOnlyList<AssetTotal> PoisonUpperBound => field ??= AssetTotal.Sum(Inflows.Select(i => i.Transfer));

    /// <summary>The smallest transfer of the witness where all of it is one asset; else null.</summary>
    public PathStep? Bottleneck => Path.Count > 0 && Path.All(s => s.Asset == Path[0].Asset) ? Path.MinBy(s => s.Value) : null;

    /// <summary>
    /// Whether the transfer between the seed and the path lay before, inside or after the time in which the seed's address
    /// was on its sanctions list; null for seeds themselves and for lists that designate nobody.
    /// </summary>
    public ListingMoment? SeedListing => !IsSeed && _lane.List.DesignationsOf(Seed) is { Count: > 0 } designations
        ? ListingMoments.Of(designations, SeedTransfer!.Time)
        : null;

    /// <summary>Whether the seed's address was on its list when the money moved between it and the path; null as for <see cref="SeedListing"/>.</summary>
    public Trilean? ListedWhenMoved => SeedListing switch
    {
        null => null,
        ListingMoment.Inside => Trilean.Yes,
        ListingMoment.Unknown => Trilean.Unknown,
        _ => Trilean.No,
    };

    /// <summary>The transfer of the path that touches the seed; null for seeds.</summary>
    public PathStep? SeedTransfer => IsSeed ? null : Direction == Direction.Received ? Path[0] : Path[^1];

    // A label may say "opaque:coinjoin" too: then the address itself is the stop.
    internal bool EndsInCoinJoins => Label is null && StopReason == StopReasons.CoinJoin;

    private string FindStopReason()
    {
        if (IsSeed)
        {
            return _lane.IsTracedOn(_address) ? "" : _intoCoinJoin ? StopReasons.CoinJoin : "no-onward-transfer";
        }

        if (Label is StopLabel label)
        {
            string kind = label.Kind switch { StopKind.Service => "service", StopKind.Contract => "contract", _ => "opaque" };
            return $"{kind}:{StopCategories.NameOf(label.Category)}";
        }

        return _intoCoinJoin && Hops < _lane.Rules.MaxHops && !_lane.Rules.ThroughCoinJoin && !_lane.IsTracedOn(_address) ? StopReasons.CoinJoin
            : DegreeCrossing is not null ? "degree"
            : IsDust ? "dust"
            : Hops == _lane.Rules.MaxHops ? "hop-limit"
            : _lane.IsTracedOn(_address) ? ""
            : "no-onward-transfer";
    }
}
