namespace ChainWatch.Bitcoin.Esplora;

/// <summary>An output that an input spends: proven by the transaction that made it, or told by the endpoint.</summary>
/// <param name="Value">Satoshis.</param>
/// <param name="Script">The output's script.</param>
internal sealed record PreviousOutput(ulong Value, byte[] Script);
