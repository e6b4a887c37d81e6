using System.Numerics;

namespace ChainWatch.Tracing;

/// <summary>A transfer that brought funds of the list to an address (for <em>sent</em>: that took funds towards the list).</summary>
/// <param name="Transfer">The transfer.</param>
/// <param name="Hops">How many hops from the list the address is over this transfer.</param>
public sealed record Inflow(PathStep Transfer, int Hops);

/// <summary>A sum of one asset, in base units.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Units">The sum. Hostile tokens claim values whose sum leaves 256 bits.</param>
public sealed record AssetTotal(Asset Asset, BigInteger Units)
{
    /// <summary>Sums by asset, in the assets' canonical order.</summary>
    internal static IReadOnlyList<AssetTotal> Sum(IEnumerable<PathStep> transfers) => [.. transfers
        .GroupBy(t => t.Asset)
        .OrderBy(g => g.Key)
        .Select(g => new AssetTotal(g.Key, g.Aggregate(BigInteger.Zero, (sum, t) => sum + t.Value.ToBigInteger())))];
}
