using ChainWatch.Heuristics;
using ChainWatch.Labels;

namespace ChainWatch.Tracing;

/// <summary>
/// A path that exists only if opaque stops are traced through like any address. It is a lead, never an exposure: what came
/// out of a mixer or bridge need not be what went in. Labelling a hub as a service settles it.
/// </summary>
public sealed class Lead
{
    private readonly Lazy<(IReadOnlyList<OpaqueStop> Stops, IReadOnlyList<CoinJoinStop> CoinJoins)> _found;

    internal Lead(int hops, IReadOnlyList<PathStep> path, Func<(IReadOnlyList<OpaqueStop> Stops, IReadOnlyList<CoinJoinStop> CoinJoins)> find)
    {
        Hops = hops;
        Path = path;
        _found = new Lazy<(IReadOnlyList<OpaqueStop>, IReadOnlyList<CoinJoinStop>)>(find);
    }

    /// <summary>The least number of hops when opaque stops are traced through.</summary>
    public int Hops { get; }

    /// <summary>The transfers of one such path, in chain order; those that leave an opaque stop are marked.</summary>
    public IReadOnlyList<PathStep> Path { get; }

    /// <summary>
    /// Every opaque stop that lies on any such path within the hops asked for, in canonical order. Found when first asked for,
    /// by one more scan of the chain backward from the wallet.
    /// </summary>
    public IReadOnlyList<OpaqueStop> Stops => _found.Value.Stops;

    /// <summary>Every CoinJoin that lies on any such path, in chain order. Found together with <see cref="Stops"/>.</summary>
    public IReadOnlyList<CoinJoinStop> CoinJoins => _found.Value.CoinJoins;
}

/// <summary>A CoinJoin on the way to a wallet, with what went in and what came out.</summary>
/// <param name="Position">Where on the chain.</param>
/// <param name="Time">The block's time, where known.</param>
/// <param name="Tx">The transaction, where known.</param>
/// <param name="Rule">The rule by which it is a CoinJoin.</param>
/// <param name="WentIn">What addresses that funds of the list had reached put in (for <em>sent</em>: addresses on the ways from the wallet).</param>
/// <param name="CameOut">What addresses on the ways to the wallet got out (for <em>sent</em>: addresses from which funds reached the list).</param>
public sealed record CoinJoinStop(ChainPosition Position, DateTimeOffset? Time, TxId? Tx, CoinJoinRule Rule, AssetTotal WentIn, AssetTotal CameOut);

/// <summary>An opaque stop on the way to a wallet, with what went in and what came out.</summary>
/// <param name="Address">The stop.</param>
/// <param name="Label">Its label; null where the degree limit makes it a stop.</param>
/// <param name="DegreeCrossing">Where it crossed the degree limit, where that makes it a stop.</param>
/// <param name="WentIn">By asset, what went into it: all transfers that brought funds of the list (for <em>sent</em>: those on the ways from the wallet).</param>
/// <param name="CameOut">By asset, what came out of it: all transfers on the ways to the wallet (for <em>sent</em>: all that took funds towards the list).</param>
public sealed record OpaqueStop(Address Address, StopLabel? Label, ChainPosition? DegreeCrossing, IReadOnlyList<AssetTotal> WentIn, IReadOnlyList<AssetTotal> CameOut);
