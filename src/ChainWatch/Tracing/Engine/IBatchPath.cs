namespace ChainWatch.Tracing.Engine;

/// <summary>What differs between the vector paths: questions about sixteen transfers at once. Bit j of an answer is transfer j.</summary>
internal unsafe interface IBatchPath
{
    /// <summary>Whether there are batches at all; without, the kernels take transfer by transfer and ask nothing here.</summary>
    static abstract bool HasBatches { get; }

    /// <summary>Which of 16 transfers would improve their heads by the labels of this moment.</summary>
    /// <param name="labels">A byte per address.</param>
    /// <param name="tails">The 16 tails.</param>
    /// <param name="heads">The 16 heads.</param>
    /// <param name="limit">The label from which no hop may follow.</param>
    /// <param name="leaving">Those whose tail can be left.</param>
    static abstract uint Improving(byte* labels, uint* tails, uint* heads, uint limit, out uint leaving);

    /// <summary>Which of 16 transfers may improve their heads, though the labels of fresh tails may get better before it is their turn.</summary>
    /// <param name="labels">A byte per address.</param>
    /// <param name="tails">The 16 tails.</param>
    /// <param name="heads">The 16 heads.</param>
    /// <param name="limit">The label from which no hop may follow.</param>
    /// <param name="fresh">Those whose tail is fresh.</param>
    /// <param name="leaving">Those whose tail can be left, or may come to be.</param>
    static abstract uint MayImprove(byte* labels, uint* tails, uint* heads, uint limit, uint fresh, out uint leaving);

    /// <summary>Which of 16 addresses are this one.</summary>
    static abstract uint EqualTo(uint* addresses, uint address);

    /// <summary>Which of 16 addresses may be of interest.</summary>
    static abstract uint Sieved(byte* sieve, uint mask, int shift, uint* addresses);
}
