using ChainWatch.Graph;
using ChainWatch.Graph.Storage;
using ChainWatch.Tracing.Engine;

namespace ChainWatch.Tracing;

/// <summary>The lanes of one chain in one direction: per list the question itself and, where stops are opaque, the question through them.</summary>
internal sealed class ChainScan
{
    private const int GroupsBetweenChecks = 1 << 22;

    // A position that the index finds costs some 200 ns, a transfer of the one pass 3 to 6.
    private const int RelaxedShare = 64;
    private const int RelaxedAlways = 1 << 10;
    private readonly bool _reversed;
    private readonly bool _undoable;
    private int _next;

    public ChainScan(LaneRules rules, TraceRequest request, IReadOnlyList<TracedList> lists, bool reversed, bool undoable)
    {
        Rules = rules;
        Watched = WatchedNumbers(rules.Log, request.To);
        _reversed = reversed;
        _undoable = undoable;
        HashSet<int>? watched = request.To.Count == 0 ? null : [.. Watched.Values];
        foreach (TracedList list in lists)
        {
            int[] seeds = SeedNumbers(rules.Log, list);
            HashSet<int> designated = [.. seeds.Where(s => IsDesignated(rules.Log.AddressTable[s], list, request))];
            LaneQuestion question = new(rules, seeds, designated, reversed, ThroughOpaque: false);
            Lanes.Add((
                LaneFor(question, watched is null && !undoable ? KeptEvidence.Steps : KeptEvidence.Inflows, watched),
                // What went into opaque stops is told with every lead.
                rules.HasOpaque ? LaneFor(question with { ThroughOpaque = true }, undoable ? KeptEvidence.Inflows : KeptEvidence.Labels, rules.Stops.Opaque) : null));
            Coins.Add(rules.Log.Coins.AreKnown ? new CoinLane(rules, seeds, reversed, undoable) : null);
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
        foreach (Lane lane in AllLanes())
        {
            if (_undoable)
            {
                lane.Mark();
            }

            lane.Append(info.FirstGroup, info.FirstGroup + info.GroupCount);
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
        foreach (Lane lane in AllLanes())
        {
            AppendAll(lane, first, end, cancellationToken);
        }

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
        foreach (Lane lane in AllLanes())
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
        Lane lane = LaneFor(new LaneQuestion(Rules, [address], [], !_reversed, ThroughOpaque: true), KeptEvidence.Inflows, Rules.Stops.Opaque);
        lane.Append(groups.First, groups.End);
        return lane;
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

    // Few positions by the index, where the log has one; else all of them, at memory speed; else, beyond what a byte counts, one by one.
    private Lane LaneFor(LaneQuestion question, KeptEvidence kept, HashSet<int>? interest)
    {
        if (!_undoable && Rules.Log.Adjacency(build: false) is LogIndex index
            && new ReachCollector().TryCollect(question, index, Math.Max(RelaxedAlways, Rules.Log.Entries.Length / RelaxedShare), out ReadOnlySpan<int> groups))
        {
            return new SparseLane(question, interest, undoable: false, groups.ToArray());
        }

        return Rules.MaxHops > LabelByte.HopsMax
            ? new SparseLane(question, interest, _undoable)
            : new DenseLane(question, kept, interest, _undoable, VectorPaths.Best);
    }

    /// <summary>Every lane.</summary>
    public IEnumerable<Lane> AllLanes()
    {
        foreach ((Lane lane, Lane? throughOpaque) in Lanes)
        {
            yield return lane;
            if (throughOpaque is not null)
            {
                yield return throughOpaque;
            }
        }
    }

    private (int First, int End) RemainingGroups()
    {
        int groups = Rules.Log.Groups.Length;
        int border = _next == 0 ? (_reversed ? groups : 0) : (_reversed ? AppendedGroups.First : AppendedGroups.End);
        return _reversed ? (0, border) : (border, groups);
    }

    private void AppendAll(Lane lane, int first, int end, CancellationToken cancellationToken)
    {
        for (int done = 0; done < end - first; done += GroupsBetweenChecks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(GroupsBetweenChecks, end - first - done);
            int from = _reversed ? end - done - count : first + done;
            lane.Append(from, from + count);
        }
    }

    private static bool IsDesignated(Address address, TracedList list, TraceRequest request) =>
        list.EntryOf(address) is Lists.Designation
        || request.Lists?.Screen(address, request.AsOf).Matches.Any(m => m.Status == Lists.EntryStatus.Designated) == true;
}
