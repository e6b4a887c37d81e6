using ChainWatch.Sources;

namespace ChainWatch.Tracing;

/// <summary>The answer: what the tracer saw, in canonical order. Reports print it and compute nothing.</summary>
public sealed record TraceResult
{
    /// <summary>The question.</summary>
    public required TraceRequest Request { get; init; }

    /// <summary>What the answer rests on.</summary>
    public required Coverage Coverage { get; init; }

    /// <summary>The lists, by name.</summary>
    public required IReadOnlyList<TracedList> Lists { get; init; }

    /// <summary>
    /// One per list, direction and reached address, seeds included; with watched wallets, one per list, direction and
    /// watched wallet that was reached. Sorted by list, direction, hops, chain, address.
    /// </summary>
    public required IReadOnlyList<Exposure> Exposures { get; init; }

    /// <summary>One per watched wallet, list and direction, sorted so. Empty without watched wallets.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Addresses that spent together with a listed one, watched or not, in chain order.</summary>
    public required IReadOnlyList<CoSpending> CoSpendings { get; init; }

    /// <summary>What was not followed and why, by asset and reason.</summary>
    public required IReadOnlyList<NotFollowedCount> NotFollowed { get; init; }

    /// <summary>
    /// True where an answer "none found" can be relied on: nothing is known to be missing from the data, every list has a
    /// seed on a chain of the data and speaks of the day asked, and nothing lies behind opaque stops.
    /// </summary>
    public bool IsComplete => Coverage.IsComplete && Lists.All(l => l.IsOnAChainOfTheData && l.ReachesTheDayAsked) && BeyondOpaque.All(b => b.Addresses == 0);

    /// <summary>Per list and direction, how many further addresses are within reach only if opaque stops are traced through.</summary>
    public required IReadOnlyList<BeyondOpaque> BeyondOpaque { get; init; }
}

/// <summary>How many addresses lie within the hops asked for only behind opaque stops.</summary>
/// <param name="List">The list's name.</param>
/// <param name="Direction">Which way the funds went.</param>
/// <param name="Addresses">How many addresses.</param>
public sealed record BeyondOpaque(string List, Direction Direction, int Addresses);
