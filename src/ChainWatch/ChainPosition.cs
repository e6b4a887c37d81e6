using System.Globalization;

namespace ChainWatch;

/// <summary>
/// Where on a chain something happened: block and index of the transaction in the block. Positions order what happened
/// on one chain; positions of two chains cannot be compared. Time stamps never order anything.
/// </summary>
/// <param name="Chain">The chain.</param>
/// <param name="Block">The block's height, from 0.</param>
/// <param name="Index">The transaction's index in its block, from 0; null where the source does not tell.</param>
public readonly record struct ChainPosition(Chain Chain, long Block, int? Index) : IComparable<ChainPosition>
{
    /// <summary>Compares by block, then index. Where an index is unknown the two are one group: equal (0) within a block.</summary>
    /// <exception cref="InvalidOperationException">The positions are on different chains.</exception>
    public int CompareTo(ChainPosition other)
    {
        if (Chain != other.Chain)
        {
            throw new InvalidOperationException($"a position on {Chain} cannot be ordered against one on {other.Chain}");
        }

        int byBlock = Block.CompareTo(other.Block);
        return byBlock != 0 || Index is null || other.Index is null ? byBlock : Index.Value.CompareTo(other.Index.Value);
    }

    /// <summary><c>BLOCK/INDEX</c>, or <c>BLOCK/?</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Block}/{(Index is int index ? index.ToString(CultureInfo.InvariantCulture) : "?")}");
}
