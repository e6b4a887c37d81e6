using System.Runtime.InteropServices;

namespace ChainWatch.Graph.Building;

/// <summary>
/// Puts rows into the log's order: merges what came in order with what did not, sorts the rows of every position, leaves
/// out those that files repeat, and refuses those that contradict one another. A block without order is one position: its
/// rows are in memory at once.
/// </summary>
internal sealed class LogOrderer
{
    private readonly Chain _chain;
    private readonly BuildRoom _room;
    private readonly int[] _rankOf;
    private readonly int[] _assetRankOf;
    private readonly RowErrors _errors;
    private readonly BuildRowOrder _order;
    private readonly List<BuildRow> _rows = [];
    private readonly BlockTxs _blockTxs = new();
    private readonly List<int> _uses = [];

    /// <summary>An orderer of one chain's rows.</summary>
    /// <param name="chain">The chain, for the rule of its transactions.</param>
    /// <param name="room">What it may take.</param>
    /// <param name="rankOf">By the number of an address, its rank.</param>
    /// <param name="assetRankOf">By the number of an asset, its rank.</param>
    /// <param name="movements">The movements by number.</param>
    /// <param name="errors">Names rows.</param>
    public LogOrderer(Chain chain, BuildRoom room, int[] rankOf, int[] assetRankOf, IReadOnlyList<Movement> movements, RowErrors errors)
    {
        (_chain, _room, _rankOf, _assetRankOf, _errors) = (chain, room, rankOf, assetRankOf, errors);
        TxKeys = new ColumnBuilder(room);
        _order = new BuildRowOrder(movements);
        Log = new LogRun(room);
    }

    /// <summary>The rows in order.</summary>
    public LogRun Log { get; }

    /// <summary>For every row the key of its transaction inside its position.</summary>
    public ColumnBuilder TxKeys { get; }

    /// <summary>By their order in the log, the numbers of movements with several inputs or outputs.</summary>
    public List<int> Multis { get; } = [];

    /// <summary>The rows of blocks without order whose own index is known.</summary>
    public List<(int Entry, int Index)> Disorder { get; } = [];

    /// <summary>How many rows were left out, by the number of the file of the row left out.</summary>
    public Dictionary<int, long> Duplicates { get; } = [];

    /// <summary>The first contradiction, at which the log ends; null where there is none.</summary>
    public ChainWatchException? Contradiction { get; private set; }

    /// <summary>Orders the rows.</summary>
    public void Order(LogRun arrived, StrayRows strays)
    {
        LogRunReader run = new(arrived);
        bool hasRun = run.Read();
        strays.Merge(rows =>
        {
            _room.CancellationToken.ThrowIfCancellationRequested();
            foreach (ref readonly StrayRow stray in rows)
            {
                while (hasRun && (run.Row.Block < stray.Block || (run.Row.Block == stray.Block && run.Row.Index <= stray.Index)))
                {
                    Take(run.Row);
                    hasRun = run.Read();
                }

                Take(strays.ToRow(stray));
            }
        });
        while (hasRun)
        {
            Take(run.Row);
            hasRun = run.Read();
        }

        Flush();
        Log.Positions.Close();
    }

    private void Take(in BuildRow row)
    {
        // Rows without an index come first in their block: it is one position.
        if (_rows.Count > 0 && (row.Block != _rows[0].Block || (_rows[0].Index >= 0 && row.Index != _rows[0].Index)))
        {
            Flush();
        }

        _rows.Add(row);
        ref BuildRow added = ref CollectionsMarshal.AsSpan(_rows)[^1];
        added.Asset = _assetRankOf[row.Asset];
        if (row.Multi < 0)
        {
            added.Source = _rankOf[row.Source];
            added.Target = _rankOf[row.Target];
        }
    }

    private void Flush()
    {
        if (Contradiction is null && _rows.Count > 0)
        {
            bool isBlock = _rows[0].Index < 0;
            if (_rows.Count > 1)
            {
                CollectionsMarshal.AsSpan(_rows).Sort(_order);
                RemoveDuplicates();
            }

            if (isBlock)
            {
                AppendBlock();
            }
            else
            {
                AppendPosition();
            }
        }

        _rows.Clear();
    }

    private void RemoveDuplicates()
    {
        int kept = 0;
        Span<BuildRow> rows = CollectionsMarshal.AsSpan(_rows);
        for (int i = 0; i < rows.Length; i++)
        {
            // Only files repeat rows by mistake; a node's two equal logs are two transfers.
            if (kept > 0 && rows[i].File >= 0 && rows[kept - 1].File >= 0 && _order.Compare(rows[kept - 1], rows[i]) == 0)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(Duplicates, rows[i].File, out _)++;
                // It may tell the block's time, or an earlier one.
                rows[kept - 1].Time = rows[i].Time != 0 && (rows[kept - 1].Time == 0 || rows[i].Time < rows[kept - 1].Time) ? rows[i].Time : rows[kept - 1].Time;
                continue;
            }

            rows[kept++] = rows[i];
        }

        _rows.RemoveRange(kept, _rows.Count - kept);
    }

    // Of a position whose index is known all rows are of one transaction.
    private void AppendPosition()
    {
        int use = -1;
        TxId tx = default;
        foreach (ref readonly BuildRow row in CollectionsMarshal.AsSpan(_rows))
        {
            if (row.HasTx && use < 0)
            {
                (tx, use) = (row.Tx, Log.TxUses.Add(row.Tx));
            }
            else if (row.HasTx && row.Tx != tx)
            {
                Contradiction = _errors.TwoTransactions(row, tx);
                return;
            }

            Append(row, row.Index, use, TxKey.OfPosition, TxIdentity.Known);
        }
    }

    private void AppendBlock()
    {
        _blockTxs.Clear();
        _uses.Clear();
        int consistent = 0;
        for (; consistent < _rows.Count; consistent++)
        {
            BuildRow row = _rows[consistent];
            if (!row.HasTx)
            {
                _uses.Add(-1);
                continue;
            }

            if (row.Index >= 0 && _blockTxs.UseAt(row.Index) is >= 0 and int use && Log.TxUses[use] is TxId other && other != row.Tx)
            {
                Contradiction = _errors.TwoTransactions(row, other);
                break;
            }

            if (_chain.IsEvm && row.Index >= 0 && _blockTxs.IndexOf(row.Tx) is >= 0 and int index && index != row.Index)
            {
                Contradiction = _errors.TwoPositions(row, row.Block);
                break;
            }

            _uses.Add(_blockTxs.Add(row, Log.TxUses));
        }

        for (int i = 0; i < consistent; i++)
        {
            BuildRow row = _rows[i];
            (TxKey key, TxIdentity identity) = _blockTxs.KeyOf(row, _uses[i]);
            if (row.Index >= 0)
            {
                Disorder.Add((Log.Count, row.Index));
            }

            Append(row, -1, _uses[i], key, identity);
        }
    }

    private void Append(BuildRow row, int index, int use, TxKey key, TxIdentity identity)
    {
        if (row.Multi >= 0)
        {
            Multis.Add(row.Multi);
            row.Multi = Multis.Count - 1;
        }

        TxKeys.Append(key.Code);
        Log.Append(row, index, identity, use);
    }
}
