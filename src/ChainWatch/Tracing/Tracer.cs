using ChainWatch.Graph;

namespace ChainWatch.Tracing;

/// <summary>Answers a question over a frozen graph: exact on the data covered, without I/O, the same bytes for the same input.</summary>
public static class Tracer
{
    /// <summary>The answer in the directions asked for.</summary>
    /// <exception cref="ChainWatchException">A list has no seed, two lists have one name, or a window of dates meets a block without time.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static TraceResult Trace(TransferGraph graph, TraceRequest request, CancellationToken cancellationToken = default)
    {
        if ((request.Direction & Direction.Both) == 0)
        {
            throw new ChainWatchException("no direction to trace: expected received, sent or both");
        }

        TraceResult[] results = [.. new[] { Direction.Received, Direction.Sent }
            .Where(d => request.Direction.HasFlag(d))
            .Select(d => TraceOne(graph, request, d, cancellationToken))];
        return results.Length == 1 ? results[0] : results[0] with
        {
            Engine = string.Join(", ", results.SelectMany(r => r.Engine.Split(", ")).Distinct()),
            Exposures = new ConcatenatedList<Exposure>([.. Enumerable.Range(0, results[0].Lists.Count).SelectMany(list => results.Select(r => r.ExposuresByList[list]))]),
            Findings = [.. results.SelectMany(r => r.Findings)
                .OrderBy(f => f.Wallet).ThenBy(f => f.List, StringComparer.Ordinal).ThenBy(f => f.Direction)],
            CoinJoins = [.. results.SelectMany(r => r.CoinJoins)
                .OrderBy(c => c.List, StringComparer.Ordinal).ThenBy(c => c.Direction)],
            ThroughNoAddress = [.. results.SelectMany(r => r.ThroughNoAddress)
                .OrderBy(t => t.List, StringComparer.Ordinal).ThenBy(t => t.Direction)],
            BeyondOpaque = [.. results.SelectMany(r => r.BeyondOpaque)
                .OrderBy(b => b.List, StringComparer.Ordinal).ThenBy(b => b.Direction)],
        };
    }

    private static TraceResult TraceOne(TransferGraph graph, TraceRequest request, Direction direction, CancellationToken cancellationToken)
    {
        TraceState state = new(graph, request, direction, undoable: false);
        state.AppendAll(cancellationToken);
        TraceResult result = state.Snapshot();
        // Its columns may be mapped, and spans over them do not keep them.
        GC.KeepAlive(graph);
        return result;
    }
}
