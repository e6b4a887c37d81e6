namespace ChainWatch.TestNodes.Esplora;

/// <summary>An input.</summary>
/// <param name="TxId">The transaction it spends from; 64 zeros for a coinbase.</param>
/// <param name="Vout">Which output of it; 4,294,967,295 for a coinbase.</param>
/// <param name="Previous">The output it spends; null for a coinbase.</param>
public sealed record EsploraInput(string TxId, uint Vout, EsploraOutput? Previous)
{
    /// <summary>A coinbase's input.</summary>
    public static EsploraInput Coinbase { get; } = new(new string('0', 64), uint.MaxValue, null) { ScriptSig = "00" };

    /// <summary>True for a coinbase.</summary>
    public bool IsCoinbase => Vout == uint.MaxValue && TxId == Coinbase.TxId;

    /// <summary>The input's script, hex.</summary>
    public string ScriptSig { get; init; } = "";

    /// <summary>The sequence number.</summary>
    public uint Sequence { get; init; } = uint.MaxValue;

    /// <summary>The witness, hex; null where there is none.</summary>
    public IReadOnlyList<string>? Witness { get; init; }
}
