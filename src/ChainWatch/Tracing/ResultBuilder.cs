using System.Globalization;
using ChainWatch.Graph;
using ChainWatch.Sources;

namespace ChainWatch.Tracing;

/// <summary>Makes the answer of one direction from its lanes.</summary>
internal sealed class ResultBuilder(TransferGraph graph, TraceRequest request, Direction direction, TracedList[] lists, ChainScan[] scans)
{
    private readonly List<IReadOnlyList<Exposure>> _exposures = [];
    private readonly List<Finding> _findings = [];
    private readonly List<BeyondOpaque> _beyond = [];
    private readonly List<EnteredCoinJoin> _coinJoins = [];
    private readonly List<ThroughNoAddress> _noAddress = [];
    private readonly List<EndWithoutAddress> _ends = [];
    private readonly Coverage _coverage = CoverageOf(graph, scans);

    public TraceResult Build()
    {
        for (int i = 0; i < lists.Length; i++)
        {
            Read(i);
        }

        return new TraceResult
        {
            Request = request,
            Engine = string.Join(", ", scans.SelectMany(s => s.AllLanes).Select(l => l.Engine).Distinct().Order(StringComparer.Ordinal)),
            Coverage = _coverage,
            Lists = lists,
            ExposuresByList = _exposures,
            Exposures = _exposures.Count == 1 ? _exposures[0] : new ConcatenatedList<Exposure>(_exposures),
            Findings = [.. _findings.OrderBy(f => f.Wallet).ThenBy(f => f.List, StringComparer.Ordinal)],
            CoSpendings = CoSpendingFinder.Find(scans, lists, request.Window),
            NotFollowed = [.. scans.SelectMany(s => s.Rules.Filter.Counts(s.AppendedEntries.First, s.AppendedEntries.End))],
            BeyondOpaque = _beyond,
            CoinJoins = _coinJoins,
            ThroughNoAddress = _noAddress,
            EndsWithoutAddress = _ends,
        };
    }

    private void Read(int list)
    {
        View[] views = [.. scans.Select(scan => new View(scan, list, lists[list]))];
        long beyond = 0;
        List<(View View, int Address, int Hops)> reached = [];
        foreach (View view in views)
        {
            if (request.To.Count > 0)
            {
                reached.AddRange(view.Scan.Watched.Values.Distinct().Order(view.Scan.Rules.Log.AddressOrder).Where(a => view.Lane.IsReached(a)).Select(a => (view, a, view.ExposureOf(a).Hops)));
            }

            beyond += view.Through?.Record.CountBeyond(view.Lane.Record) ?? 0;
        }

        // Lists come by name, chains by name, addresses in canonical order: a stable sort by hops makes the order whole.
        _exposures.Add(request.To.Count > 0
            ? [.. reached.OrderBy(e => e.Hops).Select(e => e.View.ExposureOf(e.Address))]
            : new ReachedAddresses([.. views.Select(v => (v.Lane, v.Coins))]));
        _beyond.Add(new BeyondOpaque(lists[list].Name, direction, (int)beyond));
        // Behind opaque stops, too: none found means that nothing is there either.
        int noAddress = views.Sum(v => (v.Through ?? v.Lane).ThroughNoAddressCount);
        _noAddress.Add(new ThroughNoAddress(lists[list].Name, direction, noAddress));
        _ends.AddRange(views.SelectMany(v => v.Lane.DescribeNoAddress()));
        _coinJoins.AddRange(views.SelectMany(v => v.Lane.CoinJoins.OrderBy(c => c.Entry).Select(c => v.Describe(c, direction))));
        List<string> reasons = [.. ReasonsOf(lists[list])];
        if (noAddress > 0)
        {
            reasons.Add(string.Create(CultureInfo.InvariantCulture, $"{noAddress} {(noAddress == 1 ? "transaction" : "transactions")} took funds of {lists[list].Name} on through outputs without an address, which are not followed"));
        }

        foreach (Address wallet in request.To.Distinct())
        {
            _findings.Add(Judge(wallet, lists[list], views, reasons));
        }
    }

    private Finding Judge(Address wallet, TracedList list, View[] views, IReadOnlyList<string> listReasons)
    {
        View[] holding = [.. views.Where(v => v.Scan.Watched.ContainsKey(wallet))];
        Finding finding = new()
        {
            Wallet = wallet,
            List = list.Name,
            Direction = direction,
            Verdict = Verdict.Exposed,
            InData = holding.Length > 0,
            IsSeed = list.IsSeed(wallet),
            Exposure = holding
                .Where(v => v.Lane.IsReached(v.Scan.Watched[wallet]))
                .Select(v => v.ExposureOf(v.Scan.Watched[wallet]))
                .MinBy(e => e.Hops),
            Screening = request.Lists?.Screen(wallet, request.AsOf),
        };
        if (finding.IsSeed || finding.Exposure is not null)
        {
            return finding;
        }

        Lead? lead = holding
            .Where(v => v.Through?.IsReached(v.Scan.Watched[wallet]) == true)
            .Select(v => v.Leads!.Find(v.Scan.Watched[wallet]))
            .MinBy(l => l.Hops);
        List<string> reasons = [.. listReasons];
        if (lead is not null)
        {
            reasons.Insert(0, string.Create(CultureInfo.InvariantCulture, $"a path of {lead.Hops} hops exists only if opaque stops are traced through"));
        }

        if (graph.Chains.All(log => log.Chain != wallet.Chain))
        {
            reasons.Add($"the data hold no transfer of {wallet.Chain}, the wallet's chain");
        }

        return finding with { Verdict = reasons.Count > 0 ? Verdict.Incomplete : Verdict.NoneFound, Lead = lead, Reasons = reasons };
    }

    private IEnumerable<string> ReasonsOf(TracedList list)
    {
        foreach (CoverageGap gap in _coverage.Gaps)
        {
            yield return gap.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $"{gap.Detail} ({gap.Count})") : gap.Detail;
        }

        if (!list.IsOnAChainOfTheData)
        {
            yield return $"the data hold no transfer of any chain that {list.Name} has addresses of";
        }

        if (!list.ReachesTheDayAsked)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{list.Name} speaks only to {list.List.AsOf:yyyy-MM-dd}, and {request.AsOf:yyyy-MM-dd} is asked");
        }

        long withoutOrder = _coverage.Chains.Sum(c => c.BlocksWithoutOrder);
        if (request.StrictOrder && withoutOrder > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"only proven order is admitted, and the order of transactions is not known in {withoutOrder} {(withoutOrder == 1 ? "block" : "blocks")}");
        }
    }

    // A trace that has not seen all blocks speaks of those it has seen.
    private static Coverage CoverageOf(TransferGraph graph, ChainScan[] scans) => scans.All(s => s.Remaining == 0)
        ? graph.Coverage
        : graph.Coverage with { Chains = [.. scans.Where(s => s.AppendedBlocks.Count > 0).Select(s => s.Rules.Log.Describe(s.AppendedBlocks.First, s.AppendedBlocks.Count))] };

    // One list on one chain.
    private sealed class View
    {
        private readonly Dictionary<int, Exposure> _exposures = [];

        public View(ChainScan scan, int list, TracedList traced)
        {
            Scan = scan;
            Lane = new LaneView(scan.Record(scan.Lanes[list].Lane), traced, scan.AppendedGroups.End);
            Through = scan.Lanes[list].ThroughOpaque is Lane through ? new LaneView(scan.Record(through), traced, scan.AppendedGroups.End) : null;
            Coins = scan.Coins[list] is CoinLane coins ? new CoinView(coins) : null;
            Leads = Through is null ? null : new LeadFinder(Through, scan);
        }

        public ChainScan Scan { get; }

        public LaneView Lane { get; }

        public LaneView? Through { get; }

        public CoinView? Coins { get; }

        public LeadFinder? Leads { get; }

        public EnteredCoinJoin Describe(CoinJoinEvent entered, Direction direction)
        {
            ChainLog log = Scan.Rules.Log;
            return new EnteredCoinJoin(
                Lane.List.Name,
                direction,
                log.AddressTable[entered.Tail],
                Label.HopsOf(entered.Label),
                entered.Tails.Length,
                log.PositionOf(log.GroupOf(entered.Entry)),
                log.TxOf(entered.Entry),
                Scan.Rules.CoinJoinOf(entered.Entry));
        }

        public Exposure ExposureOf(int address)
        {
            if (!_exposures.TryGetValue(address, out Exposure? exposure))
            {
                _exposures[address] = exposure = new Exposure(Lane, address, Coins);
            }

            return exposure;
        }
    }
}
