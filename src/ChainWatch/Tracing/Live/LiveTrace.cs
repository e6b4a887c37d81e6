using ChainWatch.Graph;
using ChainWatch.Labels;

namespace ChainWatch.Tracing.Live;

/// <summary>
/// A trace of one chain that goes on as blocks arrive: history once, in one pass; then every new transfer is one step, and
/// nothing is traced again. Blocks can be taken back, the last one first. Funds received from the lists; for one thread.
/// </summary>
internal sealed class LiveTrace
{
    /// <summary>So many appended blocks can be taken back: more than any reorganisation of a living chain.</summary>
    public const int DepthMax = 512;

    private readonly TraceRequest _request;
    private readonly ChainLog? _history;
    private readonly Dictionary<Address, StopLabel> _labels;
    private readonly LiveDegrees? _degrees;
    private readonly LiveLane[] _lanes;
    private int _blocks;

    /// <summary>Traces history.</summary>
    /// <param name="history">The transfers so far.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="request">The question; its wallets are not looked at.</param>
    /// <param name="end">The first group of the chain's log that is not history; null: all of it is.</param>
    /// <exception cref="ChainWatchException">A list has no seed.</exception>
    public LiveTrace(TransferGraph history, Chain chain, TraceRequest request, int? end = null)
    {
        _request = request;
        _labels = request.Stops.Labels();
        ChainLog? log = history.Chains.FirstOrDefault(l => l.Chain == chain);
        _history = log;
        int groups = end ?? log?.Groups.Length ?? 0;
        LaneRules? rules = log is null ? null : new LaneRules(log, request);
        _degrees = request.Stops.MaxDegree is int maxDegree ? new LiveDegrees(rules, maxDegree, groups) : null;
        TracedList[] lists = [.. request.From.OrderBy(l => l.Name, StringComparer.Ordinal).Select(l => new TracedList(l, request.AsOf, history.Chains))];
        Lane[] lanes = rules is null ? [] : Trace(rules, lists, groups);
        _lanes = [.. lists.Select((list, i) => new LiveLane(list, rules is null ? null : lanes[i], groups))];
    }

    /// <summary>The lists, by name, with the labels of their addresses.</summary>
    public IReadOnlyList<LiveLane> Lanes => _lanes;

    /// <summary>How many blocks were appended and not taken back.</summary>
    public int Blocks => _blocks;

    /// <summary>Takes the next block, or several that will be taken back together.</summary>
    /// <param name="block">Its transfers, of the trace's chain; later than all before.</param>
    /// <param name="isWatched">Whether an address is a watched wallet.</param>
    /// <returns>What it means to the watched wallets, by list.</returns>
    public IReadOnlyList<LiveBlock> Append(ChainLog block, Func<Address, bool> isWatched)
    {
        HashSet<int> watched = [.. Enumerable.Range(0, block.AddressTable.Length).Where(n => isWatched(block.AddressTable[n]))];
        int[] inHistory = [.. block.AddressTable.Select(address => _history?.NumberOf(address) ?? -1)];
        TransferFilter filter = new(block, _request);
        ChainStops stops = _degrees?.Append(block, inHistory, filter, _labels) ?? new ChainStops(block, _labels, null, new int[block.AddressTable.Length], []);
        LaneRules rules = new(block, _request, filter, stops);
        _blocks++;
        return [.. _lanes.Select(lane => lane.Append(rules, watched, inHistory, seed => ChainScan.IsDesignated(seed, lane.List, _request)))];
    }

    /// <summary>Takes back what was appended last.</summary>
    /// <exception cref="InvalidOperationException">There is none, or it is too long ago.</exception>
    public void Undo()
    {
        foreach (LiveLane lane in _lanes)
        {
            lane.Undo();
        }

        _degrees?.Undo();
        _blocks--;
    }

    private static Lane[] Trace(LaneRules rules, TracedList[] lists, int groups)
    {
        List<LaneSpec> specs = [];
        foreach (TracedList list in lists)
        {
            int[] seeds = ChainScan.SeedNumbers(rules.Log, list);
            HashSet<int> designated = [.. seeds.Where(s => ChainScan.IsDesignated(rules.Log.AddressTable[s], list, rules.Request))];
            specs.Add(new LaneSpec(new LaneQuestion(rules, seeds, designated, Reversed: false, ThroughOpaque: false), KeptEvidence.Steps, null));
        }

        LanePasses passes = new(specs, undoable: false);
        foreach (IPass pass in passes.Passes)
        {
            pass.Append(0, groups);
        }

        return [.. passes.Lanes];
    }
}
