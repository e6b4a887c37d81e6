using ChainWatch.Graph;
using ChainWatch.Sources;
using ChainWatch.Tracing;
using ChainWatch.Tracing.Live;

namespace ChainWatch.Watching;

/// <summary>One chain that is watched under one question: its follower, its live trace, and what its newest blocks brought.</summary>
internal sealed class WatchedChain
{
    private readonly WatchState _state;
    private readonly WatchRequest _request;
    private readonly SourceProfile _profile;
    private readonly ChainFollower _follower;
    private readonly AlertBook _book;
    private readonly AlertQueue _queue;
    private readonly LiveTrace _trace;
    private readonly SentPaths _sent;
    private readonly LinkedList<(long First, int Blocks)> _appended = new();
    private readonly HashSet<Address> _unanswered;
    private readonly HashSet<Address> _unansweredWhenCaughtUp = [];
    private HashSet<Address> _recent = [];
    private BlockRef _head;

    /// <summary>Begins, or goes on from what the state holds. The caller holds the state's graph.</summary>
    /// <param name="source">The endpoint.</param>
    /// <param name="profile">What it is.</param>
    /// <param name="state">The state.</param>
    /// <param name="request">What is watched for.</param>
    /// <param name="waiting">The ids of the alerts that waited before the question was changed: what is new now is retroactive. Null: it was not changed.</param>
    public WatchedChain(IChainSource source, SourceProfile profile, WatchState state, WatchRequest request, IReadOnlySet<string>? waiting)
    {
        (_state, _request, _profile, _head) = (state, request, profile, profile.Head);
        Wallets = new WatchedWallets(profile.Chain, request.Trace.To);
        AlertJudge judge = new(request.Trace, Wallets);
        _follower = new ChainFollower(source, profile.Chain, profile.ByBlocks!.BlocksPerQuery);
        _book = new AlertBook(state.Log, profile.Chain, judge);
        _book.Load();
        _queue = new AlertQueue(_book, judge, request.Confirmations, source, profile.Name);
        _sent = new SentPaths(request.Trace);
        _unanswered = [.. Wallets.All];
        TransferGraph graph = state.Graph.Graph;
        IReadOnlyList<ReadWindow> known = NewestBlocks.In(graph, state.Checkpoint, profile.Chain, request.Confirmations);
        long next = known.Count > 0 ? known[^1].Last + 1 : request.Since ?? profile.Head.Height;
        long seenAgain = known.Count > 0 ? known[0].First : next;
        ChainLog? history = LogIn(graph);
        _trace = new LiveTrace(graph, profile.Chain, request.Trace, w => Wallets.Contains(w) || _recent.Contains(w), history is null ? 0 : LogSlice.FirstGroupFrom(history, seenAgain));
        _trace.Watch(Wallets.All.Concat(_book.RecentWallets));
        _book.PutInDoubt(seenAgain, null);
        foreach (ReadWindow window in known)
        {
            Take(window.First, window.Last, waiting, CancellationToken.None);
        }

        if (history is not null)
        {
            MovedTransfers.RestoreIn(_book, history, seenAgain);
        }

        _follower.Begin(next, known);
    }

    /// <summary>The chain.</summary>
    public Chain Chain => _profile.Chain;

    /// <summary>The wallets that are watched on it.</summary>
    public WatchedWallets Wallets { get; }

    /// <summary>The ids of the alerts that wait for confirmations.</summary>
    public IReadOnlySet<string> Waiting => _queue.Waiting.ToHashSet(StringComparer.Ordinal);

    /// <summary>The newest blocks, for the checkpoint.</summary>
    public IReadOnlyList<ReadWindow> Newest => _follower.Newest(Checkpoint.BlocksMax);

    /// <summary>What was written down and not told yet.</summary>
    public Alert[] Tell() => _queue.Tell();

    /// <summary>True once a block was appended and could not be traced: the chain is to be opened anew.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>How far it has come. The caller holds the state's graph, or is the one that steps.</summary>
    public ChainProgress Progress(long blocksRead)
    {
        long height = _follower.Next - 1;
        return new ChainProgress
        {
            Chain = Chain,
            Height = height,
            Time = height == _head.Height ? _head.Time : LogIn(_state.Graph.Graph) is { BlockTable: { Length: > 0 } blocks } ? blocks[^1].Time : null,
            Head = _head,
            BlocksRead = blocksRead,
        };
    }

    /// <summary>Wallets that are watched from now on: what history holds of them is told with the next step.</summary>
    public void Answer(IReadOnlyCollection<Address> wallets)
    {
        _unanswered.UnionWith(wallets);
        _trace.Watch(wallets);
    }

    /// <summary>Looks for what is new, without taking it.</summary>
    /// <exception cref="ChainWatchException">The endpoint does not answer.</exception>
    public async Task<ChainStep> LookAsync(CancellationToken cancellationToken)
    {
        ChainStep step = await _follower.StepAsync(cancellationToken).ConfigureAwait(false);
        _head = step switch { ChainStep.Came came => came.Head, ChainStep.Idle idle => idle.Head, _ => _head };
        return step;
    }

    /// <summary>Takes what was found. The caller holds the state's graph.</summary>
    /// <returns>How many blocks came.</returns>
    /// <exception cref="ChainWatchException">The state cannot be written; it is as it was, and the same is found again.</exception>
    public long Take(ChainStep step, CancellationToken cancellationToken)
    {
        switch (step)
        {
            case ChainStep.Came came:
                _state.Append(came.Rows, came.Coverage);
                IsBroken = true;
                _follower.Accept(came);
                Take(came.Window.First, came.Window.Last, null, cancellationToken);
                IsBroken = false;
                return came.Window.Last - came.Window.First + 1;
            case ChainStep.Went went:
                _state.Graph.TakeBack(Chain, went.First, went.ParentHash);
                IsBroken = true;
                _follower.Accept(went);
                TakeBack(went.First);
                IsBroken = false;
                return 0;
            default:
                _unanswered.UnionWith(_unansweredWhenCaughtUp);
                _unansweredWhenCaughtUp.Clear();
                AnswerFromHistory(cancellationToken);
                return 0;
        }
    }

    /// <summary>Wallets within reach by history that were not told so near: those that are watched anew. The caller holds the state's graph.</summary>
    public void AnswerFromHistory(CancellationToken cancellationToken)
    {
        if (_unanswered.Count > 0 && LogIn(_state.Graph.Graph) is ChainLog log)
        {
            List<Alert> found = [];
            Address[] wallets = [.. _unanswered.Where(Wallets.Contains).Order()];
            foreach (LiveLane lane in _trace.Lanes)
            {
                foreach (Address wallet in wallets)
                {
                    LabelState state = lane.StateOf(wallet);
                    if (state.Reach != Label.Unreached && state.Reach != Label.Seed)
                    {
                        AddIfNearer(found, lane.List, Direction.Received, wallet, Label.HopsOf(state.Reach), () => lane.PathTo(state.ReachStep));
                    }
                }
            }

            if (wallets.Length > 0)
            {
                foreach ((TracedList list, Exposure exposure) in _sent.Of(_state.Graph.Graph, log, wallets, cancellationToken))
                {
                    AddIfNearer(found, list, Direction.Sent, exposure.Address, exposure.Hops, () => exposure.Path);
                }
            }

            found.ForEach(alert => _queue.Add(alert with { IsRetroactive = true }));
        }

        _unanswered.Clear();
    }

    /// <summary>Writes down what has waited long enough; where the chain has caught up, withdraws what went.</summary>
    /// <returns>What is to be told.</returns>
    /// <exception cref="ChainWatchException">The endpoint does not answer, or the log cannot be written; nothing is lost, and the next call goes on.</exception>
    public async Task<IReadOnlyList<Alert>> ReleaseAsync(bool hasCaughtUp, CancellationToken cancellationToken)
    {
        await _queue.ReleaseAsync(Math.Max(_head.Height, _follower.Next - 1), _follower.HashAt, cancellationToken).ConfigureAwait(false);
        if (hasCaughtUp)
        {
            await _queue.SettleAsync(cancellationToken).ConfigureAwait(false);
        }

        return _queue.Tell();
    }

    // Block by block, whatever was read together: what is told does not depend on when it was read.
    private void Take(long first, long last, IReadOnlySet<string>? waiting, CancellationToken cancellationToken)
    {
        int blocks = 0;
        _recent = [.. _book.RecentWallets];
        TransferGraph graph = _state.Graph.Graph;
        if (LogIn(graph) is ChainLog log)
        {
            int group = LogSlice.FirstGroupFrom(log, first);
            while (group < log.Groups.Length && log.PositionOf(group).Block is long height && height <= last)
            {
                int end = LogSlice.FirstGroupFrom(log, height + 1);
                IEnumerable<Alert> alerts = [.. Received(_trace.Append(log, group, end)), .. Sent(graph, log, height, (group, end), cancellationToken)];
                foreach (Alert alert in alerts.Where(a => !_book.HoldsOfHistory(a)))
                {
                    bool isRetroactive = waiting is not null && !waiting.Contains(alert.Id) && _state.Log.StateOf(alert.Id) != AlertState.Raised;
                    _queue.Add(isRetroactive ? alert with { IsRetroactive = true } : alert);
                }

                (group, blocks) = (end, blocks + 1);
            }
        }

        _appended.AddLast((first, blocks));
    }

    private IEnumerable<Alert> Received(IReadOnlyList<LiveBlock> lists)
    {
        foreach (LiveBlock block in lists)
        {
            foreach (LiveInflow inflow in block.Inflows)
            {
                _book.SeeOfHistory(AlertRules.Within(block.List, inflow));
            }

            foreach (Alert alert in AlertRules.Of(block, _request))
            {
                yield return alert;
            }
        }
    }

    // What is paid over one hop is told by the block itself.
    private List<Alert> Sent(TransferGraph graph, ChainLog log, long height, (int First, int End) groups, CancellationToken cancellationToken)
    {
        List<Alert> found = [];
        IEnumerable<LiveSent> paths = _trace.FindSent(groups.First, groups.End)
            ?? _sent.Through(graph, log, height, [.. Wallets.All.Union(_recent)], cancellationToken).Where(e => e.Exposure.Hops > 1).Select(e => new LiveSent(e.List, e.Exposure.Address, e.Exposure.Hops, e.Exposure.Path));
        foreach (LiveSent sent in paths)
        {
            AddIfNearer(found, sent.List, Direction.Sent, sent.Wallet, sent.Hops, () => sent.Path);
        }

        found.ForEach(_book.SeeOfHistory);
        return found;
    }

    private void AddIfNearer(List<Alert> found, TracedList list, Direction direction, Address wallet, int hops, Func<IReadOnlyList<PathStep>> path)
    {
        if (_queue.NearestTo(list.Name, direction, wallet) is not int told || told > hops)
        {
            found.Add(AlertRules.Near(list, direction, wallet, path(), hops, _queue.NearestTo(list.Name, direction, wallet)));
        }
    }

    private void TakeBack(long first)
    {
        // History told the nearest alone: without it the next nearest is to be told, unless the other branch brings it again.
        _unansweredWhenCaughtUp.UnionWith([.. _book.OfHistory(first), .. _queue.TakeBack(first)]);
        _book.PutInDoubt(first, WithdrawalCause.Reorganised);
        while (_appended.Last is { } last && last.Value.First >= first)
        {
            for (int i = 0; i < last.Value.Blocks; i++)
            {
                _trace.Undo();
            }

            _appended.RemoveLast();
        }
    }

    private ChainLog? LogIn(TransferGraph graph) => graph.Chains.FirstOrDefault(l => l.Chain == Chain);
}
