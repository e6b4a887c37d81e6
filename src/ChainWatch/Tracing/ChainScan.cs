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
        }
    }

    public LaneRules Rules { get; }

    /// <summary>Per list: the lane of the question, and that through opaque stops or null where there are none.</summary>
    public List<(Lane Lane, Lane? ThroughOpaque)> Lanes { get; } = [];

    /// <summary>The watched wallets that occur, with their numbers.</summary>
    public IReadOnlyList<(Address Wallet, int Number)> Watched { get; }

    public void AppendNext()
    {
        int block = BlockAt(_next++);
        foreach ((Lane lane, Lane? throughOpaque) in Lanes)
        {
            lane.Append(block);
            throughOpaque?.Append(block);
        }
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
    }

    public static int[] SeedNumbers(ChainLog log, TracedList list) => [.. list.Seeds
        .Select(seed => NumberOn(log, seed))
        .Where(n => n >= 0)
        .Order()];

    private int BlockAt(int i) => _reversed ? Rules.Log.BlockTable.Length - 1 - i : i;

    private static List<(Address Wallet, int Number)> WatchedNumbers(ChainLog log, IReadOnlyList<Address> wallets) => [.. wallets
        .Distinct()
        .Select(wallet => (wallet, NumberOn(log, wallet)))
        .Where(w => w.Item2 >= 0)];

    // An EVM address counts on every EVM chain.
    private static int NumberOn(ChainLog log, Address address) => log.NumberOf(address.Chain.IsEvm && log.Chain.IsEvm ? address.OnChain(log.Chain) : address);

    private static bool[] Interest(IReadOnlyList<(Address Wallet, int Number)> watched, LaneRules rules)
    {
        bool[] interest = new bool[rules.Log.AddressTable.Length];
        for (int i = 0; i < interest.Length; i++)
        {
            // What went into opaque stops is told with every lead.
            interest[i] = rules.Kind[i] == LaneRules.AddressStop.Opaque || (rules.Crossing is int[] crossing && crossing[i] != int.MaxValue);
        }

        foreach ((_, int number) in watched)
        {
            interest[number] = true;
        }

        return interest;
    }

    private static bool IsDesignated(Address address, TracedList list, TraceRequest request) =>
        list.EntryOf(address) is Lists.Designation
        || request.Lists?.Screen(address, request.AsOf).Matches.Any(m => m.Status == Lists.EntryStatus.Designated) == true;
}
