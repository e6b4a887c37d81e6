using System.Numerics;
using ChainWatch.Graph.Building;

namespace ChainWatch.Graph.Storage;

/// <summary>
/// Makes the index of a log: a stable counting partition of the entries by address, first into some hundred ranges of
/// addresses, then, range by range in the cache, to the single address. The result does not depend on the number of threads.
/// Takes 8 bytes an entry of memory beside the result, and gives them back.
/// </summary>
internal sealed unsafe class AdjacencyBuilder : IDisposable
{
    private const int ChunkLength = 1 << 16;

    // Ranges of addresses: so many that one's cursors and entries fit into the second-level cache, so few that their ends do.
    private const int RangeBits = 9;
    private const int AddressBitsMin = 12;
    private readonly EntryColumn _entries;
    private readonly MultiColumn _multis;
    private readonly int _addresses;
    private readonly int _threads;
    private readonly CancellationToken _cancellationToken;
    private readonly int _shift;
    private readonly int _ranges;
    private readonly int _shares;

    // What is new to the process costs more than what was written to it before: both directions use the same memory.
    private NativeBlock? _dealt;

    private AdjacencyBuilder(EntryColumn entries, MultiColumn multis, int addresses, int threads, CancellationToken cancellationToken)
    {
        (_entries, _multis, _addresses, _threads, _cancellationToken) = (entries, multis, addresses, threads, cancellationToken);
        _shift = Math.Max(AddressBitsMin, BitOperations.Log2((uint)addresses | 1) - RangeBits);
        _ranges = (addresses >> _shift) + 1;
        _shares = Math.Clamp(entries.Length / ChunkLength, 1, threads);
    }

    /// <summary>Makes both directions.</summary>
    /// <param name="entries">The log.</param>
    /// <param name="multis">Its movements with several inputs or outputs.</param>
    /// <param name="addresses">How many addresses there are.</param>
    /// <param name="threads">The most threads, from 1.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ChainWatchException">An address is none, or one direction has more than 2^31-1 entries.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static LogIndex Build(EntryColumn entries, MultiColumn multis, int addresses, int threads, CancellationToken cancellationToken)
    {
        using AdjacencyBuilder builder = new(entries, multis, addresses, threads, cancellationToken);
        return new LogIndex(
            builder.Build("the forward index", entries.Sources, entries.Targets, () => MultiSide.Payers(multis, addresses)),
            builder.Build("the backward index", entries.Targets, entries.Sources, () => MultiSide.Payees(multis, addresses)));
    }

    /// <summary>Gives the memory back that lasts no longer than the building.</summary>
    public void Dispose() => _dealt?.Dispose();

    private AdjacencyColumn Build(string name, NumberColumn keys, NumberColumn others, Func<MultiSide> side)
    {
        // By share of the log and range of addresses: first how many, then where the next goes.
        long[][] next = new long[_shares][];
        Threads.For(_shares, _threads, share => next[share] = Count(share, keys, others, side()), _cancellationToken);
        long[] firsts = new long[_ranges + 1];
        long total = 0;
        for (int range = 0; range < _ranges; range++)
        {
            firsts[range] = total;
            foreach (long[] counts in next)
            {
                (counts[range], total) = (total, total + counts[range]);
            }
        }

        firsts[_ranges] = total;
        if (total > int.MaxValue)
        {
            throw new ChainWatchException($"{name}: {total} payments of addresses; at most {int.MaxValue} can be indexed");
        }

        NativeBlock starts = new(((long)_addresses + 1) * sizeof(int));
        NativeBlock sorted = new(total * sizeof(int));
        if (_dealt is null || _dealt.Length < total * sizeof(ulong))
        {
            _dealt?.Dispose();
            _dealt = new NativeBlock(total * sizeof(ulong), isZeroed: false);
        }

        Threads.For(_shares, _threads, share => Deal(share, keys, others, side(), next[share], (ulong*)_dealt.Pointer), _cancellationToken);
        Threads.For(_ranges, _threads, range => Sort(range, firsts, (ulong*)_dealt.Pointer, (int*)starts.Pointer, (int*)sorted.Pointer), _cancellationToken);
        ((int*)starts.Pointer)[_addresses] = (int)total;
        GC.KeepAlive(_entries);
        GC.KeepAlive(_multis);
        return new AdjacencyColumn(name, new NumberColumn(starts, 0, sizeof(int), _addresses + 1), new NumberColumn(sorted, 0, sizeof(int), (int)total));
    }

    private (int From, int To) RangeOf(int share) =>
        ((int)((long)_entries.Length * share / _shares), (int)((long)_entries.Length * (share + 1) / _shares));

    private long[] Count(int share, NumberColumn keys, NumberColumn others, MultiSide side)
    {
        long[] counts = new long[_ranges];
        (int from, int to) = RangeOf(share);
        ReadOnlySpan<int> key;
        for (int first = from; first < to; first += key.Length)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            key = keys.IntsFrom(first, Math.Min(ChunkLength, to - first));
            ReadOnlySpan<int> other = others.Ints(first, key.Length);
            for (int i = 0; i < key.Length; i++)
            {
                int address = key[i];
                // A movement with several inputs or outputs has its number on both sides; else this is a transfer to itself.
                if (address == other[i])
                {
                    if (address < 0)
                    {
                        foreach (int owner in side.Of(address & ~EntryColumn.MultiBit))
                        {
                            counts[owner >> _shift]++;
                        }
                    }

                    continue;
                }

                if ((uint)address >= (uint)_addresses)
                {
                    throw new ChainWatchException($"movement {first + i} of the log has address {address}; expected one of the {_addresses} there are");
                }

                counts[address >> _shift]++;
            }
        }

        return counts;
    }

    // The address in the upper half, the entry in the lower one.
    private void Deal(int share, NumberColumn keys, NumberColumn others, MultiSide side, long[] next, ulong* dealt)
    {
        (int from, int to) = RangeOf(share);
        ReadOnlySpan<int> key;
        for (int first = from; first < to; first += key.Length)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            key = keys.IntsFrom(first, Math.Min(ChunkLength, to - first));
            ReadOnlySpan<int> other = others.Ints(first, key.Length);
            for (int i = 0; i < key.Length; i++)
            {
                int address = key[i];
                if (address != other[i])
                {
                    dealt[next[address >> _shift]++] = ((ulong)(uint)address << 32) | (uint)(first + i);
                }
                else if (address < 0)
                {
                    foreach (int owner in side.Of(address & ~EntryColumn.MultiBit))
                    {
                        dealt[next[owner >> _shift]++] = ((ulong)(uint)owner << 32) | (uint)(first + i);
                    }
                }
            }
        }
    }

    private void Sort(int range, long[] firsts, ulong* dealt, int* starts, int* sorted)
    {
        (long first, long end) = (firsts[range], firsts[range + 1]);
        for (long i = first; i < end; i++)
        {
            starts[dealt[i] >> 32]++;
        }

        int place = (int)first;
        int addressEnd = (int)Math.Min(_addresses, (long)(range + 1) << _shift);
        for (int address = range << _shift; address < addressEnd; address++)
        {
            place += starts[address];
            starts[address] = place;
        }

        // From the last to the first, so that what is an address's end becomes its start, and the order stays.
        for (long i = end - 1; i >= first; i--)
        {
            sorted[--starts[dealt[i] >> 32]] = (int)dealt[i];
        }
    }
}
