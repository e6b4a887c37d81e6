using ChainWatch.Graph;
using ChainWatch.Sources;
using ChainWatch.Tracing;
using ChainWatch.Tracing.Live;

namespace ChainWatch.Watching;

/// <summary>One chain that is watched: its follower, its live trace, and what its newest blocks brought.</summary>
internal sealed class WatchedChain
{
    // More than chains reorganise; so many blocks are seen again when a watcher starts.
    private const int SeenAgainMax = 64;

    private readonly IChainSource _source;
    private readonly GraphAppender _graph;
    private readonly WatchRequest _request;
    private readonly ChainFollower _follower;
    private readonly AlertBook _book;
    private readonly LiveTrace _trace;
    private readonly LinkedList<(long First, int Blocks)> _appended = new();
    private readonly List<Alert> _waiting = [];
    private readonly List<Alert> _untold = [];
    private readonly SourceProfile _profile;

    private WatchedChain(IChainSource source, SourceProfile profile, GraphAppender graph, AlertLog log, WatchRequest request, IReadOnlySet<Address> wallets)
    {
        (_source, _profile, _graph, _request) = (source, profile, graph, request);
        _follower = new ChainFollower(source, profile.Chain, profile.ByBlocks!.BlocksPerQuery);
        _book = new AlertBook(log, profile.Chain);
        _book.Load();
        ReadWindow[] known = [.. graph.Graph.Coverage.Sources.SelectMany(s => s.Windows).Where(w => w.Chain == profile.Chain).OrderBy(w => w.Last)];
        long next = known.Length > 0 ? known[^1].Last + 1 : request.Since ?? profile.Head.Height;
        long seenAgain = Math.Max(next - SeenAgainMax, known.Length > 0 ? known[^1].First : next);
        ChainLog? history = graph.Graph.Chains.FirstOrDefault(l => l.Chain == profile.Chain);
        _trace = new LiveTrace(graph.Graph, profile.Chain, request.Trace, wallets, history is null ? 0 : LogSlice.FirstGroupFrom(history, seenAgain));
        _book.Doubt(seenAgain);
        List<ReadWindow> windows = [];
        if (next > seenAgain)
        {
            // Their hashes in between are not kept: they are taken back together, if they must be.
            windows.Add(new ReadWindow(profile.Chain, seenAgain, next - 1, known[^1].First == seenAgain ? known[^1].ParentHash : "", known[^1].LastHash));
            Take(seenAgain, next - 1);
        }

        _follower.Begin(next, windows);
    }

    /// <summary>The chain.</summary>
    public Chain Chain => _profile.Chain;

    /// <summary>The endpoint's newest block, as far as it was asked.</summary>
    public BlockRef Head { get; private set; } = new(-1, "", "", DateTimeOffset.UnixEpoch);

    /// <summary>The next block that is not known.</summary>
    public long Next => _follower.Next;

    /// <summary>Begins, or goes on from what the state holds.</summary>
    /// <exception cref="ChainWatchException">The endpoint does not answer, or cannot be read by blocks.</exception>
    public static async Task<WatchedChain> OpenAsync(IChainSource source, GraphAppender graph, AlertLog log, WatchRequest request, IReadOnlySet<Address> wallets, CancellationToken cancellationToken)
    {
        SourceProfile profile = await source.ProbeAsync(cancellationToken).ConfigureAwait(false);
        if (profile.ByBlocks is null)
        {
            throw new ChainWatchException($"{profile.Name}: cannot be read block by block; expected a node, or another endpoint that can");
        }

        return new WatchedChain(source, profile, graph, log, request, wallets);
    }

    /// <summary>Wallets that history brings within reach, and that were not told: those that are watched anew.</summary>
    public async Task<IReadOnlyList<Alert>> AnswerFromHistoryAsync(IReadOnlyList<Address> wallets, CancellationToken cancellationToken)
    {
        Address[] own = [.. wallets.Where(w => w.Chain == Chain)];
        if (own.Length == 0 || _graph.Graph.Chains.All(l => l.Chain != Chain))
        {
            return [];
        }

        _trace.Watch(own);
        TraceResult result = Tracer.Trace(_graph.Graph, _request.Trace with { To = own }, cancellationToken);
        foreach (Exposure exposure in result.Exposures.Where(e => !e.IsSeed && !_book.IsTold(e.List, e.Address) && !_waiting.Exists(w => w.List == e.List && w.Wallet == e.Address)))
        {
            TracedList list = result.Lists.Single(l => l.Name == exposure.List);
            await RaiseAsync(AlertRules.OfHistory(list, exposure), cancellationToken).ConfigureAwait(false);
        }

        return Tell();
    }

    /// <summary>Looks once for what is new.</summary>
    /// <returns>What is to be told; null where the watcher has what the endpoint has.</returns>
    /// <exception cref="ChainWatchException">The endpoint does not answer, or the state cannot be written; nothing is lost, and the next call goes on.</exception>
    public async Task<IReadOnlyList<Alert>?> StepAsync(CancellationToken cancellationToken)
    {
        ChainStep step = await _follower.StepAsync(cancellationToken).ConfigureAwait(false);
        switch (step)
        {
            case ChainStep.Came came:
                came.Rows.SendTo(_graph);
                _graph.Commit(came.Coverage);
                _follower.Accept(came);
                Head = came.Head;
                Take(came.Window.First, came.Window.Last);
                await ReleaseAsync(cancellationToken).ConfigureAwait(false);
                return Tell();
            case ChainStep.Went went:
                _graph.TakeBack(Chain, went.First, went.ParentHash);
                _follower.Accept(went);
                TakeBack(went.First);
                return Tell();
            case ChainStep.Idle idle:
                Head = idle.Head;
                await ReleaseAsync(cancellationToken).ConfigureAwait(false);
                _untold.AddRange(_book.Settle());
                return _untold.Count > 0 ? Tell() : null;
            default:
                throw new InvalidOperationException("a step of another kind");
        }
    }

    // Block by block, whatever was read together: what is told does not depend on when it was read.
    private void Take(long first, long last)
    {
        int blocks = 0;
        if (_graph.Graph.Chains.FirstOrDefault(l => l.Chain == Chain) is ChainLog log)
        {
            int group = LogSlice.FirstGroupFrom(log, first);
            while (group < log.Groups.Length && log.PositionOf(group).Block is long height && height <= last)
            {
                int end = LogSlice.FirstGroupFrom(log, height + 1);
                Take(_trace.Append(log, group, end));
                (group, blocks) = (end, blocks + 1);
            }
        }

        _appended.AddLast((first, blocks));
    }

    private void Take(IReadOnlyList<LiveBlock> lists)
    {
        foreach (LiveBlock block in lists)
        {
            foreach (LiveInflow inflow in block.Inflows)
            {
                _book.SeeFirst(AlertRules.FirstId(block.List, inflow));
            }

            foreach (Alert alert in AlertRules.Of(block, _request))
            {
                _book.See(alert);
                _waiting.Add(alert);
            }
        }
    }

    private void TakeBack(long first)
    {
        _book.Doubt(first);
        _waiting.RemoveAll(a => a.Path[^1].Position.Block >= first);
        while (_appended.Last is { } last && last.Value.First >= first)
        {
            for (int i = 0; i < last.Value.Blocks; i++)
            {
                _trace.Undo();
            }

            _appended.RemoveLast();
        }
    }

    // What was written down is told, also where something failed after it.
    private Alert[] Tell()
    {
        Alert[] told = [.. _untold];
        _untold.Clear();
        return told;
    }

    private async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        long newest = Math.Max(Head.Height, _follower.Next - 1);
        while (_waiting.Count > 0 && newest - _waiting[0].Path[^1].Position.Block + 1 >= _request.Confirmations)
        {
            await RaiseAsync(_waiting[0], cancellationToken).ConfigureAwait(false);
            _waiting.RemoveAt(0);
        }
    }

    private async Task RaiseAsync(Alert alert, CancellationToken cancellationToken)
    {
        if (!_book.IsNew(alert))
        {
            return;
        }

        long height = alert.Block.Height;
        BlockRef block = await _source.FindBlockAsync(height, cancellationToken).ConfigureAwait(false)
            ?? throw new ChainWatchException($"{_profile.Name}: does not have block {height} any more, which an alert stands in");
        Alert whole = alert with { Block = block, Confirmations = (int)Math.Min(int.MaxValue, Math.Max(Head.Height, _follower.Next - 1) - height + 1) };
        _untold.AddRange(_book.Raise(whole));
    }
}
