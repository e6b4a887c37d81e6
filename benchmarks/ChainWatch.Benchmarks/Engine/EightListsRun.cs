using System.Globalization;
using ChainWatch.Tracing.Engine;

namespace ChainWatch.Benchmarks.Engine;

/// <summary>A pass of eight lists: the graph's seeds, and seven lists as long of addresses that pay.</summary>
internal sealed class EightListsRun(string name, GraphColumns graph, LaneSettings settings, int degreeMax) : KernelRun(name, graph)
{
    private readonly uint[][] _seeds = [graph.Seeds, .. Enumerable.Range(1, EightLabels.Lists - 1).Select(list => OtherSeeds(graph, (ulong)list))];
    private OnePassLanes8? _lanes;

    public override Action Prepare()
    {
        _lanes = new OnePassLanes8(settings, _seeds);
        for (int address = 0; degreeMax != int.MaxValue && address < Graph.Degrees.Length; address++)
        {
            for (int list = 0; list < EightLabels.Lists && Graph.Degrees[address] > degreeMax; list++)
            {
                _lanes.SetNotLeft((uint)address, list, true);
            }
        }

        return () =>
        {
            using ScoutedRange? scouted = _lanes.Scout(Graph.Transfers, 0, Graph.Transfers.Count);
            _lanes.Append(Graph.Transfers, 0, Graph.Transfers.Count, scouted);
        };
    }

    /// <summary>The addresses by hops from the first list, as the last run left them.</summary>
    public int[] FirstHistogram()
    {
        int[] counts = new int[settings.MaxHops + 1];
        foreach (ulong labels in _lanes!.Labels)
        {
            byte label = EightLabels.At(labels, 0);
            if (LabelByte.IsReached(label))
            {
                counts[LabelByte.HopsOf(label)]++;
            }
        }

        return counts;
    }

    protected override void Look()
    {
        long steps = Enumerable.Range(0, EightLabels.Lists).Sum(list => _lanes!.EvidenceOf(list).Steps.Count);
        Result = string.Create(CultureInfo.InvariantCulture, $"first list {string.Join(", ", FirstHistogram())}; {steps} steps of all");
        _lanes = null;
    }

    private static unsafe uint[] OtherSeeds(GraphColumns graph, ulong list)
    {
        SplitMix random = new(42 + list);
        SortedSet<uint> seeds = [];
        while (seeds.Count < graph.Seeds.Length)
        {
            uint address = graph.Transfers.Source[random.Below((ulong)graph.Transfers.Count)];
            if (graph.Degrees[address] < 1000)
            {
                seeds.Add(address);
            }
        }

        return [.. seeds];
    }
}
