using ChainWatch.Ethereum.Decoding;
using ChainWatch.Sources;

namespace ChainWatch.Ethereum;

/// <summary>What was found of addresses, each thing once whichever way it was found. Safe for many threads.</summary>
internal sealed class FoundTransfers(HashSet<Bytes20> asked, TransferSide side)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<(long Block, int LogIndex), LogRow> _events = [];
    private readonly Dictionary<TxId, TraceRow> _roots = [];
    private readonly HashSet<long> _settled = [];

    /// <summary>Events, in chain order.</summary>
    public IEnumerable<LogRow> Events => _events.Values;

    /// <summary>Blocks that have such events.</summary>
    public IEnumerable<long> EventBlocks => _events.Keys.Select(k => k.Block).Distinct();

    /// <summary>Transactions' own moves of coin, in chain order.</summary>
    public IEnumerable<TraceRow> Roots => _roots.Values.OrderBy(r => r.Block).ThenBy(r => r.TxIndex);

    /// <summary>Transactions that have to be read whole.</summary>
    public HashSet<TxId> WholeTransactions { get; } = [];

    /// <summary>Every block that something was found in.</summary>
    public IEnumerable<long> Blocks => EventBlocks.Concat(_roots.Values.Select(r => r.Block)).Distinct();

    /// <summary>Whether an address was asked about.</summary>
    public bool IsAsked(Bytes20 from, Bytes20 to) => (side.HasFlag(TransferSide.From) && asked.Contains(from)) || (side.HasFlag(TransferSide.To) && asked.Contains(to));

    public void AddEvents(IEnumerable<LogRow> rows)
    {
        lock (_lock)
        {
            foreach (LogRow row in rows.Where(r => !_settled.Contains(r.Block)))
            {
                _events[(row.Block, row.LogIndex)] = row;
            }
        }
    }

    /// <summary>Takes the whole of a block's events instead of what was found of them.</summary>
    public void SetEventsOfBlock(long height, IEnumerable<LogRow> rows, ValueMoves moves)
    {
        lock (_lock)
        {
            foreach ((long Block, int LogIndex) key in _events.Keys.Where(k => k.Block == height).ToArray())
            {
                _events.Remove(key);
            }

            _settled.Add(height);
            foreach (LogRow row in rows)
            {
                if (moves.TryReadMove(row, out Bytes20 from, out Bytes20 to) && IsAsked(from, to))
                {
                    _events[(row.Block, row.LogIndex)] = row;
                }
            }
        }
    }

    public void AddTraces(IEnumerable<TraceRow> rows)
    {
        lock (_lock)
        {
            foreach (TraceRow row in rows.Where(r => r is { HasError: false, To: not null } && !r.Value.IsZero && (r.Kind is TraceKind.Call or TraceKind.Create or TraceKind.SelfDestruct)))
            {
                if (row.Depth == 0)
                {
                    _roots[row.Tx] = row;
                }
                else
                {
                    WholeTransactions.Add(row.Tx);
                }
            }
        }
    }

    public void AddTransactions(IEnumerable<TxId> transactions)
    {
        lock (_lock)
        {
            WholeTransactions.UnionWith(transactions);
        }
    }

    /// <summary>Whether everything that tells its block's hash is of these blocks.</summary>
    public bool AreOf(IReadOnlyDictionary<long, Block> headers) =>
        _events.Values.All(e => e.BlockHash == headers[e.Block].Hash) && _roots.Values.All(r => r.BlockHash is not TxId hash || hash == headers[r.Block].Hash);
}

/// <summary>Passes on what touches the addresses asked about, on the side asked about.</summary>
internal sealed class AskedSink(ITransferSink inner, FoundTransfers found) : ITransferSink
{
    public long Count { get; private set; }

    public void Add(in Transfer transfer, RowOrigin origin = default)
    {
        if (found.IsAsked(Bytes20.Of(transfer.From), Bytes20.Of(transfer.To)))
        {
            inner.Add(transfer, origin);
            Count++;
        }
    }

    public void Add(Movement movement, RowOrigin origin = default)
    {
        // Value from nobody is of no transaction, and is not found by address.
    }

    public void AddContract(Address contract) => inner.AddContract(contract);
}
