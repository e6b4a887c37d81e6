namespace ChainWatch.Tracing;

/// <summary>What is asked of one lane: one list, on one chain, in one direction.</summary>
/// <param name="Rules">What the lanes share.</param>
/// <param name="Seeds">The seeds' numbers.</param>
/// <param name="Designated">Those from which (or to which) a direct transfer counts at any amount.</param>
/// <param name="Reversed">True for <em>sent</em>: groups come in reverse order.</param>
/// <param name="ThroughOpaque">Trace through opaque stops as if they were any address.</param>
internal sealed record LaneQuestion(LaneRules Rules, int[] Seeds, HashSet<int> Designated, bool Reversed, bool ThroughOpaque)
{
    /// <summary>Whether an address may be left at later positions when it is reached at a group.</summary>
    /// <remarks>Reversed, an address is reached by the transfer that leaves it in chain order: the crossing is judged there.</remarks>
    public bool MayPassLater(int address, int group) =>
        (Rules.KindOf(address) == LaneRules.AddressStop.None || (ThroughOpaque && Rules.KindOf(address) == LaneRules.AddressStop.Opaque))
        && !(Reversed && IsClosedByDegree(address, group));

    /// <summary>Whether an address that is reached inside a group may be left inside it, and under which rule.</summary>
    public LaneRules.AddressStop KindInGroup(int address, int group)
    {
        LaneRules.AddressStop kind = Rules.KindOf(address);
        return kind == LaneRules.AddressStop.Opaque && ThroughOpaque ? LaneRules.AddressStop.None
            : kind == LaneRules.AddressStop.None && IsClosedByDegree(address, group) ? LaneRules.AddressStop.Opaque
            : kind;
    }

    /// <summary>Whether the degree limit stops an address at a group.</summary>
    public bool IsClosedByDegree(int address, int group) => !ThroughOpaque && group >= Rules.CrossingOf(address);
}
