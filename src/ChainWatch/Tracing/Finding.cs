using ChainWatch.Lists;

namespace ChainWatch.Tracing;

/// <summary>The answer for one watched wallet, list and direction.</summary>
public sealed record Finding
{
    /// <summary>The wallet as it was asked for.</summary>
    public required Address Wallet { get; init; }

    /// <summary>The list's name.</summary>
    public required string List { get; init; }

    /// <summary>Which way the funds went.</summary>
    public required Direction Direction { get; init; }

    /// <summary>The answer.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>True where the data hold a transfer of the wallet.</summary>
    public required bool InData { get; init; }

    /// <summary>True where the wallet is itself an address from which the trace starts: exposed at hop 0.</summary>
    public required bool IsSeed { get; init; }

    /// <summary>Where exposed: the nearest link. Null otherwise, and for a seed that the data do not hold.</summary>
    public Exposure? Exposure { get; init; }

    /// <summary>The least number of hops; null where not exposed.</summary>
    public int? Hops => IsSeed ? 0 : Exposure?.Hops;

    /// <summary>Where a path exists only through opaque stops: that lead. Else null.</summary>
    public Lead? Lead { get; init; }

    /// <summary>Why the answer is incomplete, one sentence each; empty otherwise.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>The wallet's own status on the lists at hand; null where none were given.</summary>
    public Screening? Screening { get; init; }
}

/// <summary>What can be said of a wallet and a list.</summary>
public enum Verdict
{
    /// <summary>Coverage is complete and there is no path in it, not even when opaque stops are traced through.</summary>
    NoneFound,

    /// <summary>A path within the hops asked for exists, or the wallet is itself on the list.</summary>
    Exposed,

    /// <summary>No path was found, and the data or an opaque stop may hide one.</summary>
    Incomplete,
}
