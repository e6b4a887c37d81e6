namespace ChainWatch.TestNodes.Esplora;

/// <summary>The input that spends an output.</summary>
/// <param name="Tx">Its transaction.</param>
/// <param name="Vin">Which input of it.</param>
public sealed record EsploraSpend(EsploraTx Tx, int Vin);
