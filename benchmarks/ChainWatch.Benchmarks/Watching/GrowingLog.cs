using ChainWatch.Graph;
using ChainWatch.Graph.Appending;
using ChainWatch.Graph.Files;

namespace ChainWatch.Benchmarks.Watching;

/// <summary>The first chain of a graph file, to which blocks are appended in memory as a watcher appends them: the file stays as it is.</summary>
internal sealed class GrowingLog
{
    private readonly ChainAppender _chain;

    public GrowingLog(string file) => _chain = new ChainAppender(TransferGraph.OpenFile(file).ReadTails(forAppending: true)[0]);

    /// <summary>The log as it is now.</summary>
    public ChainLog Log => _chain.Tail.Log;

    /// <summary>Appends rows: puts them in order, gives their addresses numbers, adds them.</summary>
    public void Append(TransferGraphBuilder rows)
    {
        SectionSet part = RowNumbering.Number(_chain.Tail, _chain.Known, rows.Build().Chains[0], [])!;
        _chain.Tail.Append(part, 0, before: null);
        _chain.Update();
    }
}
