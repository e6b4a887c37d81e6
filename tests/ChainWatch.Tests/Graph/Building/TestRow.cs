namespace ChainWatch.Tests.Graph.Building;

/// <summary>A row as movements have them: keys, and what was added when.</summary>
internal readonly record struct TestRow(long Block, int Index, int Asset, long Added);
