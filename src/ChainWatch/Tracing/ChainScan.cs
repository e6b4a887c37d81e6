using ChainWatch.Graph;

namespace ChainWatch.Tracing;

/// <summary>The lanes of one chain in one direction: per list the question itself and, where stops are opaque, the question through them.</summary>
internal sealed class ChainScan
{
    private const int GroupsBetweenChecks = 1 << 22;
    private readonly bool _reversed;
    private readonly bool _undoable;
    private readonly LanePasses _passes;
    private int _next;

    public ChainScan(LaneRules rules, TraceRequest request, IReadOnlyList<TracedList> lists, bool reversed, bool undoable)
    {
        Rules = rules;
        Watched = WatchedNumbers(rules.Log, request.To);
        _reversed = reversed;
        _undoable = undoable;
        HashSet<int>? watched = request.To.Count == 0 ? null : [.. Watched.Values];
        List<LaneSpec> specs = [];
        foreach (TracedList list in lists)
        {
            int[] seeds = SeedNumbers(rules.Log, list);
            HashSet<int> designated = [.. seeds.Where(s => IsDesignated(rules.Log.AddressTable[s], list, request))];
            LaneQuestion question = new(rules, seeds, designated, reversed, ThroughOpaque: false);
            specs.Add(new LaneSpec(question, watched is null && !undoable ? KeptEvidence.Steps : KeptEvidence.Inflows, watched));
            if (rules.HasOpaque)
            {
                // What went into opaque stops is told with every lead.
                specs.Add(new LaneSpec(question with { ThroughOpaque = true }, undoable ? KeptEvidence.Inflows : KeptEvidence.Labels, rules.Stops.Opaque));
            }

            Coins.Add(rules.Log.Coins.AreKnown ? new CoinLane(rules, seeds, reversed, undoable) : null);
        }

        _passes = new LanePasses(specs, undoable);
        int perList = rules.HasOpaque ? 2 : 1;
        for (int i = 0; i < specs.Count; i += perList)
        {
            Lanes.Add((_passes.Lanes[i], rules.HasOpaque ? _passes.Lanes[i + 1] : null));
        }
    }

    public LaneRules Rules { get; }

    /// <summary>Per list: the lane of the question, and that through opaque stops or null where there are none.</summary>
    public List<(Lane Lane, Lane? ThroughOpaque)> Lanes { get; } = [];

    /// <summary>Per list: its lane of coins, or null where the data tell no outpoints.</summary>
    public List<CoinLane?> Coins { get; } = [];

    /// <summary>The watched wallets that occur, with their numbers.</summary>
    public IReadOnlyDictionary<Address, int> Watched { get; }

    /// <summary>The entries of the blocks appended, from the first up to the end.</summary>
    public (int First, int End) AppendedEntries
    {
        get
        {
            (int first, int end) = AppendedGroups;
            return first == end ? (0, 0) : (Rules.Log.Groups.StartOf(first), Rules.Log.EndOf(end - 1));
        }
    }

    /// <summary>The groups of the blocks appended, from the first up to the end.</summary>
    public (int First, int End) AppendedGroups
    {
        get
        {
            (int first, int count) = AppendedBlocks;
            if (count == 0)
            {
                return (0, 0);
            }

            BlockInfo last = Rules.Log.BlockTable[first + count - 1];
            return (Rules.Log.BlockTable[first].FirstGroup, last.FirstGroup + last.GroupCount);
        }
    }

    /// <summary>The blocks appended: the first in chain order, and how many.</summary>
    public (int First, int Count) AppendedBlocks => (_reversed ? Rules.Log.BlockTable.Length - _next : 0, _next);

    /// <summary>Appends the next block.</summary>
    public void AppendNext()
    {
        int block = BlockAt(_next++);
        BlockInfo info = Rules.Log.BlockTable[block];
        foreach (Lane lane in _undoable ? _passes.Lanes : [])
        {
            lane.Mark();
        }

        foreach (IPass pass in _passes.Passes)
        {
            pass.Append(info.FirstGroup, info.FirstGroup + info.GroupCount);
        }

        Coins.ForEach(coins => coins?.Append(block));
    }

    /// <summary>Appends all blocks that are left, in one go where none need be taken back.</summary>
    public void AppendAll(CancellationToken cancellationToken)
    {
        if (_undoable)
        {
            while (Remaining > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                AppendNext();
            }

            return;
        }

        (int first, int end) = RemainingGroups();
        foreach (IPass pass in _passes.Passes)
        {
            AppendAll(pass, first, end, cancellationToken);
        }

        WriteDownReached(cancellationToken);
        for (int i = _next; i < Rules.Log.BlockTable.Length && Coins.Exists(c => c is not null); i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Coins.ForEach(coins => coins?.Append(BlockAt(i)));
        }

        _next = Rules.Log.BlockTable.Length;
    }

    public int Remaining => Rules.Log.BlockTable.Length - _next;

    public bool CanUndo => _next > 0;

    public void UndoLast()
    {
        _next--;
        foreach (Lane lane in _passes.Lanes)
        {
            lane.Undo();
        }

        Coins.ForEach(coins => coins?.Undo());
    }

    /// <summary>What a lane wrote down so far; a copy where it may go back.</summary>
    public ILaneRecord Record(Lane lane) => _undoable ? new FrozenLane(lane) : lane;

    /// <summary>A lane of the other direction from one address through opaque stops, over some groups.</summary>
    public Lane TraceBack(int address, (int First, int End) groups)
    {
        LaneQuestion question = new(Rules, [address], [], !_reversed, ThroughOpaque: true);
        LanePasses back = new([new LaneSpec(question, KeptEvidence.Inflows, Rules.Stops.Opaque)], undoable: false);
        back.Passes[0].Append(groups.First, groups.End);
        return back.Lanes[0];
    }

    public static int[] SeedNumbers(ChainLog log, TracedList list) => [.. list.Seeds
        .Select(seed => TracedList.NumberOn(log, seed))
        .Where(n => n >= 0)
        .Order()];

    private int BlockAt(int i) => _reversed ? Rules.Log.BlockTable.Length - 1 - i : i;

    private static Dictionary<Address, int> WatchedNumbers(ChainLog log, IReadOnlyList<Address> wallets) => wallets
        .Distinct()
        .Select(wallet => (Wallet: wallet, Number: TracedList.NumberOn(log, wallet)))
        .Where(w => w.Number >= 0)
        .ToDictionary(w => w.Wallet, w => w.Number);

    /// <summary>Every lane.</summary>
    public IReadOnlyList<Lane> AllLanes => _passes.Lanes;

    private (int First, int End) RemainingGroups()
    {
        int groups = Rules.Log.Groups.Length;
        int border = _next == 0 ? (_reversed ? groups : 0) : (_reversed ? AppendedGroups.First : AppendedGroups.End);
        return _reversed ? (0, border) : (border, groups);
    }

    private void AppendAll(IPass pass, int first, int end, CancellationToken cancellationToken)
    {
        for (int done = 0; done < end - first; done += GroupsBetweenChecks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(GroupsBetweenChecks, end - first - done);
            int from = _reversed ? end - done - count : first + done;
            pass.Append(from, from + count);
        }
    }

    // Of the lanes with labels alone, those that reached a watched wallet are asked for all of it.
    private void WriteDownReached(CancellationToken cancellationToken)
    {
        foreach (DenseLane lane in Lanes.Select(l => l.Lane).OfType<DenseLane>().Where(l => Watched.Values.Any(l.IsReached)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            lane.WriteDown();
        }
    }

    /// <summary>Whether a direct transfer from (or to) a seed is a finding at any amount.</summary>
    public static bool IsDesignated(Address address, TracedList list, TraceRequest request) =>
        list.EntryOf(address) is Lists.Designation
        || request.Lists?.Screen(address, request.AsOf).Matches.Any(m => m.Status == Lists.EntryStatus.Designated) == true;
}
