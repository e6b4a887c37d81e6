using ChainWatch.Graph.Storage;
using ChainWatch.Sources;

namespace ChainWatch.Graph.Building;

/// <summary>Makes the frozen log of rows in order: numbers the transactions, and refuses one that stands at two positions.</summary>
internal sealed class LogFinisher(Chain chain, BuildRoom room, RowErrors errors)
{
    /// <summary>Makes the log.</summary>
    /// <param name="log">The rows in order, addresses and assets by rank.</param>
    /// <param name="keys">For every row the key of its transaction inside its position; null where each position has one transaction.</param>
    /// <param name="disorder">The rows of blocks without order whose own index is known.</param>
    /// <param name="movements">The movements with several inputs or outputs, in the order of the log.</param>
    /// <param name="contradiction">What contradicts itself behind the rows; thrown unless they do themselves.</param>
    /// <param name="assets">The assets in order.</param>
    /// <param name="addresses">The addresses.</param>
    /// <param name="contracts">Addresses that are known to be contracts.</param>
    /// <exception cref="ChainWatchException">A transaction stands at two positions, or outputs add up to more than there can be.</exception>
    public (ChainLog Log, ChainCoverage? Coverage) Finish(
        LogRun log,
        ColumnBuilder? keys,
        IReadOnlyList<(int Entry, int Index)> disorder,
        IEnumerable<Movement> movements,
        ChainWatchException? contradiction,
        Asset[] assets,
        RankedAddresses addresses,
        IEnumerable<Address> contracts)
    {
        int entryUses = log.TxUses.Count;
        MultiColumns multis = new(contradiction is null ? movements : [], log.TxUses, room);
        TxNumbers txs = TxNumbers.Of(log.TxUses, room);
        if (chain.IsEvm && !txs.Again.IsEmpty && txs.Again[0] < entryUses)
        {
            throw TwoPositions(log, txs.Again[0], txs.FirstOf(0));
        }

        if (contradiction is not null)
        {
            throw contradiction;
        }

        int entries = log.Count;
        MultiColumn multiColumn = multis.Finish(MultiEntries(log), addresses.RankOf, txs);
        LogKinds kinds = LogKinds.Of(log, assets);
        int addressCount = addresses.Count - (addresses.HasZero && !multis.AnyTarget(a => a.IsZero) && !ZeroIn(log) ? 1 : 0);
        int blocksWithoutOrder = log.Positions.BlocksWithoutOrder;
        (GroupColumn groups, BlockColumn blocks) = log.Positions.Finish();
        ByteStore hashes = txs.Hashes(room);
        int txCount = txs.Count;
        int entryTxs = txs.CountIn(entryUses);
        NumberColumn keyColumn = keys is null ? new NumberColumn(entries > 0 ? 1UL : 0UL, entries) : Mapped(keys, key => new TxKey(key).Number(txs, entryTxs));
        NumberColumn txColumn = txs.Again.IsEmpty ? log.Txs.Finish() : Mapped(log.Txs, use => use == 0 ? 0 : (ulong)txs.NumberOf((int)use - 1) + 1);
        ChainLog made = new(chain, new LogColumns
        {
            Addresses = addresses.ToColumn(room),
            Contracts = Numbers([.. contracts.Select(addresses.RankOf).Where(rank => rank >= 0).Order()], n => n),
            Assets = assets,
            Txs = new TxColumn(txCount == 0 ? ByteColumn.Empty : new ByteColumn(hashes.ToBlock(), 0, (long)txCount * TxUses.HashBytes)),
            Entries = new EntryColumn
            {
                Sources = log.Sources.Finish(),
                Targets = log.Targets.Finish(),
                AssetNumbers = log.Assets.Finish(),
                Txs = txColumn,
                TxKeys = keyColumn,
                Flags = log.Flags.Finish(),
                Values = log.Values.Finish(),
            },
            Groups = groups,
            Blocks = blocks,
            Multis = multiColumn,
            DisorderEntries = Numbers(disorder, d => d.Entry),
            DisorderIndices = Numbers(disorder, d => d.Index),
        });
        return (made, entries == 0 ? null : kinds.Describe(made, addressCount, blocksWithoutOrder));
    }

    private NumberColumn MultiEntries(LogRun log)
    {
        using ColumnBuilder entries = new(room);
        ColumnReader sources = new(log.Sources);
        for (int i = 0; i < log.Count && log.HasMultis; i++)
        {
            if ((int)sources.Next() < 0)
            {
                entries.Append((ulong)i);
            }
        }

        return entries.Finish();
    }

    private static bool ZeroIn(LogRun log)
    {
        ColumnReader sources = new(log.Sources);
        ColumnReader targets = new(log.Targets);
        for (int i = 0; i < log.Count; i++)
        {
            if (sources.Next() == 0 | targets.Next() == 0)
            {
                return true;
            }
        }

        return false;
    }

    private NumberColumn Mapped(ColumnBuilder column, Func<ulong, ulong> map)
    {
        using (column)
        {
            return ColumnMap.Of(column, map, room).Finish();
        }
    }

    private NumberColumn Numbers<T>(IReadOnlyList<T> values, Func<T, int> number)
    {
        using ColumnBuilder column = new(room);
        foreach (T value in values)
        {
            column.Append((ulong)number(value));
        }

        return column.Finish();
    }

    private ChainWatchException TwoPositions(LogRun log, int use, int first)
    {
        LogRunReader reader = new(log);
        ColumnReader uses = new(log.Txs);
        long earlier = 0;
        while (reader.Read())
        {
            int at = (int)uses.Next() - 1;
            if (at == first)
            {
                earlier = reader.Row.Block;
            }

            if (at == use)
            {
                break;
            }
        }

        return errors.TwoPositions(reader.Row, earlier);
    }
}
