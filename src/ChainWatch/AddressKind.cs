namespace ChainWatch;

/// <summary>How an address is written and what its payload is.</summary>
public enum AddressKind : byte
{
    /// <summary>No address: the default value.</summary>
    None,

    /// <summary>20 bytes of an EVM chain.</summary>
    Evm,

    /// <summary>Bitcoin pay-to-public-key-hash: 20 bytes, Base58Check.</summary>
    P2Pkh,

    /// <summary>Bitcoin pay-to-script-hash: 20 bytes, Base58Check.</summary>
    P2Sh,

    /// <summary>Bitcoin witness version 0, 20 bytes (BIP 173).</summary>
    P2Wpkh,

    /// <summary>Bitcoin witness version 0, 32 bytes (BIP 173).</summary>
    P2Wsh,

    /// <summary>Bitcoin witness version 1, 32 bytes (BIP 341, BIP 350).</summary>
    P2Tr,

    /// <summary>Any other address that is valid on its chain, kept as canonical text.</summary>
    Text,
}
