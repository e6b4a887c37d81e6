using ChainWatch.Lists;
using ChainWatch.Sources;
using ChainWatch.Tracing;
using ChainWatch.Tracing.Live;

namespace ChainWatch.Watching;

/// <summary>Decides what of new blocks is an alert, and what is a note.</summary>
internal static class AlertRules
{
    /// <summary>The alerts and notes of new blocks, in chain order. Their block is known by height and time alone.</summary>
    public static IEnumerable<Alert> Of(LiveBlock block, WatchRequest request)
    {
        foreach (IGrouping<Address, LiveInflow> inflows in block.Inflows.GroupBy(i => i.Wallet))
        {
            // The nearest of the blocks tells how near the wallet came.
            LiveInflow nearest = inflows.MinBy(i => (i.Hops, i.IsDust))!;
            bool isNearer = nearest.HopsBefore is not int before || nearest.Hops < before;
            foreach (LiveInflow inflow in inflows)
            {
                if (isNearer && ReferenceEquals(inflow, nearest))
                {
                    yield return Of(block.List, inflow, inflow.HopsBefore is null ? AlertReason.FirstWithin : AlertReason.Closer);
                }
                else if (inflow.IsFromDesignated || (request.AlertValues.TryGetValue(inflow.Path[^1].Asset, out Amount least) && inflow.Path[^1].Value >= least))
                {
                    yield return Of(block.List, inflow, AlertReason.NewValue);
                }
            }
        }

        foreach (PathStep payment in block.Payments)
        {
            yield return Of(block.List, Direction.Sent, AlertReason.PaidListed, payment.From, 1, [payment]);
        }

        foreach (LiveNote note in block.Notes)
        {
            yield return Of(block.List, Direction.Received, AlertReason.NewValue, note.Transfer.To, note.Hops, note.Path) with { IsNote = true };
        }
    }

    /// <summary>The name that a wallet's first coming within reach over a transfer has, whether it was told or not.</summary>
    public static string FirstId(TracedList list, LiveInflow inflow) => Of(list, inflow, AlertReason.FirstWithin).Id;

    /// <summary>An exposure that history holds.</summary>
    public static Alert OfHistory(TracedList list, Exposure exposure) =>
        Of(list, Direction.Received, AlertReason.FirstWithin, exposure.Address, exposure.Hops, exposure.Path) with { IsRetroactive = true };

    private static Alert Of(TracedList list, LiveInflow inflow, AlertReason reason) => Of(list, Direction.Received, reason, inflow.Wallet, inflow.Hops, inflow.Path);

    private static Alert Of(TracedList list, Direction direction, AlertReason reason, Address wallet, int hops, IReadOnlyList<PathStep> path)
    {
        ListManifest? manifest = list.List.Manifest;
        return new Alert
        {
            Reason = reason,
            List = list.Name,
            ListAsOf = manifest is null ? null : list.List.AsOf,
            ListVersion = manifest?.Version,
            ListSha256 = manifest?.Sha256,
            Direction = direction,
            Wallet = wallet,
            Hops = hops,
            Path = path,
            Block = new BlockRef(path[^1].Position.Block, "", "", path[^1].Time ?? DateTimeOffset.UnixEpoch),
        };
    }
}
