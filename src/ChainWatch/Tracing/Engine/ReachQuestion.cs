using ChainWatch.Graph.Storage;

namespace ChainWatch.Tracing.Engine;

/// <summary>What a <see cref="ReachCollector"/> is asked.</summary>
internal sealed record ReachQuestion
{
    /// <summary>What is followed, and the stops.</summary>
    public required LaneRules Rules { get; init; }

    /// <summary>The index of the rules' log.</summary>
    public required LogIndex Index { get; init; }

    /// <summary>True for <em>sent</em>: tails are paid, heads pay, positions descend.</summary>
    public bool Reversed { get; init; }

    /// <summary>Trace through opaque stops as if they were any address.</summary>
    public bool ThroughOpaque { get; init; }

    /// <summary>The seeds from which (or to which) a direct transfer counts at any amount.</summary>
    public required IReadOnlySet<int> DesignatedSeeds { get; init; }

    /// <summary>The most hops; those of the rules unless fewer are wanted.</summary>
    public int? MaxHops { get; init; }

    /// <summary>The most entries to look at.</summary>
    public long RelaxedMax { get; init; } = long.MaxValue;
}
