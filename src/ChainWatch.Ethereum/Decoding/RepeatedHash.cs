namespace ChainWatch.Ethereum.Decoding;

/// <summary>A hash that was read, and where it stands: every event of a block repeats the block's and the transaction's.</summary>
/// <param name="At">Where its opening quote stands in the answer.</param>
/// <param name="Value">The hash.</param>
internal readonly record struct RepeatedHash(int At, TxId Value)
{
    /// <summary>False for the default, which is no hash.</summary>
    public bool IsKnown => At > 0;
}
