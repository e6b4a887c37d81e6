using ChainWatch.Graph;

namespace ChainWatch.Tracing;

/// <summary>
/// A trace in progress, in one direction: blocks are appended in chain order (for <em>sent</em> from the last to the
/// first), can be taken back one by one, and the answer so far can be read at any time.
/// </summary>
public sealed class TraceState
{
    private readonly TransferGraph _graph;
    private readonly TraceRequest _request;
    private readonly Direction _direction;
    private readonly TracedList[] _lists;
    private readonly ChainScan[] _scans;

    /// <summary>A trace that has seen no block yet.</summary>
    /// <param name="graph">The transfers.</param>
    /// <param name="request">The question.</param>
    /// <param name="direction">One direction: received or sent.</param>
    /// <exception cref="ChainWatchException">A list has no seed, or two lists have one name.</exception>
    public TraceState(TransferGraph graph, TraceRequest request, Direction direction)
        : this(graph, request, direction, undoable: true)
    {
    }

    internal TraceState(TransferGraph graph, TraceRequest request, Direction direction, bool undoable)
    {
        _graph = graph;
        _request = request;
        _direction = direction is Direction.Received or Direction.Sent ? direction : throw new ArgumentOutOfRangeException(nameof(direction), direction, "one direction");
        if (request.From.Count == 0)
        {
            throw new ChainWatchException("no list to trace from: expected at least one");
        }

        if ((request.Window.FirstBlock ?? request.Window.LastBlock) is not null && graph.Chains.Count > 1)
        {
            throw new ChainWatchException($"a window of block heights over {graph.Chains.Count} chains ({string.Join(", ", graph.Chains.Select(c => c.Chain.Name))}): heights of two chains cannot be compared; give dates instead");
        }

        _lists = [.. request.From.OrderBy(l => l.Name, StringComparer.Ordinal).Select(l => new TracedList(l, request.AsOf, graph.Chains))];
        if (_lists.Select(l => l.Name).Distinct(StringComparer.Ordinal).Count() != _lists.Length)
        {
            throw new ChainWatchException("two lists to trace from have one name: their rows could not be told apart");
        }

        _scans = [.. graph.Chains.Select(log => new ChainScan(new LaneRules(log, request), request, _lists, direction == Direction.Sent, undoable))];
    }

    /// <summary>Appends the next block of a chain, which must be one of the graph's. False where all were appended.</summary>
    public bool Append(Chain chain)
    {
        ChainScan scan = ScanOf(chain);
        if (scan.Remaining == 0)
        {
            return false;
        }

        scan.AppendNext();
        return true;
    }

    /// <summary>Takes back the block of a chain that was appended last. False where none was.</summary>
    public bool Undo(Chain chain)
    {
        ChainScan scan = ScanOf(chain);
        if (!scan.CanUndo)
        {
            return false;
        }

        scan.UndoLast();
        return true;
    }

    /// <summary>Appends everything that is left.</summary>
    public void AppendAll(CancellationToken cancellationToken = default)
    {
        foreach (ChainScan scan in _scans)
        {
            scan.AppendAll(cancellationToken);
        }
    }

    /// <summary>The answer so far. It does not change when the trace goes on.</summary>
    public TraceResult Snapshot() => new ResultBuilder(_graph, _request, _direction, _lists, _scans).Build();

    private ChainScan ScanOf(Chain chain) => Array.Find(_scans, s => s.Rules.Log.Chain == chain)
        ?? throw new ArgumentException($"the graph has no transfer of {chain}", nameof(chain));
}
