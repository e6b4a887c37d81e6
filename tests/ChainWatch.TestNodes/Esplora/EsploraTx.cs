namespace ChainWatch.TestNodes.Esplora;

/// <summary>A transaction. Whether and where it is confirmed is told by the chain it stands in.</summary>
/// <param name="TxId">Its identifier as it is displayed, 64 characters of lower-case hex.</param>
/// <param name="Inputs">The inputs, in order.</param>
/// <param name="Outputs">The outputs, in order.</param>
public sealed record EsploraTx(string TxId, IReadOnlyList<EsploraInput> Inputs, IReadOnlyList<EsploraOutput> Outputs)
{
    /// <summary>The version.</summary>
    public int Version { get; init; } = 2;

    /// <summary>The lock time.</summary>
    public uint LockTime { get; init; }

    /// <summary>Bytes.</summary>
    public int Size { get; init; } = 200;

    /// <summary>Weight units.</summary>
    public int Weight { get; init; } = 800;

    /// <summary>The whole transaction in hex; null where it is not known.</summary>
    public string? Raw { get; init; }

    /// <summary>Satoshis that the inputs have more than the outputs; 0 for a coinbase.</summary>
    public long Fee => Inputs.Any(input => input.IsCoinbase) ? 0 : Inputs.Sum(input => input.Previous?.Value ?? 0) - Outputs.Sum(output => output.Value);

    /// <summary>Its outputs to an address.</summary>
    internal IEnumerable<EsploraOutput> Funding(string address) => Outputs.Where(output => output.Address == address);

    /// <summary>The outputs of an address that it spends.</summary>
    internal IEnumerable<EsploraOutput> Spending(string address) => Inputs.Select(input => input.Previous).OfType<EsploraOutput>().Where(output => output.Address == address);
}
