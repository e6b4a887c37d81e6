using ChainWatch.Labels;
using ChainWatch.Sources;
using ChainWatch.Tracing;

namespace ChainWatch.Collecting;

/// <summary>
/// An opaque stop that a side of a walk reached: an address; a CoinJoin, which is entered from the address before and left to
/// the one behind; or an output without an address, which nobody can ask about.
/// </summary>
/// <param name="Hops">How many hops from that side.</param>
/// <param name="Address">The stop, where it is an address.</param>
/// <param name="CoinJoin">The stop, where it is a CoinJoin.</param>
/// <param name="Output">The stop, where it is an output without an address.</param>
/// <param name="Name">Its name, for people.</param>
internal sealed record WalkStop(int Hops, Address? Address, (ChainPosition Position, TxId? Tx)? CoinJoin, OutPoint? Output, string Name)
{
    /// <summary>Whether both are one stop.</summary>
    public bool IsSame(WalkStop other) => Address == other.Address && CoinJoin == other.CoinJoin && Output == other.Output;

    /// <summary>The stops that an answer reached, the nearest first of each sort.</summary>
    public static List<WalkStop> In(TraceResult result, int hopsMax) =>
    [
        .. result.Exposures
            .Where(e => !e.IsSeed && e.Hops <= hopsMax && !e.EndsInCoinJoins && (e.StopReason == "degree" || e.StopReason.StartsWith("opaque:", StringComparison.Ordinal)))
            .DistinctBy(e => e.Address).OrderBy(e => e.Hops).ThenBy(e => e.Address)
            .Select(e => new WalkStop(e.Hops, e.Address, null, null, e.Label is StopLabel label ? $"{e.Address} ({label.Name})" : e.Address.ToString())),
        .. (result.Request.ThroughCoinJoin ? [] : result.CoinJoins)
            .Where(c => c.Hops <= hopsMax)
            .DistinctBy(c => (c.Position, c.Tx)).OrderBy(c => c.Hops).ThenBy(c => c.Position.Block).ThenBy(c => c.Tx)
            .Select(c => new WalkStop(c.Hops, null, (c.Position, c.Tx), null, $"the CoinJoin {c.Tx?.ToString() ?? c.Position.ToString()}")),
        .. result.EndsWithoutAddress
            .Where(o => o.Hops <= hopsMax)
            .DistinctBy(o => (o.Position, o.Output)).OrderBy(o => o.Hops).ThenBy(o => o.Position.Block).ThenBy(o => o.Output?.Tx).ThenBy(o => o.Output?.Index)
            .Select(o => new WalkStop(o.Hops, null, null, o.Output, $"the output {o.Output?.ToString() ?? "of " + o.Position} without an address")),
    ];

    /// <summary>The gap that stops make which were not fetched.</summary>
    /// <param name="stops">At least one.</param>
    /// <param name="what">What is not known for that reason.</param>
    public static CoverageGap NotFetched(List<WalkStop> stops, string what)
    {
        const int named = 3;
        return new CoverageGap(GapKind.StopNotFetched, $"opaque stops that were reached and not fetched, {string.Join(", ", stops.Take(named).Select(s => s.Name))}{(stops.Count > named ? ", …" : "")}: {what}", stops.Count);
    }
}
