using System.Numerics;
using System.Runtime.CompilerServices;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Tracing.Engine;

/// <summary>
/// Records that are appended, read by number and cut off at the end. They lie in pinned chunks of one size that are never
/// moved; chunks that a cut leaves empty are used again.
/// </summary>
/// <remarks>
/// A kernel appends through a raw pointer: it takes <see cref="Open"/>'s place, writes at most <see cref="Slack"/> records
/// beyond the end that it was given, and hands the place back to <see cref="Close"/>.
/// </remarks>
internal sealed unsafe class RecordLog<T>
    where T : unmanaged
{
    /// <summary>How many records fit physically behind a chunk's end, so that a batch need not check each.</summary>
    public const int Slack = 16;

    private readonly List<PinnedArray<T>> _chunks = [];
    private readonly int _chunkBits;
    private T* _place;
    private T* _end;
    private int _chunk;

    /// <param name="expected">About how many records will come: small logs get small chunks.</param>
    public RecordLog(long expected)
    {
        // A million records at most: big enough for huge pages, small beside the tables of a graph that makes so many.
        _chunkBits = BitOperations.Log2((uint)Math.Clamp(expected / 2, 1 << 8, 1 << 20));
        GoTo(0);
    }

    public long Count => ((long)_chunk << _chunkBits) + (_place - (_end - ChunkLength));

    public ref T this[long number]
    {
        get
        {
            if ((ulong)number >= (ulong)Count)
            {
                throw new ArgumentOutOfRangeException(nameof(number), number, $"there are {Count} records");
            }

            return ref _chunks[(int)(number >> _chunkBits)].Pointer[number & (ChunkLength - 1)];
        }
    }

    private long ChunkLength => 1L << _chunkBits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in T record)
    {
        if (_place == _end)
        {
            GoTo(Count);
        }

        *_place++ = record;
    }

    /// <summary>Forgets the records from a number on.</summary>
    public void Truncate(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        GoTo(count);
    }

    /// <summary>The place of the next record, and the end of its chunk; there is room for one record at least before the end.</summary>
    public T* Open(out T* end)
    {
        if (_place == _end)
        {
            GoTo(Count);
        }

        end = _end;
        return _place;
    }

    /// <summary>Takes the records that were written from the place that <see cref="Open"/> gave up to this one.</summary>
    public void Close(T* place)
    {
        if (place <= _end)
        {
            _place = place;
            return;
        }

        T* beyond = _end;
        _place = _end;
        GoTo(Count);
        while (beyond < place)
        {
            *_place++ = *beyond++;
        }
    }

    // The place of a record that is there or is the next one.
    private void GoTo(long number)
    {
        _chunk = (int)(number >> _chunkBits);
        if (_chunk == _chunks.Count)
        {
            _chunks.Add(new PinnedArray<T>((1 << _chunkBits) + Slack));
        }

        T* start = _chunks[_chunk].Pointer;
        _place = start + (number & (ChunkLength - 1));
        _end = start + ChunkLength;
    }
}
