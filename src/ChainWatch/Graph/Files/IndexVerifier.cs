using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Files;

/// <summary>
/// Checks the index of a log: under every address only entries in which it stands on that side, ascending, and as many in all
/// as the log has. So none is missing, and none stands twice.
/// </summary>
internal sealed class IndexVerifier(ChainLog log, CancellationToken cancellationToken)
{
    private readonly EntryColumn _entries = log.Entries;

    /// <summary>Checks both directions.</summary>
    /// <exception cref="ChainWatchException">The first thing that is not so.</exception>
    public void Verify(LogIndex index)
    {
        Verify(index.Forward, _entries.Sources, _entries.Targets, MultiSide.Payers(log.Columns.Multis, log.AddressTable.Length));
        Verify(index.Backward, _entries.Targets, _entries.Sources, MultiSide.Payees(log.Columns.Multis, log.AddressTable.Length));
        GC.KeepAlive(log);
    }

    private void Verify(AdjacencyColumn index, NumberColumn keys, NumberColumn others, MultiSide side)
    {
        int at = 0;
        for (int address = 0; address < index.AddressCount; address++)
        {
            (int first, int end) = index.RangeOf(address);
            if (first != at)
            {
                throw index.Gap(at, first);
            }

            int before = -1;
            for (; at < end; at++)
            {
                StopWhereAsked(at);
                int entry = index.At(at, 1)[0];
                if (entry <= before || entry >= _entries.Length || !Holds(entry, address, keys, others, side))
                {
                    throw index.NotItsOwn(address, entry);
                }

                before = entry;
            }
        }

        if (at != index.Entries.Count || at != Count(keys, others, side))
        {
            throw index.NotAll(at, Count(keys, others, side));
        }
    }

    private static bool Holds(int entry, int address, NumberColumn keys, NumberColumn others, MultiSide side)
    {
        int key = keys.Ints(entry, 1)[0];
        return key == others.Ints(entry, 1)[0]
            ? key < 0 && side.Of(key & ~EntryColumn.MultiBit).BinarySearch(address) >= 0
            : key == address;
    }

    private long Count(NumberColumn keys, NumberColumn others, MultiSide side)
    {
        long count = 0;
        for (int entry = 0; entry < _entries.Length; entry++)
        {
            StopWhereAsked(entry);
            int key = keys.Ints(entry, 1)[0];
            count += key != others.Ints(entry, 1)[0] ? 1 : key < 0 ? side.Of(key & ~EntryColumn.MultiBit).Length : 0;
        }

        return count;
    }

    private void StopWhereAsked(int i)
    {
        if ((i & 0xffff) == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
