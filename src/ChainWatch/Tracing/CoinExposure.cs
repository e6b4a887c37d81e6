namespace ChainWatch.Tracing;

/// <summary>How near an address is by coin: only the very outputs that descend from the list's (for <em>sent</em>: that end at it) count.</summary>
public sealed record CoinExposure
{
    /// <summary>The least number of hops by coin: never fewer than by address.</summary>
    public required int Hops { get; init; }

    /// <summary>The list's address at the other end.</summary>
    public required Address Seed { get; init; }

    /// <summary>When it was first reached in so many hops.</summary>
    public required Arrival Arrival { get; init; }

    /// <summary>
    /// The coins, in chain order; each transfer spends the coin that the one before made. A transfer from an address to itself
    /// is change, and no hop.
    /// </summary>
    public required IReadOnlyList<PathStep> Path { get; init; }

    /// <summary>The runs of <see cref="Path"/> that look like peel chains.</summary>
    public required IReadOnlyList<PeelChain> PeelChains { get; init; }
}
