namespace ChainWatch.TestNodes;

/// <summary>How a node starts.</summary>
public sealed record AnvilOptions
{
    /// <summary>The chain id.</summary>
    public ulong ChainId { get; init; } = 1;

    /// <summary>The height of the first block, which is empty; the first mined block is the next. 0 by default.</summary>
    public long Number { get; init; }

    /// <summary>The first block's time, in seconds of Unix time.</summary>
    public long Timestamp { get; init; } = 1_648_000_000;

    /// <summary>The fork, as anvil names it; null for its latest.</summary>
    public string? Hardfork { get; init; }
}
