using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ChainWatch.Tracing.Engine;

/// <summary>
/// The pass of one list over a range of plain transfers. Sixteen transfers are tested together by pure loads; those that
/// improve their heads by the labels of that moment are then taken one by one in order, and each that does wakes the later
/// ones of the sixteen that leave the address which it improved. So the result is that of the plain loop, transfer by transfer.
/// </summary>
/// <typeparam name="TPath">The vector path.</typeparam>
/// <typeparam name="TOrder">In chain order, or against it.</typeparam>
/// <typeparam name="TRecords">Whether steps or undo records are written.</typeparam>
/// <typeparam name="TInterest">Whether inflows to addresses of interest are written.</typeparam>
internal readonly unsafe struct OnePassKernel<TPath, TOrder, TRecords, TInterest> : IScoutedKernel<OnePassLane>
    where TPath : struct, IBatchPath
    where TOrder : struct, IPassOrder
    where TRecords : struct, ISwitch
    where TInterest : struct, ISwitch
{
    private const int Batch = 16;
    private const int LabelsAhead = 64; // transfers: some 300 ns, a miss of the last cache
    private const int ColumnsAhead = 1024; // beyond the page at whose end the processor's own prefetcher stops

    public static bool CanMark => TPath.HasBatches;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Mark(in PassFrame frame, long from, ushort* marks)
    {
        byte* labels = frame.Labels;
        uint limit = frame.Limit;
        uint* tails = frame.Tails;
        uint* heads = frame.Heads;
        ulong lastAhead = (ulong)(frame.Count - Batch);
        bool isForward = TOrder.Step > 0;
        for (int b = 0; b < ScoutedRange.Chunk / Batch; b++)
        {
            int batch = isForward ? b : (ScoutedRange.Chunk / Batch) - 1 - b;
            long i = from + (batch * Batch);
            long ahead = i + (LabelsAhead * TOrder.Step);
            Prefetch(labels, tails, heads, i, (ulong)ahead <= lastAhead ? ahead : i);
            uint marked = TPath.MayImprove(labels, tails + i, heads + i, limit, frame.FreshBatch(i), out uint leaving);
            if (TInterest.IsOn)
            {
                marked |= leaving & TPath.Sieved(frame.Sieve, frame.SieveMask, frame.SieveShift, heads + i);
            }

            marks[batch] = (ushort)(marked & frame.FollowedBatch(i));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TakeMarked(OnePassLane lane, ref PassFrame frame, long from, long to, ushort* marks)
    {
        byte* labels = frame.Labels;
        uint limit = frame.Limit;
        long firstBatch = from & -Batch;
        long lastBatch = (to - 1) & -Batch;
        long i = TOrder.Step > 0 ? firstBatch : lastBatch;
        for (long batches = ((lastBatch - firstBatch) / Batch) + 1; batches > 0; batches--, i += Batch * TOrder.Step)
        {
            uint* tails = frame.Tails + i;
            uint* heads = frame.Heads + i;
            if (batches > 1)
            {
                LabelPrefetch.Marked(labels, tails + (Batch * TOrder.Step), heads + (Batch * TOrder.Step), ScoutedRange.Marked(marks, i + (Batch * TOrder.Step)));
            }

            uint lanes = ScoutedRange.Marked(marks, i, from, to);
            if (lanes == 0)
            {
                continue;
            }

            uint sieved = TInterest.IsOn ? TPath.Sieved(frame.Sieve, frame.SieveMask, frame.SieveShift, heads) : 0;
            do
            {
                int j = TOrder.First(lanes);
                lanes &= ~(1u << j);
                Take(lane, ref frame, labels, limit, i + j, tails[j], heads[j], (sieved >> j & 1) != 0);
            }
            while (lanes != 0);

            if (TRecords.IsOn)
            {
                frame.Steps.EndBatch();
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(OnePassLane lane, ref PassFrame frame, long from, long to)
    {
        long firstBatch = (from + Batch - 1) & -Batch;
        long lastBatch = to & -Batch;
        if (!TPath.HasBatches || firstBatch >= lastBatch)
        {
            Singles(lane, ref frame, from, to);
            return;
        }

        bool isForward = TOrder.Step > 0;
        Singles(lane, ref frame, isForward ? from : lastBatch, isForward ? firstBatch : to);
        byte* labels = frame.Labels;
        uint limit = frame.Limit;
        uint* tails = frame.Tails;
        uint* heads = frame.Heads;
        ulong lastAhead = (ulong)(frame.Count - Batch);
        long i = isForward ? firstBatch : lastBatch - Batch;
        for (long batches = (lastBatch - firstBatch) / Batch; batches > 0; batches--, i += Batch * TOrder.Step)
        {
            long ahead = i + (LabelsAhead * TOrder.Step);
            Prefetch(labels, tails, heads, i, (ulong)ahead <= lastAhead ? ahead : i);
            uint lanes = TPath.Improving(labels, tails + i, heads + i, limit, out uint leaving);
            uint sieved = 0;
            if (TInterest.IsOn)
            {
                sieved = TPath.Sieved(frame.Sieve, frame.SieveMask, frame.SieveShift, heads + i);
                lanes |= sieved & leaving;
            }

            uint open = frame.FollowedBatch(i);
            lanes &= open;
            if (lanes == 0)
            {
                continue;
            }

            do
            {
                int j = TOrder.First(lanes);
                lanes &= ~(1u << j);
                if (Take(lane, ref frame, labels, limit, i + j, tails[i + j], heads[i + j], (sieved >> j & 1) != 0))
                {
                    lanes |= TPath.EqualTo(tails + i, heads[i + j]) & TOrder.After(j) & open;
                }
            }
            while (lanes != 0);

            if (TRecords.IsOn)
            {
                frame.Steps.EndBatch();
            }
        }

        Singles(lane, ref frame, isForward ? lastBatch : from, isForward ? to : firstBatch);
    }

    // The plain loop: for the ragged ends, and where there are no vectors.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Singles(OnePassLane lane, ref PassFrame frame, long from, long to)
    {
        uint* tails = frame.Tails;
        uint* heads = frame.Heads;
        long i = TOrder.Step > 0 ? from : to - 1;
        for (long left = to - from; left > 0; left--, i += TOrder.Step)
        {
            if (Sse.IsSupported)
            {
                long ahead = i + (LabelsAhead * TOrder.Step);
                ahead = (ulong)ahead < (ulong)frame.Count ? ahead : i;
                Sse.Prefetch0(frame.Labels + tails[ahead]);
                Sse.Prefetch0(frame.Labels + heads[ahead]);
            }

            if (frame.Labels[tails[i]] < frame.Limit && frame.IsFollowed(i))
            {
                Take(lane, ref frame, frame.Labels, frame.Limit, i, tails[i], heads[i], maybeOfInterest: true);
                if (TRecords.IsOn)
                {
                    frame.Steps.EndBatch();
                }
            }
        }
    }

    /// <summary>One transfer, by the labels of this moment. True where it improved its head.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Take(OnePassLane lane, ref PassFrame frame, byte* labels, uint limit, long transfer, uint tail, uint head, bool maybeOfInterest)
    {
        uint from = labels[tail];
        if (from >= limit)
        {
            return false;
        }

        uint label = from + LabelByte.OneHop;
        if (TInterest.IsOn && maybeOfInterest && InterestSet.IsSet(frame.Interest, head))
        {
            lane.NoteInflow(ref frame, (uint)transfer, tail, label);
        }

        uint old = labels[head];
        uint before = old & LabelByte.Reach;
        if (label >= before)
        {
            return false;
        }

        if (TRecords.IsOn)
        {
            if (lane.IsPlainStep(before, label))
            {
                frame.Steps.Add((uint)transfer, tail, head);
            }
            else
            {
                lane.TakeRareStep(ref frame, (uint)transfer, tail, head, label);
            }
        }

        labels[head] = (byte)((old & LabelByte.NotLeft) | label);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(byte* labels, uint* tails, uint* heads, long i, long ahead)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        Sse.Prefetch0(tails + i + (ColumnsAhead * TOrder.Step));
        Sse.Prefetch0(heads + i + (ColumnsAhead * TOrder.Step));
        Prefetch(labels, tails + ahead);
        Prefetch(labels, heads + ahead);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(byte* labels, uint* addresses)
    {
        for (int j = 0; j < Batch; j += 4)
        {
            Sse.Prefetch0(labels + addresses[j]);
            Sse.Prefetch0(labels + addresses[j + 1]);
            Sse.Prefetch0(labels + addresses[j + 2]);
            Sse.Prefetch0(labels + addresses[j + 3]);
        }
    }
}
