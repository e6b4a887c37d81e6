namespace ChainWatch.Graph;

/// <summary>What building a graph may take. The graph never depends on it.</summary>
public sealed record GraphBuildOptions
{
    /// <summary>
    /// How much memory the build may hold, in bytes; default null: as much as it needs. Distinct addresses are always in
    /// memory, about 45 bytes each, and so are movements with several inputs or outputs: leave room for them. The rest goes to
    /// temporary files.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public long? MemoryBytesMax
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1, nameof(MemoryBytesMax));
            field = value;
        }
    }

    /// <summary>An existing folder for temporary files, which have no name there while they are used. Default: the system's.</summary>
    public string TemporaryFolder { get; init; } = Path.GetTempPath();

    /// <summary>The most threads, from 1. Default: as many as there are processors.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Threads
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = Environment.ProcessorCount;
}
