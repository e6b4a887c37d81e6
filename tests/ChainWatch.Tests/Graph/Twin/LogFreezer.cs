using System.Runtime.InteropServices;
using ChainWatch.Graph.Storage;
using ChainWatch.Graph;

namespace ChainWatch.Tests.Graph.Twin;

/// <summary>Makes the frozen log of sorted rows: groups, blocks, transaction keys, and the columns of everything.</summary>
internal sealed class LogFreezer(Chain chain, List<LogRow> rows, List<Movement> movements, BlockTimes times)
{
    private readonly List<TxId> _txs = [];

    public ChainLog Freeze(Address[] addresses, Dictionary<Address, int> numbers, Asset[] assets, TxId[] txs, IReadOnlySet<Address> contracts)
    {
        Dictionary<TxId, int> txNumbers = RenumberTxs(txs);
        LogEntry[] entries = new LogEntry[rows.Count];
        List<LogGroup> groups = [];
        List<(long Height, DateTimeOffset? Time, int FirstGroup)> blocks = [];
        TxKeys keys = new(_txs.Count);
        List<int> multis = [];
        List<(int Entry, int Index)> disorder = [];
        for (int i = 0; i < entries.Length; i++)
        {
            LogRow row = rows[i];
            bool newBlock = i == 0 || row.Block != rows[i - 1].Block;
            if (newBlock)
            {
                blocks.Add((row.Block, times.Of(row.Block), groups.Count));
            }

            if (newBlock || row.Group != rows[i - 1].Group)
            {
                groups.Add(new LogGroup(blocks.Count - 1, row.Group, i));
                if (row.Group < 0)
                {
                    keys.Read(rows, i);
                }
            }

            if (row.Group < 0 && row.Index >= 0)
            {
                disorder.Add((i, row.Index));
            }

            if (row.Multi >= 0)
            {
                multis.Add(i);
            }

            // A group at a known position is one transaction.
            (int key, TxIdentity identity) = row.Group >= 0 ? (0, TxIdentity.Known) : keys.Of(row);
            entries[i] = new LogEntry
            {
                Source = row.Source,
                Target = row.Target,
                Asset = row.Asset,
                Tx = row.Tx,
                TxKey = key,
                TxIdentity = identity,
                Multi = row.Multi < 0 ? -1 : multis.Count - 1,
                Supplied = row.File >= 0,
                IsInternal = row.IsInternal,
                Value = row.Value,
            };
        }

        BlockColumn blockColumn = new(
            NumberColumn.Of(blocks.Count, i => (ulong)blocks[i].Height),
            NumberColumn.Of(blocks.Count, i => blocks[i].Time is DateTimeOffset time ? (ulong)time.UtcTicks + 1 : 0),
            NumberColumn.Of(blocks.Count, i => (ulong)blocks[i].FirstGroup),
            groups.Count);
        MultiColumn multiColumn = Columns(multis, numbers, txNumbers);
        return new ChainLog(chain, new LogColumns
        {
            Addresses = AddressColumn.Of(chain, addresses),
            Contracts = Numbers([.. contracts.Where(numbers.ContainsKey).Select(c => numbers[c]).Order()]),
            Assets = assets,
            Txs = TxColumn.Of([.. _txs]),
            Entries = EntryColumn.Of(entries),
            Groups = new GroupColumn(NumberColumn.Of(groups.Count, i => (ulong)groups[i].Start), NumberColumn.Of(groups.Count, i => (ulong)(groups[i].Index + 1)), blockColumn),
            Blocks = blockColumn,
            Multis = multiColumn,
            DisorderEntries = NumberColumn.Of(disorder.Count, i => (ulong)disorder[i].Entry),
            DisorderIndices = NumberColumn.Of(disorder.Count, i => (ulong)disorder[i].Index),
        });
    }

    // By first use in the log, so that the numbers do not tell in what order the rows came.
    private Dictionary<TxId, int> RenumberTxs(TxId[] txs)
    {
        Dictionary<TxId, int> numbers = [];
        foreach (ref LogRow row in CollectionsMarshal.AsSpan(rows))
        {
            if (row.Tx >= 0)
            {
                row.Tx = NumberOf(txs[row.Tx], numbers);
            }
        }

        return numbers;
    }

    private int NumberOf(TxId tx, Dictionary<TxId, int> numbers)
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, tx, out bool known);
        if (!known)
        {
            number = _txs.Count;
            _txs.Add(tx);
        }

        return number;
    }

    private MultiColumn Columns(List<int> entries, Dictionary<Address, int> numbers, Dictionary<TxId, int> txNumbers)
    {
        List<MovementInput> inputs = [];
        List<MovementOutput> outputs = [];
        List<int> inputStarts = [0];
        List<int> outputStarts = [0];
        foreach (int entry in entries)
        {
            Movement movement = movements[rows[entry].Multi];
            int[] outputNumbers = [.. movement.Outputs.Select(o => o.Owner is Address owner ? numbers[owner] : -1)];
            MultiMovement.Of(movement with { Inputs = [] }, [], outputNumbers);
            inputs.AddRange(movement.Inputs);
            outputs.AddRange(movement.Outputs);
            inputStarts.Add(inputs.Count);
            outputStarts.Add(outputs.Count);
        }

        int TxOf(OutPoint? outPoint) => outPoint is OutPoint point ? NumberOf(point.Tx, txNumbers) + 1 : 0;
        int[] inputTxs = [.. inputs.Select(i => TxOf(i.OutPoint))];
        int[] outputTxs = [.. outputs.Select(o => TxOf(o.OutPoint))];
        return new MultiColumn
        {
            Entries = Numbers(entries),
            InputStarts = Numbers(inputStarts),
            InputOwners = NumberColumn.Of(inputs.Count, i => inputs[i].Owner is Address owner ? (ulong)numbers[owner] + 2 : inputs[i].IsWithoutAddress ? 1UL : 0),
            InputValues = AmountColumn.Of(inputs.Count, i => inputs[i].Value),
            InputTxs = Numbers(inputTxs),
            InputIndices = NumberColumn.Of(inputs.Count, i => (ulong)(inputs[i].OutPoint?.Index ?? 0)),
            OutputStarts = Numbers(outputStarts),
            OutputOwners = NumberColumn.Of(outputs.Count, i => outputs[i].Owner is Address owner ? (ulong)numbers[owner] + 1 : 0),
            OutputValues = AmountColumn.Of(outputs.Count, i => outputs[i].Value),
            OutputTxs = Numbers(outputTxs),
            OutputIndices = NumberColumn.Of(outputs.Count, i => (ulong)(outputs[i].OutPoint?.Index ?? 0)),
        };
    }

    private static NumberColumn Numbers(IReadOnlyList<int> values) => NumberColumn.Of(values.Count, i => (ulong)values[i]);
}
