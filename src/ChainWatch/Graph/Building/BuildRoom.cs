namespace ChainWatch.Graph.Building;

/// <summary>What a build may take: memory, a folder for temporary files, threads.</summary>
/// <param name="MemoryBytes">How much memory what grows with the rows may take; null: as much as there is.</param>
/// <param name="Folder">An existing folder, written to only where the memory does not do.</param>
/// <param name="Threads">The most threads, from 1.</param>
/// <param name="CancellationToken">Stops it.</param>
internal sealed record BuildRoom(long? MemoryBytes, string Folder, int Threads, CancellationToken CancellationToken)
{
    // A log has some 25 columns, of which two are there for a time: together a tenth of the memory, and the sort an eighth.
    private const int StoreShare = 256;
    private const int SortShare = 8;
    private const long SortBytesMost = 8L << 30;
    private const int StoreBytesLeast = 64;
    private const int SortBytesLeast = 1 << 14;

    /// <summary>At so many bytes a column goes to a temporary file.</summary>
    public long StoreBytesMax => MemoryBytes is long limit ? Math.Max(StoreBytesLeast, limit / StoreShare) : long.MaxValue;

    /// <summary>What a sort may take.</summary>
    public long SortBytes => MemoryBytes is long limit
        ? Math.Max(SortBytesLeast, limit / SortShare)
        : Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4, SortBytesLeast, SortBytesMost);
}
