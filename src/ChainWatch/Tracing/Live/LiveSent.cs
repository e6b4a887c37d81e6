namespace ChainWatch.Tracing.Live;

/// <summary>Funds of a watched wallet that came to an address of a list over more than one hop, by a transfer of a new block.</summary>
/// <param name="List">The list.</param>
/// <param name="Wallet">The wallet.</param>
/// <param name="Hops">How many hops from the wallet to the list.</param>
/// <param name="Path">The path, in chain order.</param>
internal sealed record LiveSent(TracedList List, Address Wallet, int Hops, IReadOnlyList<PathStep> Path);
