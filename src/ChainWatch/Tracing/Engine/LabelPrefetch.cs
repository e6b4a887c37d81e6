using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ChainWatch.Tracing.Engine;

/// <summary>Asks the processor for labels that will be read soon.</summary>
internal static unsafe class LabelPrefetch
{
    /// <summary>Those at both ends of the transfers of a batch that are marked.</summary>
    /// <typeparam name="TLabel">What an address has: a byte, or a word of eight.</typeparam>
    /// <param name="labels">By address.</param>
    /// <param name="tails">The addresses that the batch's transfers leave.</param>
    /// <param name="heads">The addresses that they reach.</param>
    /// <param name="marked">A bit per transfer.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Marked<TLabel>(TLabel* labels, uint* tails, uint* heads, uint marked)
        where TLabel : unmanaged
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        for (; marked != 0; marked &= marked - 1)
        {
            int j = ChainOrder.First(marked);
            Sse.Prefetch0(labels + tails[j]);
            Sse.Prefetch0(labels + heads[j]);
        }
    }
}
