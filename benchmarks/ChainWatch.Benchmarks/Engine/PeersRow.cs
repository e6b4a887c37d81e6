namespace ChainWatch.Benchmarks.Engine;

/// <summary>What a row of the table answers.</summary>
internal enum PeersKind
{
    /// <summary>The question asked: exact, time-respecting labels.</summary>
    Exact,

    /// <summary>Another question: hops whatever the time.</summary>
    IgnoresTime,

    /// <summary>No question: what the machine needs to touch the data once.</summary>
    Limit,
}

/// <summary>One answer: of whom, about which graph, and how long it took, loading left out.</summary>
internal sealed record PeersRow(string Name, PeersKind Kind, int Transfers, int? StopDegree)
{
    /// <summary>The program and its version, as it names itself.</summary>
    public string Version { get; init; } = "";

    /// <summary>Loading and indexing, in seconds; null where it has no meaning.</summary>
    public double? LoadSeconds { get; init; }

    /// <summary>The median of the runs, in seconds; null where there is no answer.</summary>
    public double? Seconds { get; init; }

    public int Runs { get; init; }

    /// <summary>Addresses by hops; null where the program does not say.</summary>
    public IReadOnlyList<int>? Histogram { get; init; }

    /// <summary>The histogram is not the expected one.</summary>
    public bool IsWrong { get; init; }

    /// <summary>The program was there and broke down; what is only missing has not failed.</summary>
    public bool IsFailed { get; init; }

    /// <summary>Why there is no answer, or why it is not believed.</summary>
    public string? Note { get; init; }
}
