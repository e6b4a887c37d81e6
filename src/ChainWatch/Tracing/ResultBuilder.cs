using System.Globalization;
using ChainWatch.Graph;
using ChainWatch.Lists;

namespace ChainWatch.Tracing;

/// <summary>Makes the answer of one direction from its lanes.</summary>
internal sealed class ResultBuilder(TransferGraph graph, TraceRequest request, Direction direction, TracedList[] lists, ChainScan[] scans)
{
    private readonly List<Exposure> _exposures = [];
    private readonly List<Finding> _findings = [];
    private readonly List<BeyondOpaque> _beyond = [];

    public TraceResult Build()
    {
        for (int i = 0; i < lists.Length; i++)
        {
            Read(i);
        }

        return new TraceResult
        {
            Request = request,
            Coverage = graph.Coverage,
            Lists = lists,
            Exposures = [.. _exposures
                .OrderBy(e => e.List, StringComparer.Ordinal).ThenBy(e => e.Hops).ThenBy(e => e.Address)],
            Findings = [.. _findings.OrderBy(f => f.Wallet).ThenBy(f => f.List, StringComparer.Ordinal)],
            CoSpendings = CoSpendingFinder.Find(scans, lists, request),
            NotFollowed = [.. scans.SelectMany(s => s.Rules.Filter.Counts())],
            BeyondOpaque = _beyond,
        };
    }

    private void Read(int list)
    {
        List<(LaneView Lane, LaneView? Through, ChainScan Scan)> views = [.. scans.Select(scan => (
            new LaneView(scan.Lanes[list].Lane, lists[list]),
            scan.Lanes[list].ThroughOpaque is Lane through ? new LaneView(through, lists[list]) : null,
            scan))];

        int beyond = 0;
        List<(Address Wallet, Exposure Exposure)> watched = [];
        foreach ((LaneView lane, LaneView? through, ChainScan scan) in views)
        {
            if (request.To.Count == 0)
            {
                _exposures.AddRange(Enumerable.Range(0, lane.States.Length).Where(a => IsReached(lane, a)).Select(a => new Exposure(lane, a)));
            }
            else
            {
                watched.AddRange(scan.Watched.Where(w => IsReached(lane, w.Number)).Select(w => (w.Wallet, new Exposure(lane, w.Number))));
            }

            beyond += through is null ? 0 : Enumerable.Range(0, lane.States.Length).Count(a => IsReached(through, a) && !IsReached(lane, a));
        }

        // Two wallets asked for (one address on two EVM chains) can be one address of the data: one row.
        _exposures.AddRange(watched.DistinctBy(w => w.Exposure.Address).Select(w => w.Exposure));
        _beyond.Add(new BeyondOpaque(lists[list].Name, direction, beyond));
        foreach (Address wallet in request.To.Distinct().Order())
        {
            Exposure? nearest = watched.Where(w => w.Wallet == wallet).Select(w => w.Exposure).MinBy(e => e.Hops);
            _findings.Add(Judge(wallet, lists[list], nearest, views));
        }
    }

    private Finding Judge(Address wallet, TracedList list, Exposure? exposure, List<(LaneView Lane, LaneView? Through, ChainScan Scan)> views)
    {
        Screening? screening = request.Lists?.Screen(wallet, request.AsOf);
        if (exposure is not null)
        {
            return new Finding(wallet, list.Name, direction, Verdict.Exposed, exposure, null, [], screening);
        }

        Lead? lead = views
            .Where(v => v.Through is not null)
            .SelectMany(v => v.Scan.Watched.Where(w => w.Wallet == wallet && IsReached(v.Through!, w.Number)).Select(w => LeadFinder.Find(v.Through!, w.Number)))
            .MinBy(l => l.Hops);
        List<string> reasons = [.. graph.Coverage.Gaps.Select(g => g.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $"{g.Detail} ({g.Count})") : g.Detail)];
        if (lead is not null)
        {
            reasons.Insert(0, string.Create(CultureInfo.InvariantCulture, $"a path of {lead.Hops} hops exists only if opaque stops are traced through"));
        }

        if (!graph.Chains.Any(log => log.Chain == wallet.Chain || (log.Chain.IsEvm && wallet.Chain.IsEvm)))
        {
            reasons.Add($"the data hold no transfer of {wallet.Chain}, the wallet's chain");
        }

        Verdict verdict = reasons.Count > 0 ? Verdict.Incomplete : Verdict.NoneFound;
        return new Finding(wallet, list.Name, direction, verdict, null, lead, reasons, screening);
    }

    private bool IsReached(LaneView lane, int address) =>
        lane.States[address].Reach != Label.Unreached && Label.HopsOf(lane.States[address].Reach) <= request.MaxHops;
}
