namespace ChainWatch.Graph;

/// <summary>Makes the frozen log of sorted rows: groups, blocks, transaction keys, and movements prepared for the tracer.</summary>
internal sealed class LogFreezer(Chain chain, List<LogRow> rows, List<Movement> movements, BlockTimes times)
{
    public ChainLog Freeze(Address[] addresses, Dictionary<Address, int> numbers, Asset[] assets, TxId[] txs, IReadOnlySet<Address> contracts)
    {
        LogEntry[] entries = new LogEntry[rows.Count];
        List<LogGroup> groups = [];
        List<BlockInfo> blocks = [];
        TxKeys keys = new(txs.Length);
        MultiMovement[] multis = [.. rows.Where(r => r.Multi >= 0).Select(r => Prepare(movements[r.Multi], numbers))];
        Dictionary<int, int> indexInDisorder = [];
        int multi = 0;
        for (int i = 0; i < entries.Length; i++)
        {
            LogRow row = rows[i];
            bool newBlock = i == 0 || row.Block != rows[i - 1].Block;
            if (newBlock)
            {
                blocks.Add(new BlockInfo(row.Block, times.Of(row.Block), groups.Count, 0));
            }

            if (newBlock || row.Group != rows[i - 1].Group)
            {
                groups.Add(new LogGroup(blocks.Count - 1, row.Group, i));
                blocks[^1] = blocks[^1] with { GroupCount = blocks[^1].GroupCount + 1 };
                if (row.Group < 0)
                {
                    keys.Read(rows, i);
                }
            }

            if (row.Group < 0 && row.Index >= 0)
            {
                indexInDisorder[i] = row.Index;
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
                Multi = row.Multi < 0 ? -1 : multi++,
                Supplied = row.File >= 0,
                IsInternal = row.IsInternal,
                Value = row.Value,
            };
        }

        return new ChainLog(chain, addresses, numbers, assets, txs, entries, [.. groups], [.. blocks], multis, Array.ConvertAll(addresses, contracts.Contains), indexInDisorder);
    }

    private static MultiMovement Prepare(Movement movement, Dictionary<Address, int> numbers)
    {
        int[] sources = [.. movement.Inputs.Where(i => i.Owner is Address owner && !owner.IsZero).Select(i => numbers[i.Owner!.Value]).Distinct().Order()];
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
}
