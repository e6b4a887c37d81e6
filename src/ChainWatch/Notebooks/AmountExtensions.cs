using System.Numerics;
using ChainWatch.Labels;
using ChainWatch.Tracing;

namespace ChainWatch.Notebooks;

/// <summary>From the tracer's results to amounts that print.</summary>
public static class AmountExtensions
{
    /// <summary>What a step moved.</summary>
    /// <param name="step">The step.</param>
    /// <param name="tokens">Where the symbols of tokens come from; null: only coins have one.</param>
    public static AssetAmount ToAmount(this PathStep step, TokenList? tokens = null) => AssetAmount.Of(step.Asset, step.Value.ToBigInteger(), tokens);

    /// <summary>A total.</summary>
    /// <param name="total">The total.</param>
    /// <param name="tokens">Where the symbols of tokens come from; null: only coins have one.</param>
    public static AssetAmount ToAmount(this AssetTotal total, TokenList? tokens = null) => AssetAmount.Of(total.Asset, total.Units, tokens);

    /// <summary>The sum of one asset among totals of several; zero where it does not occur.</summary>
    /// <param name="totals">Totals, for example <see cref="Exposure.PoisonUpperBound"/>, also of many exposures.</param>
    /// <param name="asset">The asset that is summed; the others are not counted.</param>
    /// <param name="tokens">Where the symbols of tokens come from; null: only coins have one.</param>
    public static AssetAmount In(this IEnumerable<AssetTotal> totals, Asset asset, TokenList? tokens = null) =>
        AssetAmount.Of(asset, totals.Where(t => t.Asset == asset).Aggregate(BigInteger.Zero, (sum, t) => sum + t.Units), tokens);

    /// <summary>The sum of one asset among transfers of several; zero where it does not occur.</summary>
    /// <param name="transfers">Transfers, for example those of <see cref="Exposure.Inflows"/>.</param>
    /// <param name="asset">The asset that is summed; the others are not counted.</param>
    /// <param name="tokens">Where the symbols of tokens come from; null: only coins have one.</param>
    public static AssetAmount In(this IEnumerable<PathStep> transfers, Asset asset, TokenList? tokens = null) =>
        AssetAmount.Of(asset, transfers.Where(t => t.Asset == asset).Aggregate(BigInteger.Zero, (sum, t) => sum + t.Value.ToBigInteger()), tokens);
}
