using ChainWatch.Sources;

namespace ChainWatch.Watching;

/// <summary>What a follower of a chain found: nothing new, blocks that came, or blocks that went.</summary>
internal abstract record ChainStep
{
    private ChainStep()
    {
    }

    /// <summary>The watcher has what the endpoint has.</summary>
    /// <param name="Head">The endpoint's newest block.</param>
    public sealed record Idle(BlockRef Head) : ChainStep;

    /// <summary>Blocks came that follow on those before.</summary>
    /// <param name="Window">Which, with the hashes around them.</param>
    /// <param name="Rows">Their transfers.</param>
    /// <param name="Coverage">What they rest on.</param>
    /// <param name="Head">The endpoint's newest block.</param>
    public sealed record Came(ReadWindow Window, BlockRows Rows, IReadOnlyList<SourceCoverage> Coverage, BlockRef Head) : ChainStep;

    /// <summary>Blocks are not of the chain any more.</summary>
    /// <param name="First">The lowest of them.</param>
    /// <param name="ParentHash">The hash of the block before it.</param>
    public sealed record Went(long First, string ParentHash) : ChainStep;
}
