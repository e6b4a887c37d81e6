using ChainWatch.Graph;
using ChainWatch.Sources;

namespace ChainWatch.Watching;

/// <summary>
/// Makes one piece of a state's graph file: what was appended is held in memory, and what was built is mapped. The newest
/// blocks stay appended, since only those can be taken back.
/// </summary>
internal sealed record StateCompaction
{
    // A large file is not written anew for a few movements.
    private const int ShareOfBuilt = 16;

    // What the writing may hold; the rest goes to temporary files.
    private const long MemoryBytesMax = 1L << 30;

    /// <summary>Up to so many appended movements memory is no matter.</summary>
    public int AppendedMin { get; init; } = 500_000;

    /// <summary>So many blocks stay appended: more than a watcher may have to take back.</summary>
    public int BlocksKept { get; init; } = Tracing.Live.LiveTrace.DepthMax;

    /// <summary>How many movements may be appended before it is worth it.</summary>
    public long AppendedMax(TransferGraph graph) => Math.Max(AppendedMin, graph.Chains.Sum(l => (long)l.Entries.Sources.BaseCount) / ShareOfBuilt);

    /// <summary>How many movements are appended.</summary>
    public static long Appended(TransferGraph graph) => graph.Chains.Sum(l => (long)l.Entries.Length - l.Entries.Sources.BaseCount);

    /// <summary>Writes a file anew, in place of the old one.</summary>
    /// <param name="appender">The file, open; disposed afterwards.</param>
    /// <param name="path">Its path.</param>
    /// <returns>The new file, open.</returns>
    /// <exception cref="ChainWatchException">It cannot be written; the old one is as it was, or lacks its newest blocks, which are read again.</exception>
    public GraphAppender Run(GraphAppender appender, string path)
    {
        List<(BlockRows Rows, SourceCoverage[] Sources)> newest = [];
        string unfinished = path + ".unfinished";
        try
        {
            foreach (ChainLog log in appender.Graph.Chains.Where(l => l.Entries.Length > l.Entries.Sources.BaseCount))
            {
                newest.Add(TakeNewest(appender, log));
            }

            using (FileStream file = new(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                appender.Graph.Save(file, withIndex: true, new GraphBuildOptions { MemoryBytesMax = MemoryBytesMax, TemporaryFolder = Path.GetDirectoryName(Path.GetFullPath(path))! });
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(unfinished);
            throw new ChainWatchException($"{path}: cannot be written anew in one piece: {e.Message}", e);
        }
        finally
        {
            appender.Dispose();
        }

        GraphAppender written = TransferGraph.OpenForAppend(path);
        foreach ((BlockRows rows, SourceCoverage[] sources) in newest)
        {
            rows.SendTo(written);
            written.Commit(sources);
        }

        return written;
    }

    // Were the process to end before they are written again, the endpoint would be asked for them, as after a reorganisation.
    private (BlockRows Rows, SourceCoverage[] Sources) TakeNewest(GraphAppender appender, ChainLog log)
    {
        Coverage coverage = appender.Graph.Coverage;
        long last = coverage.Sources.SelectMany(s => s.Windows).Where(w => w.Chain == log.Chain).Max(w => (long?)w.Last) ?? log.BlockTable[^1].Height;
        int firstAppended = log.GroupOf(log.Entries.Sources.BaseCount);
        long first = Math.Max(last + 1 - BlocksKept, log.PositionOf(firstAppended).Block);
        BlockRows rows = new();
        log.SendTo(rows, LogSlice.FirstGroupFrom(log, first), log.Groups.Length);
        for (int i = log.Columns.Contracts.BaseCount; i < log.Columns.Contracts.Count; i++)
        {
            rows.AddContract(log.AddressTable[log.Columns.Contracts.At(i)]);
        }

        // Counts and gaps of the sources stay where they are: only the blocks come back.
        SourceCoverage[] sources = [.. coverage.Sources
            .Where(s => s.Windows.Any(w => w.Chain == log.Chain && w.Last >= first))
            .Select(s => s with { Rows = 0, DuplicateRows = 0, Counts = [], Gaps = [], Endpoint = s.Endpoint is EndpointRecord asked ? asked with { AddressesAsked = 0 } : null, Windows = [.. s.Windows.Where(w => w.Chain == log.Chain && w.Last >= first).Select(w => w.First >= first ? w : w with { First = first, ParentHash = "" })] })];
        appender.TakeBack(log.Chain, first);
        return (rows, sources);
    }
}
