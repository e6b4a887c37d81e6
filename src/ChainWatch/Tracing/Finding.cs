using ChainWatch.Lists;

namespace ChainWatch.Tracing;

/// <summary>The answer for one watched wallet, list and direction.</summary>
/// <param name="Wallet">The wallet as it was asked for.</param>
/// <param name="List">The list's name.</param>
/// <param name="Direction">Which way the funds went.</param>
/// <param name="Verdict">The answer.</param>
/// <param name="Exposure">Where exposed: the nearest link. Else null.</param>
/// <param name="Lead">Where a path exists only through opaque stops: that lead. Else null.</param>
/// <param name="Reasons">Why the answer is incomplete, one sentence each; empty otherwise.</param>
/// <param name="Screening">The wallet's own status on the lists at hand; null where none were given.</param>
public sealed record Finding(
    Address Wallet,
    string List,
    Direction Direction,
    Verdict Verdict,
    Exposure? Exposure,
    Lead? Lead,
    IReadOnlyList<string> Reasons,
    Screening? Screening);

/// <summary>What can be said of a wallet and a list.</summary>
public enum Verdict
{
    /// <summary>Coverage is complete and there is no path in it, not even when opaque stops are traced through.</summary>
    NoneFound,

    /// <summary>A path within the hops asked for exists.</summary>
    Exposed,

    /// <summary>No path was found, and the data or an opaque stop may hide one.</summary>
    Incomplete,
}
