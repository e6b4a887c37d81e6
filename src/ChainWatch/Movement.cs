namespace ChainWatch;

/// <summary>
/// Value going from a set of sources to a set of targets at one chain position: a whole UTXO transaction. It is one hop
/// from any input owner to any other output address, and none from an address to itself.
/// </summary>
public sealed record Movement
{
    /// <summary>Where on the chain.</summary>
    public required ChainPosition Position { get; init; }

    /// <summary>What moved.</summary>
    public required Asset Asset { get; init; }

    /// <summary>The transaction's hash; null where the source does not tell.</summary>
    public TxId? Tx { get; init; }

    /// <summary>The block's time (UTC); null where the source does not tell. Shown, never used to order.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>What was spent. Empty: the value has no origin (coinbase, block reward).</summary>
    public IReadOnlyList<MovementInput> Inputs { get; init; } = [];

    /// <summary>What was paid.</summary>
    public IReadOnlyList<MovementOutput> Outputs { get; init; } = [];
}

/// <summary>A spent output.</summary>
/// <param name="Owner">Whose it was; null where that is not known, which is a gap in coverage, or where the output has no address.</param>
/// <param name="Value">How much, in base units; zero where that is not known.</param>
/// <param name="OutPoint">Which output was spent, where known.</param>
/// <param name="IsWithoutAddress">True where the output is known and has no address (bare multisig, non-standard).</param>
public readonly record struct MovementInput(Address? Owner, Amount Value, OutPoint? OutPoint = null, bool IsWithoutAddress = false)
{
    /// <summary>Whether nothing tells whose the output was.</summary>
    public bool IsUnknown => Owner is null && !IsWithoutAddress;
}

/// <summary>A made output.</summary>
/// <param name="Owner">To whom; null for an output without an address (OP_RETURN, bare multisig, non-standard).</param>
/// <param name="Value">How much, in base units.</param>
/// <param name="OutPoint">Which output was made, where known.</param>
public readonly record struct MovementOutput(Address? Owner, Amount Value, OutPoint? OutPoint = null);
