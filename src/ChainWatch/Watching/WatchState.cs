using ChainWatch.Graph;

namespace ChainWatch.Watching;

/// <summary>A watcher's state folder: the graph file and the alert log. Chains that are followed side by side take turns at the graph.</summary>
internal sealed class WatchState : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    private WatchState(AlertLog log, GraphAppender graph) => (Log, Graph) = (log, graph);

    /// <summary>The alert log; for any thread.</summary>
    public AlertLog Log { get; }

    /// <summary>The graph file; for who has the turn.</summary>
    public GraphAppender Graph { get; }

    /// <summary>Opens a folder, or makes one.</summary>
    /// <exception cref="ChainWatchException">Another process holds it, or it cannot be used.</exception>
    public static WatchState Open(string folder, WatchRequest request)
    {
        AlertLog log = AlertLog.Open(folder, request.Trace.Tokens);
        try
        {
            string graph = Path.Combine(folder, Watcher.GraphName);
            Create(graph);
            return new WatchState(log, TransferGraph.OpenForAppend(graph));
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>Does something with the graph, while nobody else does.</summary>
    public async Task<T> InTurnAsync<T>(Func<T> what, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return what();
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        Graph.Dispose();
        Log.Dispose();
        _turn.Dispose();
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
