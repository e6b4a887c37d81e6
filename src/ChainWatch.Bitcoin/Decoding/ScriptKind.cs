namespace ChainWatch.Bitcoin.Decoding;

/// <summary>The forms of an output's script.</summary>
public enum ScriptKind
{
    /// <summary>None of the others: anything may satisfy it, or nothing.</summary>
    NonStandard,

    /// <summary>A public key itself; its address is that of the key's hash.</summary>
    P2Pk,

    /// <summary>The hash of a public key.</summary>
    P2Pkh,

    /// <summary>The hash of a script (BIP 16).</summary>
    P2Sh,

    /// <summary>A witness program of version 0 with 20 bytes: the hash of a public key (BIP 141).</summary>
    P2Wpkh,

    /// <summary>A witness program of version 0 with 32 bytes: the hash of a script (BIP 141).</summary>
    P2Wsh,

    /// <summary>A witness program of version 1 with 32 bytes: taproot (BIP 341).</summary>
    P2Tr,

    /// <summary>A witness program of another version or length, which has an address all the same (BIP 350).</summary>
    WitnessProgram,

    /// <summary>Several public keys without a hash: bare multisig. It has no address.</summary>
    Multisig,

    /// <summary>OP_RETURN: cannot be spent. It has no address.</summary>
    NullData,
}
