using ChainWatch.Graph;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Tracing.Live;

/// <summary>
/// Looks for the paths that a payment to a list's address made whole, from that address backward: by index the positions are
/// found that may matter, and a plain lane takes those alone, so that what is found is what a trace of everything finds.
/// </summary>
/// <param name="request">The question.</param>
/// <param name="judge">Tells which transfers are followed.</param>
/// <param name="stops">The stops, as the log goes on.</param>
internal sealed class SentSearch(TraceRequest request, TransferJudge judge, ChainStops stops)
{
    // Of more positions a pass over all is as fast.
    private const int GroupsMax = 250_000;
    private readonly PaidTail _tail = new();

    /// <summary>Whether a log can be searched: what was built of it has an index.</summary>
    public static bool IsPossible(ChainLog log) => log.Entries.Sources.BaseCount == 0 || log.Columns.BuiltIndex is not null;

    /// <summary>Forgets the entries from one on, which were taken back.</summary>
    public void Cut(int end) => _tail.Cut(end);

    /// <summary>The nearest paths.</summary>
    /// <param name="log">The log, which ends with the block.</param>
    /// <param name="list">The list.</param>
    /// <param name="paid">Its addresses that the block paid.</param>
    /// <param name="firstGroup">The block's first position.</param>
    /// <param name="endGroup">The one behind its last.</param>
    /// <param name="isWatched">Whether an address is a watched wallet.</param>
    /// <returns>The paths of more than one hop; null where too many positions may matter.</returns>
    public IReadOnlyList<LiveSent>? Find(ChainLog log, TracedList list, HashSet<int> paid, int firstGroup, int endGroup, Func<int, bool> isWatched)
    {
        _tail.Take(log, log.EndOf(endGroup - 1));
        if (Collect(log, paid, firstGroup, endGroup) is not { } groups)
        {
            return null;
        }

        TransferFilter filter = new(log, judge, request);
        LaneRules rules = new(log, request, filter, stops);
        SparseLane lane = new(new LaneQuestion(rules, [.. paid.Order()], [], Reversed: true, ThroughOpaque: false), [], undoable: false);
        foreach (int group in groups.Reverse())
        {
            filter.MoveTo(log, group, group + 1);
            lane.Append(group, group + 1);
        }

        LaneView view = new(lane, list, endGroup);
        List<LiveSent> found = [];
        foreach (int address in lane.Touched)
        {
            LabelState state = lane.StateOf(address);
            if (state.Reach != Label.Unreached && Label.HopsOf(state.Reach) > 1 && isWatched(address))
            {
                found.Add(new LiveSent(list, log.AddressTable[address], Label.HopsOf(state.Reach), view.PathTo(state.ReachStep)));
            }
        }

        return [.. found.OrderBy(f => f.Wallet)];
    }

    // Rounds by hops. An address that is left at a position can have been paid up to that position; each of its entries is looked
    // at once. Some positions may be among them that the lane has no use for.
    private SortedSet<int>? Collect(ChainLog log, HashSet<int> paid, int firstGroup, int endGroup)
    {
        SortedSet<int> groups = [];
        List<(int Address, int Group)> leaving = [];
        for (int group = firstGroup; group < endGroup; group++)
        {
            for (int entry = log.Groups.StartOf(group); entry < log.EndOf(group); entry++)
            {
                if (PayeesOf(log, entry).Any(paid.Contains))
                {
                    groups.Add(group);
                    leaving.AddRange(PayersOf(log, entry).Select(payer => (payer, group)));
                }
            }
        }

        Dictionary<int, int> looked = [];
        for (int hops = 1; hops < request.MaxHops && leaving.Count > 0; hops++)
        {
            List<(int Address, int Group)> next = [];
            foreach ((int address, int group) in leaving)
            {
                foreach (int entry in EntriesBefore(log, address, group, looked))
                {
                    int at = log.GroupOf(entry);
                    groups.Add(at);
                    next.AddRange(PayersOf(log, entry).Where(payer => payer != address).Select(payer => (payer, at)));
                }

                if (groups.Count > GroupsMax || next.Count > GroupsMax)
                {
                    return null;
                }
            }

            leaving = next;
        }

        return groups;
    }

    // Nothing goes on through a stop; through a contract, inside the position alone.
    private IEnumerable<int> EntriesBefore(ChainLog log, int address, int group, Dictionary<int, int> looked)
    {
        LaneRules.AddressStop kind = stops.KindOf(address);
        if (kind is LaneRules.AddressStop.Service or LaneRules.AddressStop.Opaque || group >= stops.CrossingOf(address) || address == judge.ZeroAddress)
        {
            return [];
        }

        int end = log.EndOf(group);
        if (kind == LaneRules.AddressStop.Contract)
        {
            return Entries(log, address, log.Groups.StartOf(group), end);
        }

        int first = looked.GetValueOrDefault(address);
        looked[address] = Math.Max(first, end);
        return first < end ? Entries(log, address, first, end) : [];
    }

    private IEnumerable<int> Entries(ChainLog log, int address, int first, int end)
    {
        int built = log.Entries.Sources.BaseCount;
        foreach (int entry in _tail.Of(address, Math.Max(first, built), end).Where(entry => IsFollowed(log, entry)))
        {
            yield return entry;
        }

        if (log.Columns.BuiltIndex is not LogIndex index || first >= built || address >= index.Backward.AddressCount)
        {
            yield break;
        }

        (int from, int to) = index.Backward.RangeOf(address);
        from = index.Backward.PlaceOf(first, from, to);
        to = index.Backward.PlaceOf(Math.Min(end, built), from, to);
        for (int place = to - 1; place >= from; place--)
        {
            int entry = index.Backward.At(place, 1)[0];
            if (IsFollowed(log, entry))
            {
                yield return entry;
            }
        }
    }

    private bool IsFollowed(ChainLog log, int entry) => log.Entries.MultiOf(entry) >= 0
        || judge.Judge(log, log.Entries.AssetNumbers.At(entry), log.Entries.SourceOf(entry)[0], log.Entries.TargetOf(entry)[0], log.Entries.Values[entry]) is null;

    private static int[] PayersOf(ChainLog log, int entry) =>
        log.Entries.MultiOf(entry) is >= 0 and int multi ? log.MultiAt(multi).Sources : [log.Entries.SourceOf(entry)[0]];

    private static IEnumerable<int> PayeesOf(ChainLog log, int entry) =>
        log.Entries.MultiOf(entry) is >= 0 and int multi ? log.MultiAt(multi).Targets.Select(t => t.Address) : [log.Entries.TargetOf(entry)[0]];
}
