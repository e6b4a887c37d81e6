using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ChainWatch.Sources;

namespace ChainWatch.Watching;

/// <summary>
/// Watches chains, and tells within a block when funds of a list come near a watched wallet. Its state is a folder: a graph file
/// to which every block is appended, and the alert log. Whenever the process ends, the next one goes on: nothing is lost, and
/// nothing is told twice. One process at a time.
/// </summary>
/// <remarks><see cref="CatchUpAsync"/> and <see cref="WatchAsync"/> are not to run at once; everything else is for any thread.</remarks>
public sealed class Watcher : IDisposable
{
    /// <summary>The graph file's name in the state folder.</summary>
    public const string GraphName = "graph.cwg";

    private readonly WatchState _state;
    private readonly SourceWatch[] _sources;
    private readonly Lock _lock = new();
    private readonly ConcurrentQueue<Alert> _untold = new();
    private readonly Dictionary<Address, bool> _changed = [];
    private WatchRequest _request;

    private Watcher(WatchState state, WatchRequest request, IReadOnlyList<IChainSource> sources)
    {
        (_state, _request) = (state, request);
        ConcurrentDictionary<Chain, IChainSource> taken = [];
        _sources = [.. sources.Select(source => new SourceWatch(source, state, request, taken))];
    }

    /// <summary>The alert log.</summary>
    public AlertLog Log => _state.Log;

    /// <summary>What is watched for: what was asked last.</summary>
    public WatchRequest Request
    {
        get
        {
            lock (_lock)
            {
                _request = _request.Watching(_changed);
                _changed.Clear();
                return _request;
            }
        }
    }

    /// <summary>How far it has come, on each chain whose endpoint has answered.</summary>
    public IReadOnlyList<ChainProgress> Progress => [.. _sources.Select(s => s.Progress).OfType<ChainProgress>()];

    /// <summary>Opens a state folder, or makes one.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="request">What is watched for.</param>
    /// <param name="sources">The endpoints: one for each chain.</param>
    /// <exception cref="ChainWatchException">Another process holds the folder, or it cannot be used.</exception>
    public static Watcher Open(string folder, WatchRequest request, IReadOnlyList<IChainSource> sources) =>
        Open(folder, request, sources, new StateCompaction());

    /// <summary>
    /// Asks another question: other lists, another version of one, other rules, other wallets. In force from the next step on.
    /// What history holds under it and was not told is told as retroactive; what was told and an entry that is gone, or a rule,
    /// contradicts is withdrawn.
    /// </summary>
    public void Change(WatchRequest request)
    {
        lock (_lock)
        {
            _request = request;
            _changed.Clear();
            Array.ForEach(_sources, s => s.Changes.Add(request));
        }
    }

    /// <summary>Watches more wallets from the next step on; what history holds of them is told as retroactive then.</summary>
    public void Watch(IEnumerable<Address> wallets) => Change(wallets, isWatched: true);

    /// <summary>Watches wallets no more. What was told of them stands, and is withdrawn where it does not hold any more.</summary>
    public void Unwatch(IEnumerable<Address> wallets) => Change(wallets, isWatched: false);

    /// <summary>Reads all blocks that there are by now.</summary>
    /// <returns>What was raised and withdrawn, on each chain in order; it stands in the log already.</returns>
    /// <exception cref="ChainWatchException">An endpoint does not answer, or the state cannot be written. Nothing is lost: the other chains were read, and the next call goes on and tells.</exception>
    public async Task<IReadOnlyList<Alert>> CatchUpAsync(CancellationToken cancellationToken = default)
    {
        await Task.WhenAll(_sources.Select(s => ReadAllAsync(s, cancellationToken))).ConfigureAwait(false);
        List<Alert> told = [];
        while (_untold.TryDequeue(out Alert? alert))
        {
            told.Add(alert);
        }

        return told;
    }

    /// <summary>Watches until it is cancelled. The chains are followed side by side: one that fails holds up no other.</summary>
    /// <param name="wait">
    /// Called for a chain that has nothing new, or failed; it goes on when this returns: after a while, or when somebody knows of
    /// a new block. What it throws ends the watch.
    /// </param>
    /// <param name="cancellationToken">Ends it; a block that is at hand is finished.</param>
    /// <returns>What is raised and withdrawn, on each chain in order; it stands in the log already.</returns>
    public async IAsyncEnumerable<Alert> WatchAsync(Func<WatchPause, CancellationToken, Task> wait, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Channel<Alert> told = Channel.CreateUnbounded<Alert>(new UnboundedChannelOptions { SingleReader = true });
        Task following = FollowAllAsync(told.Writer, wait, ending);
        try
        {
            await foreach (Alert alert in told.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                yield return alert;
            }
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _state.Dispose();

    internal static Watcher Open(string folder, WatchRequest request, IReadOnlyList<IChainSource> sources, StateCompaction compaction) =>
        new(WatchState.Open(folder, request, compaction), request, sources);

    private async Task ReadAllAsync(SourceWatch source, CancellationToken cancellationToken)
    {
        while (await source.StepAsync(cancellationToken).ConfigureAwait(false) is { } told)
        {
            foreach (Alert alert in told)
            {
                _untold.Enqueue(alert);
            }
        }
    }

    private async Task FollowAllAsync(ChannelWriter<Alert> told, Func<WatchPause, CancellationToken, Task> wait, CancellationTokenSource ending)
    {
        try
        {
            await Task.WhenAll(_sources.Select(s => FollowAsync(s, told, wait, ending))).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            told.Complete(e);
        }
    }

    private static async Task FollowAsync(SourceWatch source, ChannelWriter<Alert> told, Func<WatchPause, CancellationToken, Task> wait, CancellationTokenSource ending)
    {
        try
        {
            while (true)
            {
                ChainWatchException? problem = null;
                try
                {
                    if (await source.StepAsync(ending.Token).ConfigureAwait(false) is { } alerts)
                    {
                        foreach (Alert alert in alerts)
                        {
                            told.TryWrite(alert);
                        }

                        continue;
                    }
                }
                catch (ChainWatchException e)
                {
                    problem = e;
                }

                await wait(new WatchPause(source.Source, source.Progress?.Chain, problem), ending.Token).ConfigureAwait(false);
            }
        }
        catch
        {
            // What ends one chain's watch ends the others'.
            await ending.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private void Change(IEnumerable<Address> wallets, bool isWatched)
    {
        Address[] changed = [.. wallets];
        lock (_lock)
        {
            foreach (Address wallet in changed)
            {
                _changed[wallet] = isWatched;
            }

            Array.ForEach(_sources, s => s.Changes.Add(changed, isWatched));
        }
    }
}
