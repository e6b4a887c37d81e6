using System.Globalization;
using ChainWatch.Graph;
using ChainWatch.Labels;
using ChainWatch.Lists;
using ChainWatch.Sources;
using ChainWatch.Tracing;

namespace ChainWatch.Collecting;

/// <summary>
/// Fetches ring by ring: from the lists' own addresses, and from the watched wallets against it, each time on the side whose
/// next ring has fewer addresses, until the two together are as deep as the hops asked for. Every path of that length then
/// lies in what was fetched: its first part in the one, its rest in the other.
/// </summary>
/// <remarks>
/// The rings are those of the tracer over what is at hand, so that time order, dust and stops bound them: a stop is reached
/// and not fetched. A transaction that a labelled contract takes part in is read whole, since funds may leave the contract
/// in it. What lies behind opaque stops is fetched from the wallets' side alone; where that cannot settle it, it is a gap.
/// </remarks>
internal sealed class AddressWalk
{
    private readonly CollectSession _session;
    private readonly TraceRequest _request;
    private readonly BlockWindow _window;
    private readonly Dictionary<Address, StopLabel> _labels;
    private readonly Address[] _wallets;
    private readonly HashSet<TxId> _wholeTransactions = [];
    private readonly List<CoverageGap> _gaps = [];
    private TransferGraph? _graph;

    public AddressWalk(CollectSession session, TraceRequest request, BlockWindow window)
    {
        (_session, _request, _window) = (session, request, window);
        _labels = request.Stops.Labels();
        _wallets = [.. request.To.Select(OnThisChain).OfType<Address>().Distinct().Order()];
    }

    /// <summary>Fetches what the question needs.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (Direction direction in new[] { Direction.Received, Direction.Sent }.Where(d => _request.Direction.HasFlag(d)))
        {
            await WalkAsync(direction, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes the graph of what was fetched, with what it rests on.</summary>
    public TransferGraph Build(CancellationToken cancellationToken) =>
        Build(new CollectionCoverage(_session, _request.Window, _window).ByAddresses(_gaps), cancellationToken);

    private async Task WalkAsync(Direction direction, CancellationToken cancellationToken)
    {
        WalkSide lists = new(_request with { To = [], Direction = direction }, [.. _request.From.SelectMany(l => l.Seeds(_request.AsOf)).Select(e => OnThisChain(e.Address)).OfType<Address>().Distinct()]);
        WalkSide wallets = new(_request with { From = [AddressList.Of("watched wallets", _wallets)], To = [], AsOf = null, Direction = direction == Direction.Received ? Direction.Sent : Direction.Received }, _wallets);

        // What the wallets themselves got (or paid) is always looked at.
        if (_wallets.Length > 0)
        {
            await GrowAsync(wallets, cancellationToken).ConfigureAwait(false);
        }

        int hops = _request.MaxHops;
        while (lists.Depth + wallets.Depth < hops)
        {
            int ofLists = Frontier(lists, cancellationToken).Count;
            int ofWallets = _wallets.Length == 0 ? int.MaxValue : Frontier(wallets, cancellationToken).Count;
            if (IsExhausted(lists, cancellationToken) || (_wallets.Length > 0 && IsExhausted(wallets, cancellationToken)))
            {
                break;
            }

            if (!await GrowAsync(ofLists <= ofWallets ? lists : wallets, cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }

        do
        {
            if (!await GrowToStopsAsync(lists, wallets, cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }
        while (await FetchMeetingAsync(lists, wallets, cancellationToken).ConfigureAwait(false));
        TellStops(lists, wallets, cancellationToken);
    }

    // One ring more of a side. False where the budget ends the fetching.
    private async Task<bool> GrowAsync(WalkSide side, CancellationToken cancellationToken)
    {
        // Reading a transaction whole can bring addresses of the rings that were thought to be done.
        for (List<Address> ring = Frontier(side, cancellationToken); ring.Count > 0; ring = Frontier(side, cancellationToken))
        {
            if (!await FetchAsync(side, ring, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        side.Depth++;
        return true;
    }

    // False where the budget ends the fetching.
    private async Task<bool> FetchAsync(WalkSide side, List<Address> ring, CancellationToken cancellationToken)
    {
        SourceWay way = _session.Profile.ByAddresses!;
        int room = Math.Max(0, _session.Limits.Budget.Addresses - _session.AddressesAsked);
        Address[] now = [.. ring.Take(room)];
        if (now.Length < ring.Count)
        {
            _gaps.Add(new CoverageGap(
                GapKind.LimitReached,
                string.Create(CultureInfo.InvariantCulture, $"fetching ended at the limit of {_session.Limits.Budget.Addresses:N0} addresses: addresses {side.Depth} hops away were not fetched"),
                ring.Count - now.Length));
        }

        double queries = Math.Ceiling(now.Length / (double)Math.Max(1, way.AddressesPerQuery)) * Math.Ceiling(_window.Count / (double)way.BlocksPerQuery);
        _session.Tell(CollectStage.Addresses, 0, now.Length, estimate: _session.IsOnline ? new CollectEstimate(now.Length, (long)Math.Ceiling(queries * way.RequestsPerUnit), null, null) : null);
        await _session.FetchAddressesAsync(now, side.Fetched(now, IsDegreeLimited), _window, cancellationToken).ConfigureAwait(false);
        _graph = null;
        if (now.Length < ring.Count || _session.IsOverBudget)
        {
            return false;
        }

        await ReadConversionsAsync(side, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private bool IsDegreeLimited => _request.Stops.MaxDegree is not null;

    private List<Address> Frontier(WalkSide side, CancellationToken cancellationToken) => Frontier(side, side.Depth, cancellationToken);

    // A ring can be empty and the next one not: a conversion is two hops in one transaction.
    private bool IsExhausted(WalkSide side, CancellationToken cancellationToken) => Frontier(side, _request.MaxHops - 1, cancellationToken).Count == 0;

    // Those of a side's rings up to a depth that are traced through and were not fetched.
    private List<Address> Frontier(WalkSide side, int depth, CancellationToken cancellationToken)
    {
        if (side.Depth == 0 && !side.HasStarted)
        {
            return [.. side.Seeds.Order()];
        }

        return [.. Reached(side, depth, cancellationToken)
            .Where(e => e.Hops <= depth && (e.IsSeed || e.EndsInCoinJoins || e.StopReason is "" or "no-onward-transfer" or "hop-limit") && !side.IsFetched(e.Address))
            .Select(e => e.Address).Distinct().Order()];
    }

    private IReadOnlyList<Exposure> Reached(WalkSide side, int depth, CancellationToken cancellationToken) => Trace(side, depth, cancellationToken)?.Exposures ?? [];

    private TraceResult? Trace(WalkSide side, int depth, CancellationToken cancellationToken) => side.Seeds.Count == 0
        ? null
        : Tracer.Trace(Graph(cancellationToken), side.Request with { MaxHops = Math.Clamp(depth + 1, 1, TraceRequest.HopsMax) }, cancellationToken);

    // Funds that enter a labelled contract may leave it in the same transaction.
    private async Task ReadConversionsAsync(WalkSide side, CancellationToken cancellationToken)
    {
        if (!_session.Profile.CanReadTransactions)
        {
            return;
        }

        while (true)
        {
            HashSet<Address> reached = [.. Reached(side, side.Depth, cancellationToken).Where(e => e.Hops <= side.Depth && (e.IsSeed || e.StopReason.Length == 0 || e.StopReason.StartsWith("contract:", StringComparison.Ordinal))).Select(e => e.Address)];
            TxId[] found = [.. Graph(cancellationToken).Chains
                .SelectMany(log => log.TransactionsThrough(a => side.IsForward ? reached.Contains(a) : IsContractStop(a), a => side.IsForward ? IsContractStop(a) : reached.Contains(a)))
                .Distinct().Where(tx => !_wholeTransactions.Contains(tx)).Order()];
            if (found.Length == 0)
            {
                return;
            }

            await _session.FetchTransactionsAsync(found, cancellationToken).ConfigureAwait(false);
            _wholeTransactions.UnionWith(found);
            _graph = null;
            if (_session.IsOverBudget)
            {
                return;
            }
        }
    }

    private bool IsContractStop(Address address) => _labels.TryGetValue(address, out StopLabel? label) && label.Kind == StopKind.Contract;

    // A way through opaque stops enters the first of them i hops from the lists, and leaves the last j hops from a wallet. Each
    // side is grown until it holds every such stop that the other side leaves room for: then a way through one stop is at hand
    // whole, and of ways through several it is known whether there can be any.
    private async Task<bool> GrowToStopsAsync(WalkSide lists, WalkSide wallets, CancellationToken cancellationToken)
    {
        while (_wallets.Length > 0)
        {
            bool isShort = IsShort(wallets, Opaque(lists, _request.MaxHops, cancellationToken), cancellationToken);
            if (!isShort && !IsShort(lists, Opaque(wallets, _request.MaxHops, cancellationToken), cancellationToken))
            {
                break;
            }

            if (!await GrowAsync(isShort ? wallets : lists, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }

    private void TellStops(WalkSide lists, WalkSide wallets, CancellationToken cancellationToken)
    {
        int hops = _request.MaxHops;
        List<WalkStop> left = Opaque(wallets, hops, cancellationToken);
        List<WalkStop> unsettled = _wallets.Length == 0
            ? Opaque(lists, hops - 1, cancellationToken)
            : [.. Opaque(lists, hops, cancellationToken).Where(e => left.Exists(l => !l.IsSame(e) && e.Hops + 1 + l.Hops <= hops))];
        if (unsettled.Count > 0)
        {
            _gaps.Add(WalkStop.NotFetched(unsettled, _wallets.Length == 0 ? "what lies behind them is not known" : "whether they lead on to stops before the watched wallets is not known"));
        }
    }

    // Where the two sides meet, an address is known by the transfers to and from its neighbours alone. How many others it has,
    // and so where it crosses a degree limit, and what it paid itself, and so which coins are whose, must be asked. True where
    // something was fetched.
    private async Task<bool> FetchMeetingAsync(WalkSide lists, WalkSide wallets, CancellationToken cancellationToken)
    {
        if (!IsDegreeLimited && !Graph(cancellationToken).Chains.Any(log => log.Coins.AreKnown))
        {
            return false;
        }

        int hops = _request.MaxHops;
        Dictionary<Address, int> fromWallets = [];
        foreach (Exposure exposure in Reached(wallets, hops, cancellationToken))
        {
            fromWallets[exposure.Address] = exposure.Hops;
        }

        List<Address> meeting = [.. Reached(lists, hops, cancellationToken)
            .Where(e => e.Label is null && !lists.IsFetched(e.Address) && (_wallets.Length == 0
                ? e.Hops < hops && e.StopReason == "degree"
                : fromWallets.TryGetValue(e.Address, out int further) && e.Hops + further <= hops && !wallets.IsFetched(e.Address)))
            .Select(e => e.Address).Distinct().Order()];
        return meeting.Count > 0 && await FetchAsync(lists, meeting, cancellationToken).ConfigureAwait(false);
    }

    private bool IsShort(WalkSide side, List<WalkStop> stopsOfTheOther, CancellationToken cancellationToken) =>
        stopsOfTheOther.Count > 0 && side.Depth < _request.MaxHops - stopsOfTheOther.Min(e => e.Hops) && !IsExhausted(side, cancellationToken);

    private List<WalkStop> Opaque(WalkSide side, int hopsMax, CancellationToken cancellationToken) =>
        Trace(side, hopsMax, cancellationToken) is TraceResult result ? WalkStop.In(result, hopsMax) : [];

    private TransferGraph Graph(CancellationToken cancellationToken) => _graph ??= Build(null, cancellationToken);

    private TransferGraph Build(SourceCoverage? coverage, CancellationToken cancellationToken)
    {
        TransferGraphBuilder builder = new();
        builder.AddChain(_session.Chain);
        TransferUnion union = new(builder);
        WindowSink sink = new(union, _window);
        foreach (CollectedPart part in _session.PartsAsked)
        {
            union.BeginAnswer();
            _session.Log.SendTo(part, sink, _session.Chain, cancellationToken);
        }

        if (coverage is not null)
        {
            builder.Add(coverage with { Rows = union.Count });
        }

        return builder.Build();
    }

    private Address? OnThisChain(Address address) => address.Chain == _session.Chain ? address
        : address.Kind == AddressKind.Evm && _session.Chain.IsEvm ? address.OnChain(_session.Chain)
        : null;
}
