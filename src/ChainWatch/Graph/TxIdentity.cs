namespace ChainWatch.Graph;

/// <summary>
/// By what an entry's transaction is known inside a block without order. Two keys are certainly two transactions only where
/// both hashes or both indices are known; else they may be one.
/// </summary>
internal enum TxIdentity : byte
{
    /// <summary>By hash and index (or by a position of its own): the same as an equal key, different from every other known one.</summary>
    Known,

    /// <summary>By hash alone: may be one that is known by index alone.</summary>
    HashOnly,

    /// <summary>By index alone: may be one that is known by hash alone.</summary>
    IndexOnly,

    /// <summary>Not at all: may be any.</summary>
    Unknown,
}

/// <summary>The transaction of an entry inside its position.</summary>
/// <param name="TxKey">Equal for entries that are known to be of one transaction of the position; -1 where it is not known.</param>
/// <param name="TxIdentity">By what it is known.</param>
internal readonly record struct TxRef(int TxKey, TxIdentity TxIdentity);
