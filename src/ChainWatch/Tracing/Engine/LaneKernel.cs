namespace ChainWatch.Tracing.Engine;

/// <summary>The kernel of a lane, chosen once by what the lane keeps and by the processor.</summary>
/// <typeparam name="TLane">The lane.</typeparam>
internal abstract unsafe class LaneKernel<TLane>
{
    /// <summary>Takes the transfers of [from, to) in the order of the pass, behind a scout where there is one.</summary>
    public abstract void Run(TLane lane, ref PassFrame frame, long from, long to, ScoutedRange? scouted);

    /// <summary>Sends a scout ahead over [from, to), or null where that does not pay or cannot be. The labels must stay in place until it is disposed.</summary>
    public abstract ScoutedRange? Scout(TLane lane, PassFrame frame, long from, long to);

    /// <summary>The kernel as an object.</summary>
    public static LaneKernel<TLane> Of<TKernel, TOrder>()
        where TKernel : struct, IScoutedKernel<TLane>
        where TOrder : struct, IPassOrder => new Kernel<TKernel, TOrder>();

    private sealed class Kernel<TKernel, TOrder> : LaneKernel<TLane>
        where TKernel : struct, IScoutedKernel<TLane>
        where TOrder : struct, IPassOrder
    {
        public override void Run(TLane lane, ref PassFrame frame, long from, long to, ScoutedRange? scouted)
        {
            if (scouted is null)
            {
                TKernel.Run(lane, ref frame, from, to);
                return;
            }

            bool isForward = TOrder.Step > 0;
            while (from < to)
            {
                // What is left of the chunk that comes next.
                long chunk = (isForward ? from : to - 1) / ScoutedRange.Chunk * ScoutedRange.Chunk;
                (long first, long end) = (Math.Max(from, chunk), Math.Min(to, chunk + ScoutedRange.Chunk));
                ushort* marks = scouted.MarksAt(chunk);
                if (marks is null)
                {
                    TKernel.Run(lane, ref frame, first, end);
                }
                else
                {
                    TKernel.TakeMarked(lane, ref frame, first, end, marks);
                }

                if (isForward ? end == chunk + ScoutedRange.Chunk : first == chunk)
                {
                    scouted.Done(chunk);
                }

                (from, to) = isForward ? (end, to) : (from, first);
            }
        }

        public override ScoutedRange? Scout(TLane lane, PassFrame frame, long from, long to)
        {
            return TKernel.CanMark && frame.Fresh is not null && to - from >= ScoutedRange.LengthMin ? new ScoutedRange(from, to, TOrder.Step < 0, Mark) : null;

            void Mark(long first, ushort* marks)
            {
                TKernel.Mark(frame, first, marks);
                GC.KeepAlive(lane);
            }
        }
    }
}
