using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Tracing.Engine;

/// <summary>
/// A range of transfers that two threads pass over together. The <em>scout</em> runs some chunks ahead of the pass and marks the
/// transfers that may do anything; of such a chunk the pass takes the marked ones alone. A chunk that the scout has not begun
/// when the pass comes to it is the pass's own, so that neither waits long for the other, and all of it where no scout ever comes.
/// </summary>
/// <remarks>
/// By plain transfers labels only get better, and stops only begin. So what the scout sees of an address is what the pass will
/// see, or worse; worse it is of those alone that a transfer of the chunks between the two improves: <see cref="FreshTails"/>.
/// Who changes labels in another way has the pass look for itself until the scout has seen it: <see cref="Distrust"/>.
/// Whether it pays is the machine's affair (two processors may be one core's two threads, as most that are hired are), so that the
/// pass now and then tries which is faster and has the scout rest or come along: <see cref="ScoutTrial"/>.
/// </remarks>
internal sealed unsafe class ScoutedRange : IDisposable
{
    /// <summary>Transfers a chunk, which begins at a multiple of them: its marks are a line of the cache.</summary>
    public const int Chunk = 512;

    /// <summary>How many chunks there are between the one that the pass is at and the first that the scout must not look at yet.</summary>
    public const int ChunksAhead = FreshTails.Window / Chunk;

    /// <summary>The fewest transfers for which a second thread pays: it takes some 100 us to come, the pass of so many a millisecond.</summary>
    public const int LengthMin = 512 * Chunk;

    private const int Batch = 16;
    private const int MarksPerChunk = Chunk / Batch;

    // The chunk next to the pass's is the pass's own: it would be there before the scout was done.
    private const int LeadMin = 2;
    private readonly ushort[] _marks = GC.AllocateUninitializedArray<ushort>(ChunksAhead * MarksPerChunk, pinned: true);
    private readonly Place[] _places = new Place[ChunksAhead];
    private readonly long _first;
    private readonly long _chunks;
    private readonly bool _reversed;
    private readonly ManualResetEventSlim _awake = new(initialState: true);
    private readonly ScoutTrial _trial = new();
    private readonly Task _scout;
    private Place _done;
    private long _current = -1;
    private ushort* _currentMarks;
    private long _trusted;

    /// <summary>Sends a scout ahead over [from, to), or from its end.</summary>
    /// <param name="from">The first transfer.</param>
    /// <param name="to">Behind the last one, inside the columns.</param>
    /// <param name="reversed">Whether the pass goes from the end.</param>
    /// <param name="scout">Marks the transfers from one on; runs on another thread until this is disposed, so what it reads must last.</param>
    public ScoutedRange(long from, long to, bool reversed, MarkChunk scout)
    {
        (_first, _chunks, _reversed) = (from / Chunk, (to / Chunk) - (from / Chunk), reversed);
        Array.Fill(_places, new Place { Value = -1 });
        // A thread of its own: those of the pool may all be busy with what waits for this pass.
        _scout = Task.Factory.StartNew(() => Run(scout), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The marks of the chunk that a transfer lies in, of the one where the pass is or the next: bit j of the i-th is transfer
    /// 16 i + j. Null where the pass must look for itself.</summary>
    public ushort* MarksAt(long transfer)
    {
        long chunk = InOrder((transfer / Chunk) - _first);
        if ((ulong)chunk >= (ulong)_chunks)
        {
            return null;
        }

        if (chunk != _current)
        {
            if (_trial.Next() is bool wanted)
            {
                Wake(wanted);
            }

            _current = chunk;
            _currentMarks = Take(chunk);
        }

        return _currentMarks;
    }

    /// <summary>The marks of the 16 transfers from a multiple of 16 on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Marked(ushort* marks, long batch) => marks[(uint)(batch & (Chunk - 1)) / Batch];

    /// <summary>The same, of those in [from, to) alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Marked(ushort* marks, long batch, long from, long to)
    {
        uint first = 0xffffu << (int)Math.Max(0, from - batch);
        uint last = 0xffffu >> (int)Math.Max(0, batch + Batch - to);
        return Marked(marks, batch) & first & last;
    }

    /// <summary>The labels are those behind the chunk that a transfer lies in.</summary>
    public void Done(long transfer)
    {
        long chunk = InOrder((transfer / Chunk) - _first);
        if ((ulong)chunk < (ulong)_chunks)
        {
            Volatile.Write(ref _done.Value, chunk + 1);
        }
    }

    /// <summary>Labels were changed by more than a plain transfer, or a stop ended: what the scout may have seen before does not count.</summary>
    public void Distrust()
    {
        _trusted = _done.Value + ChunksAhead;
        _currentMarks = null;
    }

    /// <summary>Ends the scout.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _done.Value, _chunks);
        _awake.Set();
        _scout.Wait();
        _awake.Dispose();
    }

    private void Wake(bool awake)
    {
        if (awake)
        {
            _awake.Set();
        }
        else
        {
            _awake.Reset();
        }
    }

    // A range from the end has its first chunk there.
    private long InOrder(long chunk) => _reversed ? _chunks - 1 - chunk : chunk;

    private void Run(MarkChunk scout)
    {
        for (long chunk = Next(0); chunk >= 0; chunk = Next(chunk + 1))
        {
            scout((_first + InOrder(chunk)) * Chunk, MarksOf(chunk));
            Volatile.Write(ref PlaceOf(chunk), (2 * chunk) + 1);
        }
    }

    // Scout: the next chunk to look at, from one on, or -1 where none is left.
    private long Next(long chunk)
    {
        SpinWait wait = default;
        for (; ; wait.SpinOnce(sleep1Threshold: -1))
        {
            _awake.Wait();
            long done = Volatile.Read(ref _done.Value);
            chunk = Math.Max(chunk, done + LeadMin);
            if (chunk >= _chunks)
            {
                return -1;
            }

            while (chunk < Math.Min(_chunks, done + ChunksAhead))
            {
                if (TryClaim(chunk))
                {
                    return chunk;
                }

                chunk++;
            }
        }
    }

    // Pass: null where nobody has looked at the chunk, or too early.
    private ushort* Take(long chunk)
    {
        if (TryClaim(chunk))
        {
            return null;
        }

        SpinWait wait = default;
        while (Volatile.Read(ref PlaceOf(chunk)) != (2 * chunk) + 1)
        {
            wait.SpinOnce(sleep1Threshold: -1);
        }

        return chunk < _trusted ? null : MarksOf(chunk);
    }

    private ushort* MarksOf(long chunk) =>
        (ushort*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_marks)) + (chunk % ChunksAhead * MarksPerChunk);

    private ref long PlaceOf(long chunk) => ref _places[chunk % ChunksAhead].Value;

    // A place holds twice the number of the chunk that was claimed last, and one more when its marks are written. The chunk before
    // it at a place is done, since the scout is never that far ahead.
    private bool TryClaim(long chunk)
    {
        ref long place = ref PlaceOf(chunk);
        long before = Volatile.Read(ref place);
        return before < 2 * chunk && Interlocked.CompareExchange(ref place, 2 * chunk, before) == before;
    }

    /// <summary>Marks the transfers of a chunk that may do anything, by labels that the pass may be improving meanwhile.</summary>
    public delegate void MarkChunk(long from, ushort* marks);

    // A line of the cache each, so that the threads do not take each other's.
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct Place
    {
        [FieldOffset(64)]
        public long Value;
    }
}
