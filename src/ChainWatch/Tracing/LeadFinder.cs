namespace ChainWatch.Tracing;

/// <summary>
/// Names the opaque stops behind which wallets lie. A stop counts where funds of the list went in within k hops, and a
/// transfer that leaves it then or later reaches the wallet in b more, with k + b at most the hops asked for: the list side
/// is known from the lane that traces through stops, the wallet side from a lane of the other direction, from the wallet.
/// </summary>
internal sealed class LeadFinder(LaneView listSide, ChainScan scan)
{
    private readonly Dictionary<int, IReadOnlyList<AssetTotal>> _onListSide = [];

    // As they were when the answer was taken: the scan may go on.
    private readonly (int First, int End) _groups = scan.AppendedGroups;

    public Lead Find(int wallet)
    {
        LabelState state = listSide.StateOf(wallet);
        return new Lead(Label.HopsOf(state.Reach), listSide.PathTo(state.ReachStep), () => FindAll(wallet));
    }

    private (IReadOnlyList<OpaqueStop>, IReadOnlyList<CoinJoinStop>) FindAll(int wallet)
    {
        LaneView walletSide = new(scan.TraceBack(wallet, _groups), listSide.List, _groups.End);
        return (FindStops(walletSide), FindCoinJoins(walletSide));
    }

    // One on the list's side and one on the wallet's, one hop apart in the same transaction.
    private List<CoinJoinStop> FindCoinJoins(LaneView walletSide)
    {
        Dictionary<int, CoinJoinEvent> onWalletSide = walletSide.CoinJoins.ToDictionary(c => c.Entry);
        List<CoinJoinStop> stops = [];
        foreach (CoinJoinEvent onListSide in listSide.CoinJoins.OrderBy(c => c.Entry))
        {
            if (scan.Rules.ThroughCoinJoin || !onWalletSide.TryGetValue(onListSide.Entry, out CoinJoinEvent? other)
                || Label.HopsOf(onListSide.Label) + 1 + Label.HopsOf(other.Label) > scan.Rules.MaxHops)
            {
                continue;
            }

            bool received = listSide.Direction == Direction.Received;
            stops.Add(listSide.DescribeCoinJoin(onListSide.Entry, (received ? onListSide : other).Tails, (received ? other : onListSide).Tails));
        }

        return stops;
    }

    private List<OpaqueStop> FindStops(LaneView walletSide)
    {
        List<OpaqueStop> stops = [];
        foreach (int stop in scan.Rules.Stops.Opaque.Order())
        {
            if (walletSide.StateOf(stop).Reach is Label.Unreached or Label.Seed
                || listSide.StateOf(stop).Reach is Label.Unreached or Label.Seed
                || !(listSide.Rules.KindOf(stop) == LaneRules.AddressStop.Opaque || listSide.CrossingOf(stop) is not null))
            {
                continue;
            }

            PathStep[] onWalletSide = [.. walletSide.InflowEventsOf(stop).Where(e => LiesBetween(stop, e)).Select(e => walletSide.Describe(e.Entry, e.Tail, e.Head, PathOrder.Proven, isFirst: true))];
            if (onWalletSide.Length > 0)
            {
                stops.Add(Describe(stop, AssetTotal.Sum(onWalletSide)));
            }
        }

        return stops;
    }

    // Whether some transfer on the list's side goes with this one on the wallet's side: in time, within the hops, and with the stop opaque between them.
    private bool LiesBetween(int stop, InflowEvent walletSide)
    {
        int group = scan.Rules.Log.GroupOf(walletSide.Entry);
        bool received = listSide.Direction == Direction.Received;
        foreach (InflowEvent e in listSide.InflowEventsOf(stop))
        {
            int other = scan.Rules.Log.GroupOf(e.Entry);
            bool inTime = scan.Rules.Strict ? (received ? other < group : other > group) : (received ? other <= group : other >= group);
            int leaving = received ? group : other;
            if (inTime && Label.HopsOf(e.Label) + Label.HopsOf(walletSide.Label) <= scan.Rules.MaxHops && scan.Rules.IsOpaque(stop, leaving))
            {
                return true;
            }
        }

        return false;
    }

    private OpaqueStop Describe(int stop, IReadOnlyList<AssetTotal> onWalletSide)
    {
        if (!_onListSide.TryGetValue(stop, out IReadOnlyList<AssetTotal>? onListSide))
        {
            _onListSide[stop] = onListSide = AssetTotal.Sum(listSide.InflowsOf(stop).Select(i => i.Transfer));
        }

        bool received = listSide.Direction == Direction.Received;
        return new OpaqueStop(
            scan.Rules.Log.AddressTable[stop],
            scan.Rules.Stops.Labels.GetValueOrDefault(stop),
            listSide.CrossingOf(stop),
            received ? onListSide : onWalletSide,
            received ? onWalletSide : onListSide);
    }
}
