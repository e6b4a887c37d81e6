namespace ChainWatch.TestNodes.Esplora;

/// <summary>Where a transaction is confirmed.</summary>
/// <param name="Block">The block.</param>
/// <param name="Index">Which of its transactions, from 0.</param>
public sealed record EsploraPlace(EsploraBlock Block, int Index);
