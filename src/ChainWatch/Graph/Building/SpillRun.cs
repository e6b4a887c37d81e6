namespace ChainWatch.Graph.Building;

/// <summary>Sorted rows in a <see cref="SpillFile"/>.</summary>
/// <param name="Offset">Where their chunks begin, in bytes.</param>
/// <param name="Rows">How many rows there are.</param>
internal readonly record struct SpillRun(long Offset, long Rows);
