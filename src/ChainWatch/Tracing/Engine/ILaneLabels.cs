using ChainWatch.Graph.Storage;

namespace ChainWatch.Tracing.Engine;

/// <summary>The labels of one lane, between ranges of transfers: a table of its own, or one of the eight bytes of each word.</summary>
internal interface ILaneLabels
{
    /// <summary>The labels, to read.</summary>
    LabelColumn Column { get; }

    /// <summary>What the kernel wrote down.</summary>
    LaneEvidence Evidence { get; }

    /// <summary>A bit per address: it was reached.</summary>
    BitRow Reached();

    /// <summary>The step that gave an address its label, or 0 (a seed, not reached, or no steps are kept).</summary>
    uint StepOf(uint address);

    /// <summary>The first arrival at the hops of an address's label, whatever its order, or 0.</summary>
    uint ArrivalOf(uint address);

    /// <summary>Gives an address a label where it is better than what it has; false where it is not.</summary>
    bool Offer(uint address, byte label, uint step);

    /// <summary>Makes an address a stop or no stop. A seed is always left, and stays as it is.</summary>
    void SetNotLeft(uint address, bool notLeft);

    /// <summary>Makes an address one that was not reached and may be left. A seed stays as it is.</summary>
    void Reopen(uint address);
}
