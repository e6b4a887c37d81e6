using ChainWatch.Heuristics;
using ChainWatch.Sources;

namespace ChainWatch.Tracing;

/// <summary>The answer: what the tracer saw, in canonical order. Reports print it and compute nothing.</summary>
public sealed record TraceResult
{
    /// <summary>The question.</summary>
    public required TraceRequest Request { get; init; }

    /// <summary>
    /// Which engines answered: <c>index</c> (few positions, found by the graph's index), <c>one-pass</c> with the processor's
    /// instructions that it used, or <c>plain</c>. Chosen from the request and the graph; every engine gives the same answer.
    /// </summary>
    public string Engine { get; init; } = "";

    /// <summary>What the answer rests on.</summary>
    public required Coverage Coverage { get; init; }

    /// <summary>The lists, by name.</summary>
    public required IReadOnlyList<TracedList> Lists { get; init; }

    /// <summary>
    /// One per list, direction and reached address, seeds included; with watched wallets, one per list, direction and
    /// watched wallet that was reached. Sorted by list, direction, hops, chain, address.
    /// </summary>
    public required IReadOnlyList<Exposure> Exposures { get; init; }

    /// <summary>The same, a list each; empty where both directions were asked.</summary>
    internal IReadOnlyList<IReadOnlyList<Exposure>> ExposuresByList { get; init; } = [];

    /// <summary>One per watched wallet, list and direction, sorted so. Empty without watched wallets.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Addresses that spent together with a listed one, watched or not, in chain order.</summary>
    public required IReadOnlyList<CoSpending> CoSpendings { get; init; }

    /// <summary>
    /// Per list and direction, the CoinJoins that funds of the list entered within the hops asked for, in chain order. They are
    /// opaque stops, unless the question follows them.
    /// </summary>
    public IReadOnlyList<EnteredCoinJoin> CoinJoins { get; init; } = [];

    /// <summary>
    /// Per list and direction, how many transactions took funds of the list on through outputs without an address (bare
    /// multisig, non-standard), which are not followed; also behind opaque stops. Where there are any, none found is not a
    /// complete answer.
    /// </summary>
    public IReadOnlyList<ThroughNoAddress> ThroughNoAddress { get; init; } = [];

    /// <summary>Where funds of a list reached outputs without an address, whether or not the data show them to be spent.</summary>
    internal IReadOnlyList<EndWithoutAddress> EndsWithoutAddress { get; init; } = [];

    /// <summary>What was not followed and why, by asset and reason.</summary>
    public required IReadOnlyList<NotFollowedCount> NotFollowed { get; init; }

    /// <summary>
    /// True where an answer "none found" can be relied on: nothing is known to be missing from the data, every list has a
    /// seed on a chain of the data and speaks of the day asked, and nothing lies behind opaque stops.
    /// </summary>
    public bool IsComplete => Coverage.IsComplete && Lists.All(l => l.IsOnAChainOfTheData && l.ReachesTheDayAsked) && BeyondOpaque.All(b => b.Addresses == 0) && ThroughNoAddress.All(t => t.Transactions == 0);

    /// <summary>Per list and direction, how many further addresses are within reach only if opaque stops are traced through.</summary>
    public required IReadOnlyList<BeyondOpaque> BeyondOpaque { get; init; }
}

/// <summary>A CoinJoin that funds of a list entered (for <em>sent</em>: that funds towards the list left).</summary>
/// <param name="List">The list's name.</param>
/// <param name="Direction">Which way the funds went.</param>
/// <param name="Address">The nearest address on that side.</param>
/// <param name="Hops">How many hops from the list it is.</param>
/// <param name="Participants">How many input owners (for <em>sent</em>: payees) on that side funds of the list had reached.</param>
/// <param name="Position">Where on the chain.</param>
/// <param name="Tx">The transaction, where known.</param>
/// <param name="Rule">The rule by which it is a CoinJoin.</param>
public sealed record EnteredCoinJoin(string List, Direction Direction, Address Address, int Hops, int Participants, ChainPosition Position, TxId? Tx, CoinJoinRule Rule);

/// <summary>How many transactions took funds of a list on through outputs without an address.</summary>
/// <param name="List">The list's name.</param>
/// <param name="Direction">Which way the funds went.</param>
/// <param name="Transactions">How many.</param>
public sealed record ThroughNoAddress(string List, Direction Direction, int Transactions);

/// <summary>An output without an address that funds of a list reached (for <em>sent</em>: from which they came).</summary>
/// <param name="Hops">How many hops from the list the output is.</param>
/// <param name="Position">Where the movement is that was reached.</param>
/// <param name="Output">The output, where known.</param>
internal sealed record EndWithoutAddress(int Hops, ChainPosition Position, OutPoint? Output);

/// <summary>How many addresses lie within the hops asked for only behind opaque stops.</summary>
/// <param name="List">The list's name.</param>
/// <param name="Direction">Which way the funds went.</param>
/// <param name="Addresses">How many addresses.</param>
public sealed record BeyondOpaque(string List, Direction Direction, int Addresses);
