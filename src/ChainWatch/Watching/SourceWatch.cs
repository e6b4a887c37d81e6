using System.Collections.Concurrent;
using ChainWatch.Sources;

namespace ChainWatch.Watching;

/// <summary>One endpoint of a watcher: its chain is opened when it answers, and opened anew when another question is asked.</summary>
/// <param name="source">The endpoint.</param>
/// <param name="state">The state, shared with the others.</param>
/// <param name="request">What is watched for at first.</param>
/// <param name="taken">The chains that are watched, and behind which endpoint.</param>
internal sealed class SourceWatch(IChainSource source, WatchState state, WatchRequest request, ConcurrentDictionary<Chain, IChainSource> taken)
{
    private readonly Dictionary<Address, bool> _changed = [];
    private WatchRequest _request = request;
    private WatchedChain? _chain;
    private IReadOnlySet<string>? _waiting;
    private long _blocksRead;
    private Alert[] _untold = [];

    /// <summary>The endpoint.</summary>
    public IChainSource Source => source;

    /// <summary>What is to be watched from the next step on.</summary>
    public WatchChanges Changes { get; } = new();

    /// <summary>How far it has come; null before the endpoint has answered. For any thread.</summary>
    public ChainProgress? Progress { get; private set; }

    /// <summary>Looks once for what is new.</summary>
    /// <returns>What is to be told; null where the watcher has what the endpoint has.</returns>
    /// <exception cref="ChainWatchException">The endpoint does not answer, or the state cannot be written; nothing is lost, and the next call goes on.</exception>
    public async Task<IReadOnlyList<Alert>?> StepAsync(CancellationToken cancellationToken)
    {
        Change();
        WatchedChain chain = _chain is { IsBroken: false } ? _chain : await OpenAsync(cancellationToken).ConfigureAwait(false);
        ChainStep step = await chain.LookAsync(cancellationToken).ConfigureAwait(false);
        _blocksRead += await state.InTurnAsync(
            () =>
            {
                chain.AnswerFromHistory(cancellationToken);
                long came = chain.Take(step, cancellationToken);
                Progress = chain.Progress(_blocksRead + came);
                return came;
            },
            cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Alert> told = [.. _untold, .. await chain.ReleaseAsync(step is ChainStep.Idle, cancellationToken).ConfigureAwait(false)];
        _untold = [];
        return step is ChainStep.Idle && told.Count == 0 ? null : told;
    }

    private void Change()
    {
        (WatchRequest? asked, IReadOnlyDictionary<Address, bool> wallets) = Changes.Take();
        if (asked is not null)
        {
            bool isOtherQuestion = !asked.AsksLike(_request);
            _request = asked;
            _changed.Clear();
            _chain?.Answer(_chain.Wallets.Replace(asked.Trace.To));
            if (isOtherQuestion && _chain is not null)
            {
                _waiting = _chain.Waiting;
                _untold = [.. _untold, .. _chain.Tell()];
                _chain = null;
            }
        }

        _chain?.Answer(_chain.Wallets.Change(wallets));
        foreach ((Address wallet, bool isWatched) in wallets)
        {
            _changed[wallet] = isWatched;
        }
    }

    private async Task<WatchedChain> OpenAsync(CancellationToken cancellationToken)
    {
        SourceProfile profile = await source.ProbeAsync(cancellationToken).ConfigureAwait(false);
        if (profile.ByBlocks is null)
        {
            throw new ChainWatchException($"{profile.Name}: cannot be read block by block; expected a node, or another endpoint that can");
        }

        if (taken.GetOrAdd(profile.Chain, source) != source)
        {
            throw new ChainWatchException($"two endpoints of {profile.Chain}; expected one for each chain");
        }

        _request = _request.Watching(_changed);
        _changed.Clear();
        ReadWindow[] held = await state.InTurnAsync(() => NewestBlocks.In(state.Graph.Graph, profile.Chain, _request.Confirmations), cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ReadWindow> known = await NewestBlocks.SplitAsync(held, source, cancellationToken).ConfigureAwait(false);
        _chain = await state.InTurnAsync(() => new WatchedChain(source, profile, state, _request, known, _waiting), cancellationToken).ConfigureAwait(false);
        _waiting = null;
        return _chain;
    }
}
