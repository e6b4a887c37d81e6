using System.Numerics;

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

    /// <param name="expected">About how many records will come: small logs get small chunks.</param>
    public RecordLog(long expected)
    {
        _chunkBits = BitOperations.Log2((uint)Math.Clamp(expected / 4, 1 << 8, 1 << 20));
    }

    public long Count { get; private set; }

    public ref T this[long number]
    {
        get
        {
            if ((ulong)number >= (ulong)Count)
            {
                throw new ArgumentOutOfRangeException(nameof(number), number, $"there are {Count} records");
            }

            return ref _chunks[(int)(number >> _chunkBits)].Pointer[number & ((1L << _chunkBits) - 1)];
        }
    }

    public void Add(in T record)
    {
        T* place = Open(out _);
        *place = record;
        Count++;
    }

    /// <summary>Forgets the records from a number on.</summary>
    public void Truncate(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        Count = count;
    }

    /// <summary>The place of the next record, and the end of its chunk; there is room for one record at least before the end.</summary>
    public T* Open(out T* end)
    {
        int chunk = (int)(Count >> _chunkBits);
        T* start = ChunkAt(chunk);
        end = start + (1L << _chunkBits);
        return start + (Count & ((1L << _chunkBits) - 1));
    }

    /// <summary>Takes the records that were written from the place that <see cref="Open"/> gave up to this one.</summary>
    public void Close(T* place)
    {
        int chunk = (int)(Count >> _chunkBits);
        T* start = ChunkAt(chunk);
        T* end = start + (1L << _chunkBits);
        if (place > end)
        {
            T* next = ChunkAt(chunk + 1);
            for (T* beyond = end; beyond < place; beyond++)
            {
                *next++ = *beyond;
            }
        }

        Count = ((long)chunk << _chunkBits) + (place - start);
    }

    private T* ChunkAt(int chunk)
    {
        if (chunk == _chunks.Count)
        {
            _chunks.Add(new PinnedArray<T>((1 << _chunkBits) + Slack));
        }

        return _chunks[chunk].Pointer;
    }
}
