namespace ChainWatch.Sources;

/// <summary>What an endpoint is, and what it can answer.</summary>
public sealed record SourceProfile
{
    /// <summary>The chain it serves.</summary>
    public required Chain Chain { get; init; }

    /// <summary>The endpoint as printed: scheme, host and port; no path, query, user or key.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of source, for example <c>ethereum-node</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The endpoint's own word on what runs there; null where it does not tell.</summary>
    public string? ClientVersion { get; init; }

    /// <summary>When it was asked (UTC).</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>Its newest block when it was asked.</summary>
    public required BlockRef Head { get; init; }

    /// <summary>The highest block that will not be reorganised, by the endpoint's word or the chain's custom.</summary>
    public required long FinalizedBlock { get; init; }

    /// <summary>The lowest block that it serves.</summary>
    public required long FirstBlock { get; init; }

    /// <summary>What it was found to answer, by the names of its methods, in a fixed order.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>How it answers by blocks; null where it cannot.</summary>
    public SourceWay? ByBlocks { get; init; }

    /// <summary>How it answers by addresses; null where it cannot.</summary>
    public SourceWay? ByAddresses { get; init; }

    /// <summary>Whether it can give single transactions with all their transfers.</summary>
    public bool CanReadTransactions { get; init; }
}

/// <summary>One way in which an endpoint answers.</summary>
public sealed record SourceWay
{
    /// <summary>The most blocks to ask for in one query: what fails or is cut off costs no more than this.</summary>
    public required int BlocksPerQuery { get; init; }

    /// <summary>The most addresses to ask for in one query; 0 for the way by blocks.</summary>
    public int AddressesPerQuery { get; init; }

    /// <summary>Requests that a block costs (by blocks), or an address for each query (by addresses): for the estimate.</summary>
    public required double RequestsPerUnit { get; init; }

    /// <summary>The kinds of transfer that it shows: <c>coin</c>, <c>token</c>, <c>internal</c>.</summary>
    public required IReadOnlyList<string> Kinds { get; init; }

    /// <summary>What it cannot show, whatever is asked.</summary>
    public IReadOnlyList<CoverageGap> Gaps { get; init; } = [];

    /// <summary>Remarks that a reader of the answer must know, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
