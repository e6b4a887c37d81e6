namespace ChainWatch;

/// <summary>Value of one asset going from one address to another at one chain position: the simplest movement.</summary>
/// <param name="Position">Where on the chain.</param>
/// <param name="From">The payer.</param>
/// <param name="To">The payee.</param>
/// <param name="Asset">What moved.</param>
/// <param name="Value">How much, in base units; zero is allowed and moves no funds.</param>
/// <param name="Tx">The transaction's hash; null where the source does not tell.</param>
/// <param name="Time">The block's time (UTC); null where the source does not tell. Shown, never used to order.</param>
/// <param name="IsInternal">True where a contract's call moved the coin, and not the transaction itself; false where the source does not tell.</param>
public readonly record struct Transfer(
    ChainPosition Position,
    Address From,
    Address To,
    Asset Asset,
    Amount Value,
    TxId? Tx = null,
    DateTimeOffset? Time = null,
    bool IsInternal = false);
