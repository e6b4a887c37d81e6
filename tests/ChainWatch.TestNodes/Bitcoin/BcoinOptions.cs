namespace ChainWatch.TestNodes.Bitcoin;

/// <summary>How a node starts.</summary>
public sealed record BcoinOptions
{
    /// <summary>Addresses as on the main network, so that real ones can be paid; else as on regtest. True by default.</summary>
    public bool MainnetPrefixes { get; init; } = true;

    /// <summary>Where the chain is kept, so that the node can be stopped and started with it; null keeps it in memory.</summary>
    public string? Folder { get; init; }

    /// <summary>The time of the block at height 1, in seconds of Unix time; not before 2011-02-02, and all blocks must lie in the past.</summary>
    public long FirstBlockTime { get; init; } = 1_600_000_000;

    /// <summary>From a block to the next. Ten minutes by default.</summary>
    public int SecondsPerBlock { get; init; } = 600;
}
