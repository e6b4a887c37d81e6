using ChainWatch.Sources;

namespace ChainWatch.Collecting;

/// <summary>One thing that was fetched: the answer to one query, with the block that tells which chain it was of.</summary>
internal sealed record CollectedPart
{
    /// <summary>What was asked for, apart from the blocks: <c>blocks</c>, <c>From:ADDRESS</c>, <c>tx:HASH</c>, …</summary>
    public required string Key { get; init; }

    /// <summary>The blocks that were asked for.</summary>
    public required BlockWindow Window { get; init; }

    /// <summary>The block by whose hash the part stands or falls: the last one that it rests on.</summary>
    public required long AnchorHeight { get; init; }

    /// <summary>That block's hash.</summary>
    public required string AnchorHash { get; init; }

    /// <summary>The hash of the block before the first; empty where the part is not of whole blocks.</summary>
    public string ParentHash { get; init; } = "";

    /// <summary>Transfers and movements.</summary>
    public required long Rows { get; init; }

    /// <summary>What could not be read.</summary>
    public IReadOnlyList<CoverageGap> Gaps { get; init; } = [];

    /// <summary>Remarks on the answer.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What was counted in passing.</summary>
    public IReadOnlyList<CoverageCount> Counts { get; init; } = [];

    /// <summary>Where the rows stand in the log's file.</summary>
    public long Offset { get; init; }

    /// <summary>How many bytes they are.</summary>
    public int Length { get; init; }
}
