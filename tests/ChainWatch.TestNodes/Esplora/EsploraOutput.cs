namespace ChainWatch.TestNodes.Esplora;

/// <summary>An output, as its transaction has it and as an input that spends it repeats it.</summary>
/// <param name="Script">The script, lower-case hex.</param>
/// <param name="Type">Esplora's word for the script: p2pkh, v0_p2wpkh, op_return, …</param>
/// <param name="Address">Its address; null where the script has none. P2PK and bare multisig have none.</param>
/// <param name="Value">Satoshis.</param>
public sealed record EsploraOutput(string Script, string Type, string? Address, long Value)
{
    /// <summary>An output of an address.</summary>
    /// <param name="address">P2PKH, P2SH, P2WPKH, P2WSH or P2TR.</param>
    /// <param name="value">Satoshis.</param>
    public static EsploraOutput To(Address address, long value)
    {
        string script = EsploraScript.Of(address);
        return new EsploraOutput(script, EsploraScript.TypeOf(script), address.ToCanonicalString(), value);
    }
}
