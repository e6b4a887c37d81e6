namespace ChainWatch.Graph.Storage;

/// <summary>The index of a chain's log: by address, where it pays and where it is paid. 8 bytes a plain transfer and 8 an address.</summary>
/// <param name="Forward">The entries in which an address pays.</param>
/// <param name="Backward">The entries in which an address is paid.</param>
internal sealed record LogIndex(AdjacencyColumn Forward, AdjacencyColumn Backward);
