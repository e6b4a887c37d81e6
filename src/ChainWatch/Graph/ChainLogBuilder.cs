using System.Runtime.InteropServices;
using ChainWatch.Sources;

namespace ChainWatch.Graph;

/// <summary>Collects one chain's movements and puts them into chain order.</summary>
internal sealed class ChainLogBuilder(Chain chain)
{
    private readonly Interner<Address> _addresses = new();
    private readonly Interner<Asset> _assets = new();
    private readonly Interner<TxId> _txs = new();
    private readonly List<Row> _rows = [];
    private readonly List<Movement> _movements = [];
    private readonly Dictionary<long, DateTimeOffset?> _times = [];
    private readonly HashSet<long> _blocksWithoutOrder = [];

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
            Origin = origin,
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
            Origin = origin,
        });
        _movements.Add(movement);
    }

    public ChainLog Build()
    {
        (Address[] addresses, int[] addressRank) = _addresses.Sort();
        (Asset[] assets, int[] assetRank) = _assets.Sort();
        (TxId[] txs, int[] txRank) = _txs.Sort();
        Dictionary<Address, int> numbers = _addresses.TakeNumbers(addressRank);

        foreach (ref Row row in CollectionsMarshal.AsSpan(_rows))
        {
            row.Source = row.Source < 0 ? -1 : addressRank[row.Source];
            row.Target = row.Target < 0 ? -1 : addressRank[row.Target];
            row.Asset = assetRank[row.Asset];
            row.Tx = row.Tx < 0 ? -1 : txRank[row.Tx];
            row.Group = _blocksWithoutOrder.Contains(row.Block) ? -1 : row.Index;
        }

        _rows.Sort(CompareRows);
        RemoveDuplicates();
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
                blocks.Add(new BlockInfo(row.Block, _times[row.Block], groups.Count, 0));
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
                Supplied = row.Origin.File is not null,
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

    private int CompareRows(Row x, Row y)
    {
        int order = x.Block.CompareTo(y.Block);
        order = order != 0 ? order : x.Group.CompareTo(y.Group);
        // Plain transfers first, by payer, payee, asset, value, transaction; then movements by transaction.
        order = order != 0 ? order : (x.Multi >= 0).CompareTo(y.Multi >= 0);
        order = order != 0 ? order : x.Source.CompareTo(y.Source);
        order = order != 0 ? order : x.Target.CompareTo(y.Target);
        order = order != 0 ? order : x.Asset.CompareTo(y.Asset);
        order = order != 0 ? order : x.Value.CompareTo(y.Value);
        order = order != 0 ? order : x.Tx.CompareTo(y.Tx);
        order = order != 0 ? order : x.Index.CompareTo(y.Index);
        return order != 0 || x.Multi < 0 || x.Multi == y.Multi ? order : MovementOrder.Compare(_movements[x.Multi], _movements[y.Multi]);
    }

    private void RemoveDuplicates()
    {
        int kept = 0;
        for (int i = 0; i < _rows.Count; i++)
        {
            Row row = _rows[i];
            // Only files repeat rows by mistake; a node's two equal logs are two transfers.
            bool duplicate = kept > 0 && row.Origin.File is string && _rows[kept - 1].Origin.File is not null && CompareRows(_rows[kept - 1], row) == 0 && _rows[kept - 1].Index == row.Index;
            if (duplicate)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(DuplicatesByFile, row.Origin.File!, out _)++;
                continue;
            }

            _rows[kept++] = row;
        }

        _rows.RemoveRange(kept, _rows.Count - kept);
    }

    private void CheckPositions(TxId[] txs)
    {
        Dictionary<(long Block, int Index), int> txAt = [];
        Dictionary<int, (long Block, int Index)> positionOf = [];
        foreach (ref readonly Row row in CollectionsMarshal.AsSpan(_rows))
        {
            if (row.Tx < 0)
            {
                continue;
            }

            if (row.Index >= 0)
            {
                ref int tx = ref CollectionsMarshal.GetValueRefOrAddDefault(txAt, (row.Block, row.Index), out bool seen);
                if (seen && tx != row.Tx)
                {
                    throw Conflict(row, $"position: two transactions stand at {chain} block {row.Block} position {row.Index}, {txs[tx].ToString(chain)} and {txs[row.Tx].ToString(chain)}; expected one");
                }

                tx = row.Tx;
            }

            // Bitcoin has two coinbase transactions that occur twice (BIP 30); elsewhere a transaction stands at one position.
            if (chain.IsEvm)
            {
                ref (long Block, int Index) position = ref CollectionsMarshal.GetValueRefOrAddDefault(positionOf, row.Tx, out bool known);
                if (known && (position.Block != row.Block || (position.Index >= 0 && row.Index >= 0 && position.Index != row.Index)))
                {
                    throw Conflict(row, $"tx: {txs[row.Tx].ToString(chain)} stands at two positions, block {position.Block} and block {row.Block}; expected one");
                }

                position = (row.Block, Math.Max(row.Index, known ? position.Index : -1));
            }
        }
    }

    private static ChainWatchException Conflict(in Row row, string problem) =>
        new(row.Origin.File is null ? problem : $"{row.Origin}: {problem}");

    private void NoteBlock(ChainPosition position, DateTimeOffset? time)
    {
        if (position.Index is null)
        {
            _blocksWithoutOrder.Add(position.Block);
        }

        ref DateTimeOffset? known = ref CollectionsMarshal.GetValueRefOrAddDefault(_times, position.Block, out _);
        known = known is null || time < known ? time ?? known : known;
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
        public RowOrigin Origin;
    }
}
