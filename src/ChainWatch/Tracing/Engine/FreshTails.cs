using System.Runtime.CompilerServices;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Tracing.Engine;

/// <summary>
/// The transfers whose tail is the head of another one shortly before, in the order of a pass: near enough that a scout may look
/// at the one while the pass has not come to the other (see <see cref="ScoutedRange"/>). A property of the columns alone. A few
/// more than those are marked, since what is kept is the last time by a hash of the address.
/// </summary>
internal static unsafe class FreshTails
{
    private const int Batch = 16;
    private const int BatchesAhead = ScoutedRange.ChunksAhead * ScoutedRange.Chunk / Batch;

    // 2 bytes each: half of a second-level cache. A time is the number of a batch, which comes again after a million transfers.
    private const int TimesLog2 = 18;
    private const int WordsPerPart = 1 << 17;

    /// <summary>A bit per entry of a log.</summary>
    public static BitRow Find(HotColumns hot, bool reversed)
    {
        BitRow fresh = Find(new TransferColumns(hot.Sources, hot.Targets, hot.Count), reversed);
        GC.KeepAlive(hot);
        return fresh;
    }

    /// <summary>A bit per transfer.</summary>
    /// <param name="columns">The transfers.</param>
    /// <param name="reversed">Whether the pass goes from the end, from targets to sources.</param>
    public static BitRow Find(in TransferColumns columns, bool reversed)
    {
        BitRow fresh = new(checked((int)columns.Count));
        TransferColumns transfers = columns;
        int words = fresh.Words.Length;
        Parallel.For(0, (words + WordsPerPart - 1) / WordsPerPart, part =>
        {
            long first = 64L * part * WordsPerPart;
            Find(transfers, reversed, fresh.Pointer, first, Math.Min(transfers.Count, first + (64L * WordsPerPart)));
        });
        GC.KeepAlive(fresh);
        return fresh;
    }

    private static void Find(in TransferColumns columns, bool reversed, ulong* fresh, long first, long end)
    {
        uint* tails = reversed ? columns.Target : columns.Source;
        uint* heads = reversed ? columns.Source : columns.Target;
        int step = reversed ? -1 : 1;
        (long from, long to) = reversed ? (end - 1, first - 1) : (first, end);
        long i = Math.Clamp(from - (step * Batch * (BatchesAhead + 1)), 0, columns.Count - 1);
        ushort[] table = GC.AllocateUninitializedArray<ushort>(1 << TimesLog2);
        Array.Fill(table, (ushort)((i / Batch) - (step * (BatchesAhead + 1))));
        fixed (ushort* times = table)
        {
            // What comes before the part counts as far as it may be near enough.
            for (; i != from; i += step)
            {
                times[Place(heads[i])] = (ushort)(i / Batch);
            }

            for (; i != to; i += step)
            {
                ushort age = (ushort)(step * ((int)(i / Batch) - times[Place(tails[i])]));
                fresh[i >> 6] |= (age <= BatchesAhead ? 1UL : 0) << (int)(i & 63);
                times[Place(heads[i])] = (ushort)(i / Batch);
            }
        }
    }

    // Fibonacci hashing: numbers in a row lie apart, and so do those of one residue.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Place(uint address) => (address * 0x9e3779b1u) >> (32 - TimesLog2);
}
