namespace ChainWatch.Graph;

/// <summary>A block that has transfers.</summary>
/// <param name="Height">Its height.</param>
/// <param name="Time">Its time (UTC), where a source told it; the earliest, where sources differ. Shown, never used to order.</param>
/// <param name="FirstGroup">The first of its positions in the chain's log.</param>
/// <param name="GroupCount">How many positions it has.</param>
public readonly record struct BlockInfo(long Height, DateTimeOffset? Time, int FirstGroup, int GroupCount);
