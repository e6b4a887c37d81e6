namespace ChainWatch.Labels;

/// <summary>A token that the token list knows, by contract.</summary>
/// <param name="Contract">The contract: the token's identity.</param>
/// <param name="Symbol">Its symbol, for people; look-alike tokens carry the same one.</param>
/// <param name="Decimals">Digits after the point of one whole token, 0 to 77.</param>
/// <param name="Name">Its name, for people.</param>
/// <param name="Source">Where the row comes from.</param>
public sealed record Token(Address Contract, string Symbol, int Decimals, string Name, string Source);
