using ChainWatch.Sources;

namespace ChainWatch.Watching;

/// <summary>Why one chain of a watch waits: nothing is new, or something failed. The others go on meanwhile.</summary>
/// <param name="Source">The chain's endpoint.</param>
/// <param name="Chain">The chain; null before the endpoint has told.</param>
/// <param name="Problem">What failed; null: nothing is new. Nothing was lost by it.</param>
public sealed record WatchPause(IChainSource Source, Chain? Chain, ChainWatchException? Problem);
