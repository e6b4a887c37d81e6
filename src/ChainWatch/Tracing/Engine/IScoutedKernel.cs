namespace ChainWatch.Tracing.Engine;

/// <summary>A kernel that a scout can run ahead of.</summary>
/// <typeparam name="TLane">Whose labels it carries on.</typeparam>
internal unsafe interface IScoutedKernel<TLane>
{
    /// <summary>Whether it can mark transfers.</summary>
    static abstract bool CanMark { get; }

    /// <summary>Takes the transfers of [from, to) in the order of the pass, alone.</summary>
    static abstract void Run(TLane lane, ref PassFrame frame, long from, long to);

    /// <summary>As <see cref="ScoutedRange.MarkChunk"/>.</summary>
    static abstract void Mark(in PassFrame frame, long from, ushort* marks);

    /// <summary>Takes the marked transfers of [from, to), inside one chunk, in the order of the pass.</summary>
    static abstract void TakeMarked(TLane lane, ref PassFrame frame, long from, long to, ushort* marks);
}
