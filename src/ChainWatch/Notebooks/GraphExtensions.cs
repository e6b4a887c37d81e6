using ChainWatch.Tracing;

namespace ChainWatch.Notebooks;

/// <summary>From the tracer's results to a <see cref="FlowGraph"/>.</summary>
public static class GraphExtensions
{
    /// <summary>
    /// The flow of funds of an answer: all its exposures, with their paths and everything that came in over the trail.
    /// A note says so where the data are not known to be complete.
    /// </summary>
    /// <param name="result">The answer.</param>
    /// <exception cref="ChainWatchException">The question was of both directions; draw them one by one.</exception>
    public static FlowGraph ToGraph(this TraceResult result)
    {
        FlowGraph graph = result.Exposures.ToGraph(result.Request);
        return result.Coverage.IsComplete ? graph : graph.Noted("Hops are at most these: the data are not known to be complete");
    }

    /// <summary>
    /// The flow of funds of some exposures, of one list or of several: <c>result.Exposures.Where(e => e.Hops &lt;= 3).ToGraph(result.Request)</c>.
    /// </summary>
    /// <param name="exposures">The exposures; an address stands in the layer of its least number of hops.</param>
    /// <param name="request">Their question, which knows tokens, watched wallets, stops and the lists that name addresses.</param>
    /// <exception cref="ChainWatchException">They are of both directions.</exception>
    public static FlowGraph ToGraph(this IEnumerable<Exposure> exposures, TraceRequest request)
    {
        Exposure[] all = [.. exposures];
        return all.Select(e => e.Direction).Distinct().Count() > 1
            ? throw new ChainWatchException("graph of exposures of both directions: expected one; filter them by Direction")
            : new FlowBuilder(request).Build(all);
    }
}
