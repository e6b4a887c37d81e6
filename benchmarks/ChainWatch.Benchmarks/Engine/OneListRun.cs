using System.Globalization;
using ChainWatch.Tracing.Engine;

namespace ChainWatch.Benchmarks.Engine;

/// <summary>A pass of one list, by two threads or by one alone.</summary>
internal sealed class OneListRun(string name, GraphColumns graph, LaneSettings settings, int degreeMax, bool alone = false) : KernelRun(name, graph)
{
    private OnePassLane? _lane;

    public override Action Prepare()
    {
        _lane = new OnePassLane(settings, Graph.Seeds);
        for (int address = 0; degreeMax != int.MaxValue && address < Graph.Degrees.Length; address++)
        {
            _lane.SetNotLeft((uint)address, Graph.Degrees[address] > degreeMax);
        }

        TransferColumns transfers = settings.Reversed ? Graph.Reversed : Graph.Transfers;
        return () =>
        {
            using ScoutedRange? scouted = alone ? null : _lane.Scout(transfers, 0, transfers.Count);
            _lane.Append(transfers, 0, transfers.Count, scouted);
        };
    }

    protected override void Look()
    {
        int[] counts = new int[settings.MaxHops + 1];
        foreach (byte label in _lane!.Labels)
        {
            if (LabelByte.IsReached(label))
            {
                counts[LabelByte.HopsOf(label)]++;
            }
        }

        Result = string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", counts)}; {_lane.Evidence.Steps.Count} steps, {_lane.Evidence.Inflows.Count} inflows");
        _lane = null;
    }
}
