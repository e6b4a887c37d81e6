namespace ChainWatch.Tracing.Engine;

/// <summary>What a one-pass lane keeps, and how it runs.</summary>
internal sealed record LaneSettings
{
    /// <summary>How many addresses there are, at most 2^31 - 57 (the longest array); more can come later.</summary>
    public required int Addresses { get; init; }

    /// <summary>The most hops of a path, 0 to <see cref="LabelByte.HopsMax"/>.</summary>
    public required int MaxHops { get; init; }

    /// <summary>True for <em>sent</em>: ranges are taken from their end, and paths run from target to source.</summary>
    public bool Reversed { get; init; }

    /// <summary>Whether steps are kept: 4 bytes an address (for each list) and 8 bytes a step.</summary>
    public bool KeepsSteps { get; init; }

    /// <summary>Whether changes can be rolled back: 16 bytes a change.</summary>
    public bool KeepsUndo { get; init; }

    /// <summary>The addresses whose inflows are kept; null for none.</summary>
    public InterestSet? Interest { get; init; }

    /// <summary>The vector path; default the fastest that the processor has.</summary>
    public VectorPath Path { get; init; } = VectorPaths.Best;
}
