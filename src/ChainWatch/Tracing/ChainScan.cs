using ChainWatch.Graph;

namespace ChainWatch.Tracing;

/// <summary>The lanes of one chain in one direction: per list the question itself and, where stops are opaque, the question through them.</summary>
internal sealed class ChainScan
{
    private readonly bool _reversed;
    private int _next;

    public ChainScan(LaneRules rules, TraceRequest request, IReadOnlyList<TracedList> lists, bool reversed, bool undoable)
    {
        Rules = rules;
        Watched = WatchedNumbers(rules.Log, request.To);
        _reversed = reversed;
        bool[]? interest = request.To.Count == 0 ? null : Interest(Watched, rules);
        foreach (TracedList list in lists)
        {
            int[] seeds = SeedNumbers(rules.Log, list);
            HashSet<int> designated = [.. seeds.Where(s => IsDesignated(rules.Log.AddressTable[s], list, request))];
            Lanes.Add((
                new Lane(rules, seeds, designated, interest, reversed, throughOpaque: false, undoable),
                rules.HasOpaque ? new Lane(rules, seeds, designated, interest, reversed, throughOpaque: true, undoable) : null));
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

    public void AppendNext()
    {
        int block = BlockAt(_next++);
        foreach ((Lane lane, Lane? throughOpaque) in Lanes)
        {
            lane.Append(block);
            throughOpaque?.Append(block);
        }

        Coins.ForEach(coins => coins?.Append(block));
    }

    public int Remaining => Rules.Log.BlockTable.Length - _next;

    public bool CanUndo => _next > 0;

    public void UndoLast()
    {
        _next--;
        foreach ((Lane lane, Lane? throughOpaque) in Lanes)
        {
            lane.Undo();
            throughOpaque?.Undo();
        }

        Coins.ForEach(coins => coins?.Undo());
    }

    /// <summary>A lane of the other direction from one address through opaque stops, over some blocks.</summary>
    public Lane TraceBack(int address, (int First, int Count) blocks)
    {
        Lane lane = new(Rules, [address], [], interest: null, !_reversed, throughOpaque: true, undoable: false);
        for (int i = 0; i < blocks.Count; i++)
        {
            lane.Append(_reversed ? blocks.First + i : blocks.First + blocks.Count - 1 - i);
        }

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

    private static bool[] Interest(IReadOnlyDictionary<Address, int> watched, LaneRules rules)
    {
        bool[] interest = new bool[rules.Log.AddressTable.Length];
        for (int i = 0; i < interest.Length; i++)
        {
            // What went into opaque stops is told with every lead.
            interest[i] = rules.KindOf(i) == LaneRules.AddressStop.Opaque || rules.CrossingOf(i) != int.MaxValue;
        }

        foreach (int number in watched.Values)
        {
            interest[number] = true;
        }

        return interest;
    }

    private static bool IsDesignated(Address address, TracedList list, TraceRequest request) =>
        list.EntryOf(address) is Lists.Designation
        || request.Lists?.Screen(address, request.AsOf).Matches.Any(m => m.Status == Lists.EntryStatus.Designated) == true;
}
