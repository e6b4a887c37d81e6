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

    /// <summary>A wallet's being within reach over a transfer, whether it is told or not.</summary>
    public static Alert Within(TracedList list, LiveInflow inflow) => Of(list, inflow, AlertReason.FirstWithin);

    /// <summary>A wallet is within reach of a list, nearer than was told.</summary>
    /// <param name="list">The list.</param>
    /// <param name="direction">Which way the funds went.</param>
    /// <param name="wallet">The wallet.</param>
    /// <param name="path">The path, in chain order.</param>
    /// <param name="hops">Its hops.</param>
    /// <param name="told">The fewest that were told; null: none.</param>
    public static Alert Near(TracedList list, Direction direction, Address wallet, IReadOnlyList<PathStep> path, int hops, int? told)
    {
        AlertReason reason = direction == Direction.Sent && hops == 1 ? AlertReason.PaidListed : told is null ? AlertReason.FirstWithin : AlertReason.Closer;
        return Of(list, direction, reason, wallet, hops, path);
    }

    /// <summary>An alert, in the name of a list's version.</summary>
    public static Alert By(TracedList list, Alert alert)
    {
        ListManifest? manifest = list.List.Manifest;
        return alert with
        {
            ListAsOf = manifest is null ? null : list.List.AsOf,
            ListVersion = manifest?.Version,
            ListSha256 = manifest?.Sha256,
        };
    }

    private static Alert Of(TracedList list, LiveInflow inflow, AlertReason reason) => Of(list, Direction.Received, reason, inflow.Wallet, inflow.Hops, inflow.Path);

    private static Alert Of(TracedList list, Direction direction, AlertReason reason, Address wallet, int hops, IReadOnlyList<PathStep> path) => By(list, new Alert
    {
        Reason = reason,
        List = list.Name,
        Direction = direction,
        Wallet = wallet,
        Hops = hops,
        Path = path,
        Block = new BlockRef(path[^1].Position.Block, "", "", path[^1].Time ?? DateTimeOffset.UnixEpoch),
    });
}
