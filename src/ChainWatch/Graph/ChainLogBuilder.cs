using System.Runtime.InteropServices;
using ChainWatch.Sources;

namespace ChainWatch.Graph;

/// <summary>Collects one chain's movements and puts them into chain order.</summary>
internal sealed class ChainLogBuilder(Chain chain)
{
    private const long TimeUnknown = long.MaxValue;
    private readonly Interner<Address> _addresses = new();
    private readonly Interner<Asset> _assets = new();
    private readonly Interner<TxId> _txs = new();
    private readonly List<Row> _rows = [];
    private readonly List<Movement> _movements = [];
    private readonly Dictionary<long, long> _ticks = [];
    private readonly HashSet<long> _blocksWithoutOrder = [];
    private readonly List<string> _files = [];

    /// <summary>Inputs whose owner is not known.</summary>
    public long UnknownInputs { get; private set; }

    /// <summary>Rows that were the same as another and were counted once, by the file of the row left out.</summary>
    public Dictionary<string, long> DuplicatesByFile { get; } = new(StringComparer.Ordinal);

    public void Add(in Transfer transfer, RowOrigin origin)
    {
        NoteBlock(transfer.Position, transfer.Time);
        _rows.Add(new Row
        {
            Block = transfer.Position.Block,
            Index = transfer.Position.Index ?? -1,
            Source = _addresses.NumberOf(transfer.From),
            Target = _addresses.NumberOf(transfer.To),
            Asset = _assets.NumberOf(transfer.Asset),
            Tx = transfer.Tx is TxId tx ? _txs.NumberOf(tx) : -1,
            Multi = -1,
            Value = transfer.Value,
            File = FileNumber(origin),
            Line = origin.Line,
        });
    }

    public void Add(Movement movement, RowOrigin origin)
    {
        NoteBlock(movement.Position, movement.Time);
        foreach (MovementInput input in movement.Inputs)
        {
            if (input.Owner is Address owner)
            {
                _addresses.NumberOf(owner);
            }
            else
            {
                UnknownInputs++;
            }
        }

        foreach (MovementOutput output in movement.Outputs)
        {
            if (output.Owner is Address owner)
            {
                _addresses.NumberOf(owner);
            }
        }

        _rows.Add(new Row
        {
            Block = movement.Position.Block,
            Index = movement.Position.Index ?? -1,
            Source = -1,
            Target = -1,
            Asset = _assets.NumberOf(movement.Asset),
            Tx = movement.Tx is TxId tx ? _txs.NumberOf(tx) : -1,
            Multi = _movements.Count,
            File = FileNumber(origin),
            Line = origin.Line,
        });
        _movements.Add(movement);
    }

    public ChainLog Build()
    {
        (Address[] addresses, int[] addressRank) = _addresses.Sort();
        (Asset[] assets, int[] assetRank) = _assets.Sort();
        // Transactions are only told apart, and compared by their hashes: their numbers need no order.
        TxId[] txs = _txs.TakeValues();
        Dictionary<Address, int> numbers = _addresses.TakeNumbers(addressRank);

        foreach (ref Row row in CollectionsMarshal.AsSpan(_rows))
        {
            row.Source = row.Source < 0 ? -1 : addressRank[row.Source];
            row.Target = row.Target < 0 ? -1 : addressRank[row.Target];
            row.Asset = assetRank[row.Asset];
            row.Group = _blocksWithoutOrder.Contains(row.Block) ? -1 : row.Index;
        }

        int Compare(Row x, Row y) => CompareRows(x, y, txs) is not 0 and int order ? order : x.File.CompareTo(y.File);
        if (!IsSorted(Compare))
        {
            _rows.Sort(Compare);
        }

        RemoveDuplicates(txs);
        CheckPositions(txs);

        MultiMovement[] multis = [.. _rows.Where(r => r.Multi >= 0).Select(r => Prepare(_movements[r.Multi], numbers))];
        return Freeze(addresses, numbers, assets, txs, multis);
    }

    private static MultiMovement Prepare(Movement movement, Dictionary<Address, int> numbers)
    {
        int[] sources = [.. movement.Inputs.Where(i => i.Owner is not null && !i.Value.IsZero).Select(i => numbers[i.Owner!.Value]).Distinct().Order()];
        (int, Amount)[] targets = [.. movement.Outputs
            .Where(o => o.Owner is not null)
            .GroupBy(o => numbers[o.Owner!.Value])
            .OrderBy(g => g.Key)
            .Select(g => (g.Key, Sum(g, movement)))];
        return new MultiMovement(sources, targets, movement);
    }

    private static Amount Sum(IEnumerable<MovementOutput> outputs, Movement movement)
    {
        try
        {
            return outputs.Aggregate(Amount.Zero, (sum, o) => sum + o.Value);
        }
        catch (OverflowException e)
        {
            throw new ChainWatchException($"{movement.Position.Chain} {movement.Position}: value: the outputs to one address add up to more than 2^256-1", e);
        }
    }

    private ChainLog Freeze(Address[] addresses, Dictionary<Address, int> numbers, Asset[] assets, TxId[] txs, MultiMovement[] multis)
    {
        LogEntry[] entries = new LogEntry[_rows.Count];
        List<LogGroup> groups = [];
        List<BlockInfo> blocks = [];
        Dictionary<int, int> keyOfIndex = [];
        int multi = 0;
        for (int i = 0; i < entries.Length; i++)
        {
            Row row = _rows[i];
            bool newBlock = i == 0 || row.Block != _rows[i - 1].Block;
            if (newBlock)
            {
                blocks.Add(new BlockInfo(row.Block, _ticks[row.Block] is not TimeUnknown and long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null, groups.Count, 0));
            }

            if (newBlock || row.Group != _rows[i - 1].Group)
            {
                groups.Add(new LogGroup(blocks.Count - 1, row.Group, i));
                blocks[^1] = blocks[^1] with { GroupCount = blocks[^1].GroupCount + 1 };
                if (row.Group < 0)
                {
                    CollectKeys(i, txs.Length, keyOfIndex);
                }
            }

            // A group at a known position is one transaction. In a block without order the hash tells transactions apart, else a given index.
            int key = row.Group >= 0 ? 0 : row.Tx >= 0 ? row.Tx : row.Index >= 0 ? keyOfIndex[row.Index] : -1;
            entries[i] = new LogEntry
            {
                Source = row.Source,
                Target = row.Target,
                Asset = row.Asset,
                Tx = row.Tx,
                TxKey = key,
                Multi = row.Multi < 0 ? -1 : multi++,
                Supplied = row.File >= 0,
                Value = row.Value,
            };
        }

        return new ChainLog(chain, addresses, numbers, assets, txs, entries, [.. groups], [.. blocks], multis);
    }

    // Gives every index that occurs in the block from row `start` on a transaction key: the hash seen at it, else one of its own.
    private void CollectKeys(int start, int firstFreeKey, Dictionary<int, int> keyOfIndex)
    {
        keyOfIndex.Clear();
        for (int i = start; i < _rows.Count && _rows[i].Block == _rows[start].Block; i++)
        {
            if (_rows[i].Index >= 0 && (_rows[i].Tx >= 0 || !keyOfIndex.ContainsKey(_rows[i].Index)))
            {
                keyOfIndex[_rows[i].Index] = _rows[i].Tx >= 0 ? _rows[i].Tx : firstFreeKey + _rows[i].Index;
            }
        }
    }

    private int CompareRows(in Row x, in Row y, TxId[] txs)
    {
        int order = x.Block.CompareTo(y.Block);
        order = order != 0 ? order : x.Group.CompareTo(y.Group);
        // Plain transfers first, by payer, payee, asset, value, transaction; then movements by transaction.
        order = order != 0 ? order : (x.Multi >= 0).CompareTo(y.Multi >= 0);
        order = order != 0 ? order : x.Source.CompareTo(y.Source);
        order = order != 0 ? order : x.Target.CompareTo(y.Target);
        order = order != 0 ? order : x.Asset.CompareTo(y.Asset);
        order = order != 0 ? order : x.Value.CompareTo(y.Value);
        order = order != 0 || x.Tx == y.Tx ? order : x.Tx < 0 ? -1 : y.Tx < 0 ? 1 : txs[x.Tx].CompareTo(txs[y.Tx]);
        order = order != 0 ? order : x.Index.CompareTo(y.Index);
        return order != 0 || x.Multi < 0 || x.Multi == y.Multi ? order : MovementOrder.Compare(_movements[x.Multi], _movements[y.Multi]);
    }

    private void RemoveDuplicates(TxId[] txs)
    {
        int kept = 0;
        for (int i = 0; i < _rows.Count; i++)
        {
            Row row = _rows[i];
            // Only files repeat rows by mistake; a node's two equal logs are two transfers.
            bool duplicate = kept > 0 && row.File >= 0 && _rows[kept - 1].File >= 0 && CompareRows(_rows[kept - 1], row, txs) == 0 && _rows[kept - 1].Index == row.Index;
            if (duplicate)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(DuplicatesByFile, _files[row.File], out _)++;
                continue;
            }

            _rows[kept++] = row;
        }

        _rows.RemoveRange(kept, _rows.Count - kept);
    }

    // The rows are sorted: those of one position are neighbours, except in blocks without order.
    private void CheckPositions(TxId[] txs)
    {
        Dictionary<int, int> txAtIndex = [];
        int[] rowOfTx = new int[txs.Length];
        Array.Fill(rowOfTx, -1);
        ReadOnlySpan<Row> rows = CollectionsMarshal.AsSpan(_rows);
        for (int i = 0; i < rows.Length; i++)
        {
            ref readonly Row row = ref rows[i];
            if (i == 0 || row.Block != rows[i - 1].Block || row.Group != rows[i - 1].Group)
            {
                txAtIndex.Clear();
            }

            if (row.Tx < 0)
            {
                continue;
            }

            if (row.Index >= 0 && !txAtIndex.TryAdd(row.Index, row.Tx) && txAtIndex[row.Index] != row.Tx)
            {
                throw Conflict(row, $"position: two transactions stand at {chain} block {row.Block} position {row.Index}, {txs[txAtIndex[row.Index]].ToString(chain)} and {txs[row.Tx].ToString(chain)}; expected one");
            }

            // Bitcoin has two coinbase transactions that occur twice (BIP 30); elsewhere a transaction stands at one position.
            if (chain.IsEvm && rowOfTx[row.Tx] is >= 0 and int earlier
                && (rows[earlier].Block != row.Block || (rows[earlier].Index >= 0 && row.Index >= 0 && rows[earlier].Index != row.Index)))
            {
                throw Conflict(row, $"tx: {txs[row.Tx].ToString(chain)} stands at two positions, block {rows[earlier].Block} and block {row.Block}; expected one");
            }

            if (rowOfTx[row.Tx] < 0 || row.Index >= 0)
            {
                rowOfTx[row.Tx] = i;
            }
        }
    }

    private bool IsSorted(Comparison<Row> compare)
    {
        for (int i = 1; i < _rows.Count; i++)
        {
            if (compare(_rows[i - 1], _rows[i]) > 0)
            {
                return false;
            }
        }

        return true;
    }

    private int FileNumber(RowOrigin origin)
    {
        if (origin.File is null)
        {
            return -1;
        }

        if (_files.Count == 0 || !ReferenceEquals(_files[^1], origin.File))
        {
            int known = _files.IndexOf(origin.File);
            if (known >= 0)
            {
                return known;
            }

            _files.Add(origin.File);
        }

        return _files.Count - 1;
    }

    private ChainWatchException Conflict(in Row row, string problem) =>
        row.File < 0 ? new ChainWatchException(problem) : ChainWatchException.At(_files[row.File], row.Line, null, problem);

    private void NoteBlock(ChainPosition position, DateTimeOffset? time)
    {
        if (position.Index is null)
        {
            _blocksWithoutOrder.Add(position.Block);
        }

        ref long known = ref CollectionsMarshal.GetValueRefOrAddDefault(_ticks, position.Block, out bool exists);
        known = Math.Min(exists ? known : TimeUnknown, time?.UtcTicks ?? TimeUnknown);
    }

    private struct Row
    {
        public long Block;
        public int Index;
        public int Group;
        public int Source;
        public int Target;
        public int Asset;
        public int Tx;
        public int Multi;
        public Amount Value;
        public int File;
        public int Line;
    }
}
