using System.Runtime.CompilerServices;

namespace ChainWatch.Graph.Storage;

/// <summary>
/// The transfers whose tail is the head of another one shortly before, in the order of a pass: who looks at the one ahead of
/// the pass may find the other's work undone. A property of the columns alone. A few more than those are marked, since what is
/// kept is the last time by a hash of the address.
/// </summary>
internal static unsafe class FreshTails
{
    /// <summary>How far apart two transfers lie, at least, of which the later one's tail is not fresh by the earlier.</summary>
    public const int Window = 4096;

    private const int Batch = 16;
    private const int BatchesAhead = Window / Batch;

    // 2 bytes each: half of a second-level cache. A time is the number of a batch, which comes again after a million transfers.
    private const int TimesLog2 = 18;
    private const int WordsPerPart = 1 << 17;

    /// <summary>A bit per entry of a log.</summary>
    /// <param name="hot">Its columns.</param>
    /// <param name="reversed">Whether the pass goes from the end, from targets to sources.</param>
    public static BitRow Find(HotColumns hot, bool reversed)
    {
        BitRow fresh = Find(hot.Sources, hot.Targets, hot.Count, reversed);
        GC.KeepAlive(hot);
        return fresh;
    }

    /// <summary>A bit per transfer.</summary>
    /// <param name="sources">Who paid, by transfer.</param>
    /// <param name="targets">Who was paid.</param>
    /// <param name="count">How many transfers there are.</param>
    /// <param name="reversed">Whether the pass goes from the end, from targets to sources.</param>
    public static BitRow Find(uint* sources, uint* targets, int count, bool reversed)
    {
        BitRow fresh = new(count);
        int words = fresh.Words.Length;
        Parallel.For(0, (words + WordsPerPart - 1) / WordsPerPart, part =>
        {
            int first = 64 * part * WordsPerPart;
            int end = (int)Math.Min(count, first + (64L * WordsPerPart));
            if (reversed)
            {
                Find(new Part(targets, sources, end - 1, first - 1, -1), count, fresh.Pointer);
            }
            else
            {
                Find(new Part(sources, targets, first, end, 1), count, fresh.Pointer);
            }
        });
        GC.KeepAlive(fresh);
        return fresh;
    }

    // Once for a graph: it would be over before the compiler took it for hot.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Find(Part part, int count, ulong* fresh)
    {
        uint* tails = part.Tails;
        uint* heads = part.Heads;
        int step = part.Step;
        int i = (int)Math.Clamp(part.From - ((long)step * (Window + Batch)), 0, count - 1);
        ushort[] table = GC.AllocateUninitializedArray<ushort>(1 << TimesLog2);
        Array.Fill(table, (ushort)((i / Batch) - (step * (BatchesAhead + 1))));
        fixed (ushort* times = table)
        {
            // What comes before the part counts as far as it may be near enough.
            for (; i != part.From; i += step)
            {
                times[Place(heads[i])] = (ushort)(i / Batch);
            }

            for (; i != part.To; i += step)
            {
                ushort age = (ushort)(step * ((i / Batch) - times[Place(tails[i])]));
                fresh[i >> 6] |= (age <= BatchesAhead ? 1UL : 0) << (i & 63);
                times[Place(heads[i])] = (ushort)(i / Batch);
            }
        }
    }

    // Fibonacci hashing: numbers in a row lie apart, and so do those of one residue.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Place(uint address) => (address * 0x9e3779b1u) >> (32 - TimesLog2);

    // Some of the transfers in the order of the pass, in 64s from the start of the columns, so that no two parts share a word.
    private readonly struct Part(uint* tails, uint* heads, int from, int to, int step)
    {
        public uint* Tails => tails;

        public uint* Heads => heads;

        public int From => from;

        public int To => to;

        public int Step => step;
    }
}
