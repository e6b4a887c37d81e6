namespace ChainWatch.Tracing;

/// <summary>
/// Names the opaque stops behind which a wallet lies: those on the witness path of any inflow to it in the lane that traces
/// through them, with what went in and came out.
/// </summary>
internal static class LeadFinder
{
    public static Lead Find(LaneView lane, int wallet)
    {
        // Per stop, the transfers on the ways to the wallet that touch it on the wallet's side.
        SortedDictionary<int, HashSet<(int Entry, int Tail, int Head)>> walletSide = [];
        foreach (InflowEvent inflow in lane.InflowEventsOf(wallet))
        {
            (int Entry, int Tail, int Head)[] steps = [.. lane.Walk(inflow)];
            for (int i = 0; i + 1 < steps.Length; i++)
            {
                // Opaque is the address between two transfers, for the one that leaves it on the chain.
                int leaving = lane.Direction == Direction.Received ? steps[i].Entry : steps[i + 1].Entry;
                if (lane.Rules.IsOpaque(steps[i].Tail, lane.Rules.Log.GroupOf(leaving)))
                {
                    if (!walletSide.TryGetValue(steps[i].Tail, out HashSet<(int, int, int)>? found))
                    {
                        walletSide[steps[i].Tail] = found = [];
                    }

                    found.Add(steps[i]);
                }
            }
        }

        LabelState state = lane.States[wallet];
        return new Lead(Label.HopsOf(state.Reach), lane.PathTo(state.ReachStep), [.. walletSide.Select(stop => Describe(lane, stop.Key, stop.Value))]);
    }

    private static OpaqueStop Describe(LaneView lane, int stop, IEnumerable<(int Entry, int Tail, int Head)> walletSide)
    {
        IReadOnlyList<AssetTotal> onWalletSide = AssetTotal.Sum(walletSide.Select(s => lane.Describe(s.Entry, s.Tail, s.Head, PathOrder.Proven, isFirst: true)));
        IReadOnlyList<AssetTotal> onListSide = AssetTotal.Sum(lane.InflowsOf(stop).Select(i => i.Transfer));
        return new OpaqueStop(
            lane.Rules.Log.AddressTable[stop],
            lane.Rules.Labels.GetValueOrDefault(stop),
            lane.CrossingOf(stop),
            lane.Direction == Direction.Received ? onListSide : onWalletSide,
            lane.Direction == Direction.Received ? onWalletSide : onListSide);
    }
}
