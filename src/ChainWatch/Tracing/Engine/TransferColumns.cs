using ChainWatch.Graph.Storage;

namespace ChainWatch.Tracing.Engine;

/// <summary>
/// The hot columns of plain transfers in chain order: who paid and who was paid, as address numbers below 2^31. They are
/// memory of somebody else (a mapped file), who keeps it in place during a call.
/// </summary>
internal readonly unsafe struct TransferColumns
{
    /// <summary>The most transfers: a step holds the number of a transfer in 32 bits.</summary>
    public const long CountMax = uint.MaxValue;

    /// <param name="source">Who paid, by transfer.</param>
    /// <param name="target">Who was paid.</param>
    /// <param name="count">How many transfers there are: nothing beyond is read.</param>
    /// <param name="followed">A bit per transfer, in words of 64: 0 = not followed. Null: all are.</param>
    /// <param name="fresh">The transfers whose tail is fresh (<see cref="FreshTails"/>) in the direction of the pass. Null: not known, and no scout can run.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative count, or one above <see cref="CountMax"/>.</exception>
    public TransferColumns(uint* source, uint* target, long count, ulong* followed = null, ulong* fresh = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, CountMax);
        Source = source;
        Target = target;
        Count = count;
        Followed = followed;
        Fresh = fresh;
    }

    public uint* Source { get; }

    public uint* Target { get; }

    public long Count { get; }

    public ulong* Followed { get; }

    public ulong* Fresh { get; }

    /// <exception cref="ArgumentOutOfRangeException">The range is not inside the columns.</exception>
    public void Check(long from, long to)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, to);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, Count);
    }
}
