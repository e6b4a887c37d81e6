using ChainWatch.Graph.Storage;

namespace ChainWatch.Tracing.Engine;

/// <summary>One list of <see cref="OnePassLanes8"/> as if it were alone.</summary>
internal sealed class OneOfEight(OnePassLanes8 lanes, int list) : ILaneLabels
{
    public LabelColumn Column => lanes.ColumnOf(list);

    public LaneEvidence Evidence => lanes.EvidenceOf(list);

    public BitRow Reached() => lanes.Reached(list);

    public uint StepOf(uint address) => lanes.StepOf(address, list);

    public uint ArrivalOf(uint address) => lanes.ArrivalOf(address, list);

    public bool Offer(uint address, byte label, uint step) => lanes.Offer(address, list, label, step);

    public void SetNotLeft(uint address, bool notLeft) => lanes.SetNotLeft(address, list, notLeft);

    public void Reopen(uint address) => lanes.Reopen(address, list);
}
