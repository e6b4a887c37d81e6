namespace ChainWatch.TestNodes.Bitcoin;

/// <summary>What an output of a key looks like.</summary>
public enum KeyKind
{
    /// <summary>Pay to public key hash.</summary>
    Legacy,

    /// <summary>Pay to witness public key hash.</summary>
    Segwit,

    /// <summary>Pay to witness public key hash inside pay to script hash.</summary>
    Nested,

    /// <summary>Pay to witness script hash, of a script that asks for one key.</summary>
    SegwitScript,

    /// <summary>A bare script that one of two keys can spend; it has no address.</summary>
    Multisig,

    /// <summary>A bare public key; it has no address.</summary>
    PublicKey,
}
