namespace ChainWatch.Sources;

/// <summary>
/// A plain transfer of an EVM chain by the bytes of its addresses. A <see cref="Transfer"/> is five times as large, and
/// takes longer to make than the row of a file takes to read.
/// </summary>
internal ref struct EvmTransfer
{
    /// <summary>The size of an address in bytes.</summary>
    public const int AddressLength = 20;

    /// <summary>Where it stands.</summary>
    public ChainPosition Position;

    /// <summary>Who paid: 20 bytes.</summary>
    public ReadOnlySpan<byte> From;

    /// <summary>Who was paid: 20 bytes.</summary>
    public ReadOnlySpan<byte> To;

    /// <summary>How much.</summary>
    public Amount Value;

    /// <summary>The transaction's hash, where known.</summary>
    public TxId? Tx;

    /// <summary>The block's time, where known.</summary>
    public DateTimeOffset? Time;
}
