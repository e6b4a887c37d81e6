namespace ChainWatch.TestNodes.Bitcoin;

/// <summary>A transaction to build, with exactly these inputs and outputs in this order; what is left over is the fee.</summary>
/// <param name="Inputs">The outputs that it spends.</param>
/// <param name="Outputs">Whom it pays: an address, or <c>script:</c> and the output's script in hexadecimal; and how many satoshis.</param>
public sealed record Spend(IReadOnlyList<(TxId Tx, int Index)> Inputs, IReadOnlyList<(string To, long Satoshis)> Outputs);
