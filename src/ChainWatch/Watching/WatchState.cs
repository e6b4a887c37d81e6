using ChainWatch.Graph;
using ChainWatch.Sources;

namespace ChainWatch.Watching;

/// <summary>A watcher's state folder: the graph file and the alert log. Chains that are followed side by side take turns at the graph.</summary>
internal sealed class WatchState : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    private readonly StateCompaction _compaction;
    private long _appendedMax;

    private WatchState(AlertLog log, GraphAppender graph, Checkpoint checkpoint, StateCompaction compaction)
    {
        (Log, Graph, Checkpoint, _compaction) = (log, graph, checkpoint, compaction);
        _appendedMax = compaction.AppendedMax(graph.Graph);
    }

    /// <summary>The alert log; for any thread.</summary>
    public AlertLog Log { get; }

    /// <summary>The graph file; for who has the turn.</summary>
    public GraphAppender Graph { get; private set; }

    /// <summary>The newest blocks' hashes; for who has the turn.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>Grows when the graph file was written anew: its numbers are others then.</summary>
    public int Generation { get; private set; }

    /// <summary>Opens a folder, or makes one.</summary>
    /// <exception cref="ChainWatchException">Another process holds it, or it cannot be used.</exception>
    public static WatchState Open(string folder, WatchRequest request, StateCompaction compaction)
    {
        AlertLog log = AlertLog.Open(folder, request.Trace.Tokens);
        try
        {
            Create(PathIn(folder));
            Checkpoint checkpoint = Checkpoint.Open(folder);
            return new WatchState(log, TransferGraph.OpenForAppend(PathIn(folder)), checkpoint, compaction);
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

    /// <summary>Appends blocks; all of them, or none. For who has the turn.</summary>
    /// <exception cref="ChainWatchException">They contradict what is at hand, or cannot be written.</exception>
    public void Append(BlockRows rows, IReadOnlyList<SourceCoverage> sources)
    {
        try
        {
            rows.SendTo(Graph);
        }
        catch
        {
            // The next commit may be another chain's.
            Graph.Discard();
            throw;
        }

        Graph.Commit(sources);
    }

    /// <summary>Writes the graph file anew where much was appended to it. For who has the turn.</summary>
    /// <exception cref="ChainWatchException">It cannot be written; what is missing then is read again.</exception>
    public void CompactIfDue()
    {
        if (StateCompaction.Appended(Graph.Graph) <= _appendedMax)
        {
            return;
        }

        Generation++;
        try
        {
            Graph = _compaction.Run(Graph, GraphPath);

            // Where the newest blocks alone are so many, not at every block again.
            _appendedMax = Math.Max(_compaction.AppendedMax(Graph.Graph), 2 * StateCompaction.Appended(Graph.Graph));
        }
        catch
        {
            // Not at every block again, as on a disk without room.
            Graph = TransferGraph.OpenForAppend(GraphPath);
            _appendedMax += _compaction.AppendedMax(Graph.Graph);
            throw;
        }
    }

    public void Dispose()
    {
        Graph.Dispose();
        Log.Dispose();
        _turn.Dispose();
    }

    private string GraphPath => PathIn(Log.Folder);

    private static string PathIn(string folder) => Path.Combine(folder, Watcher.GraphName);

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
