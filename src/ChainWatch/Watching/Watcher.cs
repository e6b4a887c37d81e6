using System.Runtime.CompilerServices;
using ChainWatch.Graph;
using ChainWatch.Sources;

namespace ChainWatch.Watching;

/// <summary>
/// Watches chains, and tells within a block when funds of a list come near a watched wallet. Its state is a folder: a graph file
/// to which every block is appended, and the alert log. Whenever the process ends, the next one goes on: nothing is lost, and
/// nothing is told twice. One process at a time.
/// </summary>
public sealed class Watcher : IDisposable
{
    /// <summary>The graph file's name in the state folder.</summary>
    public const string GraphName = "graph.cwg";

    private readonly WatchRequest _request;
    private readonly IReadOnlyList<IChainSource> _sources;
    private readonly AlertLog _log;
    private readonly GraphAppender _graph;
    private readonly HashSet<Address> _wallets;
    private readonly List<WatchedChain> _chains = [];

    private Watcher(string folder, WatchRequest request, IReadOnlyList<IChainSource> sources)
    {
        (_request, _sources) = (request, sources);
        _wallets = [.. request.Trace.To];
        _log = AlertLog.Open(folder, request.Trace.Tokens.Name.Length > 0 ? request.Trace.Tokens : null);
        try
        {
            string graph = Path.Combine(folder, GraphName);
            Create(graph);
            _graph = TransferGraph.OpenForAppend(graph);
        }
        catch
        {
            _log.Dispose();
            throw;
        }
    }

    /// <summary>The alert log.</summary>
    public AlertLog Log => _log;

    /// <summary>Opens a state folder, or makes one.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="request">What is watched for.</param>
    /// <param name="sources">The endpoints: one for each chain.</param>
    /// <exception cref="ChainWatchException">Another process holds the folder, or it cannot be used.</exception>
    public static Watcher Open(string folder, WatchRequest request, IReadOnlyList<IChainSource> sources) => new(folder, request, sources);

    /// <summary>Reads all blocks that there are by now.</summary>
    /// <returns>What was raised and withdrawn, in order; it stands in the log already.</returns>
    /// <exception cref="ChainWatchException">An endpoint does not answer, or the state cannot be written. Nothing is lost: the next call goes on.</exception>
    public async Task<IReadOnlyList<Alert>> CatchUpAsync(CancellationToken cancellationToken = default)
    {
        List<Alert> told = [];
        await foreach (Alert alert in StepsAsync(cancellationToken).ConfigureAwait(false))
        {
            told.Add(alert);
        }

        return told;
    }

    /// <summary>Watches until it is cancelled.</summary>
    /// <param name="wait">Waits where nothing is new: for a while, or until somebody knows of a new block.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What is raised and withdrawn, in order; it stands in the log already.</returns>
    /// <exception cref="ChainWatchException">As of <see cref="CatchUpAsync"/>. To go on, call it again.</exception>
    public async IAsyncEnumerable<Alert> WatchAsync(Func<CancellationToken, Task> wait, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            await foreach (Alert alert in StepsAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return alert;
            }

            await wait(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Watches more wallets from now on; what history holds of them is told at once.</summary>
    /// <exception cref="ChainWatchException">As of <see cref="CatchUpAsync"/>.</exception>
    public async Task<IReadOnlyList<Alert>> AddWalletsAsync(IReadOnlyList<Address> wallets, CancellationToken cancellationToken = default)
    {
        await OpenChainsAsync(cancellationToken).ConfigureAwait(false);
        Address[] added = [.. wallets.Where(_wallets.Add)];
        List<Alert> told = [];
        foreach (WatchedChain chain in _chains)
        {
            told.AddRange(await chain.AnswerFromHistoryAsync(added, cancellationToken).ConfigureAwait(false));
        }

        return told;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _graph.Dispose();
        _log.Dispose();
    }

    private async IAsyncEnumerable<Alert> StepsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_chains.Count < _sources.Count)
        {
            await OpenChainsAsync(cancellationToken).ConfigureAwait(false);
            foreach (WatchedChain chain in _chains)
            {
                foreach (Alert alert in await chain.AnswerFromHistoryAsync([.. _wallets], cancellationToken).ConfigureAwait(false))
                {
                    yield return alert;
                }
            }
        }

        foreach (WatchedChain chain in _chains)
        {
            while (await chain.StepAsync(cancellationToken).ConfigureAwait(false) is { } told)
            {
                foreach (Alert alert in told)
                {
                    yield return alert;
                }
            }
        }
    }

    private async Task OpenChainsAsync(CancellationToken cancellationToken)
    {
        for (int i = _chains.Count; i < _sources.Count; i++)
        {
            WatchedChain chain = await WatchedChain.OpenAsync(_sources[i], _graph, _log, _request, _wallets, cancellationToken).ConfigureAwait(false);
            if (_chains.Exists(c => c.Chain == chain.Chain))
            {
                throw new ChainWatchException($"two endpoints of {chain.Chain}; expected one for each chain");
            }

            _chains.Add(chain);
        }
    }

    // Written whole before it has its name: a file that is there can be opened.
    private static void Create(string path)
    {
        if (File.Exists(path))
        {
            return;
        }

        string unfinished = path + ".unfinished";
        try
        {
            using (FileStream file = new(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                new TransferGraphBuilder().Build().Save(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChainWatchException($"{path}: cannot be written: {e.Message}", e);
        }
    }
}
