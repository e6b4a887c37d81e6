using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ChainWatch.Tracing.Engine;

/// <summary>
/// The pass of up to eight lists: as <see cref="OnePassKernel{TPath,TOrder,TRecords,TInterest}"/>, with a word of eight labels per
/// address. The table is out of every cache, so what counts is that the lines of many transfers are on their way at once.
/// </summary>
internal readonly unsafe struct EightListsKernel<TPath, TOrder> : IScoutedKernel<OnePassLanes8>
    where TPath : struct, IBatchPath
    where TOrder : struct, IPassOrder
{
    private const int Batch = 16;
    private const int LabelsAhead = 64;
    private const int ColumnsAhead = 1024;
    private const int MarkedAhead = 2; // batches: some ten marked transfers

    public static bool CanMark => TPath.HasBatches;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Mark(in PassFrame frame, long from, ushort* marks)
    {
        ulong* labels = (ulong*)frame.Labels;
        ulong gap = EightLabels.GapOf((byte)frame.Limit);
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
            uint marked = 0;
            uint leaving = 0;
            uint open = 0;
            for (int j = 0; j < Batch; j++)
            {
                ulong tail = labels[tails[i + j]];
                ulong canLeave = EightLabels.Leaving(tail, gap);
                leaving |= (canLeave != 0 ? 1u : 0) << j;
                open |= (EightLabels.IsOpen(tail) ? 1u : 0) << j;
                marked |= (EightLabels.Improving(tail, labels[heads[i + j]], canLeave) != 0 ? 1u : 0) << j;
            }

            // A fresh tail that is no stop may yet come to be left.
            open &= frame.FreshBatch(i);
            marked |= open;
            if (frame.Interest is not null)
            {
                marked |= (leaving | open) & TPath.Sieved(frame.Sieve, frame.SieveMask, frame.SieveShift, heads + i);
            }

            marks[batch] = (ushort)(marked & frame.FollowedBatch(i));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TakeMarked(OnePassLanes8 lanes, ref PassFrame frame, long from, long to, ushort* marks)
    {
        ulong* labels = (ulong*)frame.Labels;
        ulong gap = EightLabels.GapOf((byte)frame.Limit);
        bool hasInterest = lanes.HasInterest;
        long firstBatch = from & -Batch;
        long lastBatch = (to - 1) & -Batch;
        long i = TOrder.Step > 0 ? firstBatch : lastBatch;
        for (long batches = ((lastBatch - firstBatch) / Batch) + 1; batches > 0; batches--, i += Batch * TOrder.Step)
        {
            if (batches > MarkedAhead)
            {
                long ahead = i + (MarkedAhead * Batch * TOrder.Step);
                LabelPrefetch.Marked(labels, frame.Tails + ahead, frame.Heads + ahead, ScoutedRange.Marked(marks, ahead));
            }

            uint left = ScoutedRange.Marked(marks, i, from, to);
            if (left == 0)
            {
                continue;
            }

            PrefetchSteps(lanes.StepTable, frame.Tails + i, frame.Heads + i, left);
            do
            {
                int j = TOrder.First(left);
                left &= ~(1u << j);
                Take(lanes, ref frame, gap, i + j, hasInterest);
            }
            while (left != 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(OnePassLanes8 lanes, ref PassFrame frame, long from, long to)
    {
        long firstBatch = (from + Batch - 1) & -Batch;
        long lastBatch = to & -Batch;
        if (!TPath.HasBatches || firstBatch >= lastBatch)
        {
            Singles(lanes, ref frame, from, to);
            return;
        }

        bool isForward = TOrder.Step > 0;
        Singles(lanes, ref frame, isForward ? from : lastBatch, isForward ? firstBatch : to);
        ulong* labels = (ulong*)frame.Labels;
        ulong gap = EightLabels.GapOf((byte)frame.Limit);
        uint* tails = frame.Tails;
        uint* heads = frame.Heads;
        bool hasInterest = lanes.HasInterest;
        ulong lastAhead = (ulong)(frame.Count - Batch);
        long i = isForward ? firstBatch : lastBatch - Batch;
        for (long batches = (lastBatch - firstBatch) / Batch; batches > 0; batches--, i += Batch * TOrder.Step)
        {
            long ahead = i + (LabelsAhead * TOrder.Step);
            ahead = (ulong)ahead <= lastAhead ? ahead : i;
            Prefetch(labels, tails, heads, i, ahead);
            uint improving = 0;
            uint leaving = 0;
            for (int j = 0; j < Batch; j++)
            {
                ulong tail = labels[tails[i + j]];
                ulong canLeave = EightLabels.Leaving(tail, gap);
                leaving |= (canLeave != 0 ? 1u : 0) << j;
                improving |= (EightLabels.Improving(tail, labels[heads[i + j]], canLeave) != 0 ? 1u : 0) << j;
            }

            uint sieved = hasInterest ? TPath.Sieved(frame.Sieve, frame.SieveMask, frame.SieveShift, heads + i) : 0;
            uint open = frame.FollowedBatch(i);
            uint left = (improving | (sieved & leaving)) & open;
            if (left == 0)
            {
                continue;
            }

            PrefetchSteps(lanes.StepTable, tails + i, heads + i, left);
            do
            {
                int j = TOrder.First(left);
                left &= ~(1u << j);
                if (Take(lanes, ref frame, gap, i + j, (sieved >> j & 1) != 0))
                {
                    left |= TPath.EqualTo(tails + i, heads[i + j]) & TOrder.After(j) & open;
                }
            }
            while (left != 0);
        }

        Singles(lanes, ref frame, isForward ? lastBatch : from, isForward ? to : firstBatch);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Singles(OnePassLanes8 lanes, ref PassFrame frame, long from, long to)
    {
        ulong* labels = (ulong*)frame.Labels;
        ulong gap = EightLabels.GapOf((byte)frame.Limit);
        bool hasInterest = lanes.HasInterest;
        long i = TOrder.Step > 0 ? from : to - 1;
        for (long left = to - from; left > 0; left--, i += TOrder.Step)
        {
            if (Sse.IsSupported)
            {
                long ahead = i + (LabelsAhead * TOrder.Step);
                ahead = (ulong)ahead < (ulong)frame.Count ? ahead : i;
                Sse.Prefetch0(labels + frame.Tails[ahead]);
                Sse.Prefetch0(labels + frame.Heads[ahead]);
            }

            if (frame.IsFollowed(i))
            {
                Take(lanes, ref frame, gap, i, hasInterest);
            }
        }
    }

    /// <summary>One transfer, by the labels of this moment. True where it improved its head for any list.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Take(OnePassLanes8 lanes, ref PassFrame frame, ulong gap, long transfer, bool maybeOfInterest)
    {
        ulong* labels = (ulong*)frame.Labels;
        uint tail = frame.Tails[transfer];
        uint head = frame.Heads[transfer];
        ulong from = labels[tail];
        ulong leaving = EightLabels.Leaving(from, gap);
        if (leaving == 0)
        {
            return false;
        }

        if (maybeOfInterest && InterestSet.IsSet(frame.Interest, head))
        {
            lanes.NoteInflows((uint)transfer, tail, leaving, from);
        }

        ulong improving = EightLabels.Improving(from, labels[head], leaving);
        if (improving == 0)
        {
            return false;
        }

        if (lanes.KeepsRecords)
        {
            lanes.TakeSteps((uint)transfer, tail, head, improving, from);
        }

        labels[head] = EightLabels.Improved(from, labels[head], improving);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(ulong* labels, uint* tails, uint* heads, long i, long ahead)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        Sse.Prefetch0(tails + i + (ColumnsAhead * TOrder.Step));
        Sse.Prefetch0(heads + i + (ColumnsAhead * TOrder.Step));
        for (int j = 0; j < Batch; j++)
        {
            Sse.Prefetch0(labels + tails[ahead + j]);
            Sse.Prefetch0(labels + heads[ahead + j]);
        }
    }

    private static void PrefetchSteps(uint* stepOf, uint* tails, uint* heads, uint lanes)
    {
        if (!Sse.IsSupported || stepOf is null)
        {
            return;
        }

        for (uint left = lanes; left != 0; left &= left - 1)
        {
            int j = ChainOrder.First(left);
            Sse.Prefetch0(stepOf + ((long)tails[j] * EightLabels.Lists));
            Sse.Prefetch0(stepOf + ((long)heads[j] * EightLabels.Lists));
        }
    }
}
