using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Building;

/// <summary>Rows in memory as they were added, and their order. What is in order already, or nearly, is not sorted again.</summary>
/// <param name="order">The order.</param>
/// <param name="rowsMax">The most rows; sorting them takes 12 bytes for each beside.</param>
/// <param name="threads">The most threads.</param>
internal sealed unsafe class RowBuffer<TRow, TOrder>(TOrder order, int rowsMax, int threads) : IDisposable
    where TRow : unmanaged
    where TOrder : struct, IRowOrder<TRow>
{
    // A random row is read from memory; this many are under way.
    private const int Ahead = 16;

    private readonly NativeBlock _memory = new((long)rowsMax * sizeof(TRow), isZeroed: false);
    private readonly NativeBlock _entries = new((long)rowsMax * sizeof(KeyedIndex), isZeroed: false);
    private readonly int _descentsMax = NearlySorted.StraysMax(rowsMax);
    private bool _isInOrder;
    private ulong _keyMin = ulong.MaxValue;
    private ulong _keyMax;
    private ulong _keyLast;
    private int _descents;

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>True where no further row fits.</summary>
    public bool IsFull => Count == rowsMax;

    private TRow* Rows => (TRow*)_memory.Pointer;

    private KeyedIndex* Entries => (KeyedIndex*)_entries.Pointer;

    /// <summary>Adds a row; there must be room.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in TRow row)
    {
        TRow* to = Rows + Count;
        *to = row;
        ulong key = order.KeyOf(row);
        // Once there are too many of them for any shortcut, they are not counted any more.
        if (key <= _keyLast && _descents <= _descentsMax && Count > 0)
        {
            _descents += key < _keyLast || order.Compare(to[-1], row) > 0 ? 1 : 0;
        }

        _keyLast = key;
        _keyMin = Math.Min(_keyMin, key);
        _keyMax = Math.Max(_keyMax, key);
        Count++;
    }

    /// <summary>Finds the order of the rows.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Sort(CancellationToken cancellationToken)
    {
        _isInOrder = _descents == 0;
        if (!_isInOrder && !NearlySorted.TryOrder(new ReadOnlySpan<TRow>(Rows, Count), _descents, order, new Span<KeyedIndex>(Entries, Count)))
        {
            KeySort.Sort(new RowSortSource<TRow, TOrder>(Rows, order, _keyMin, _keyMax), Entries, Count, threads, cancellationToken);
        }
    }

    /// <summary>The rows themselves where they were added in order; else empty. After <see cref="Sort"/>.</summary>
    public ReadOnlySpan<TRow> InOrder => _isInOrder ? new ReadOnlySpan<TRow>(Rows, Count) : [];

    /// <summary>Copies sorted rows; after <see cref="Sort"/>.</summary>
    /// <param name="from">The first one's place in the order.</param>
    /// <param name="to">Takes as many as it holds.</param>
    public void CopySorted(int from, Span<TRow> to)
    {
        if (_isInOrder)
        {
            new ReadOnlySpan<TRow>(Rows + from, to.Length).CopyTo(to);
            return;
        }

        KeyedIndex* next = Entries + from;
        int ahead = Math.Max(0, to.Length - Ahead);
        for (int i = 0; i < to.Length; i++)
        {
            if (Sse.IsSupported && i < ahead)
            {
                TRow* coming = Rows + next[i + Ahead].Index;
                Sse.Prefetch0(coming);
                Sse.Prefetch0((byte*)coming + sizeof(TRow) - 1);
            }

            to[i] = Rows[next[i].Index];
        }
    }

    /// <summary>Forgets the rows.</summary>
    public void Clear() => (_keyMin, _keyMax, _keyLast, _descents, Count) = (ulong.MaxValue, 0, 0, 0, 0);

    /// <inheritdoc/>
    public void Dispose()
    {
        Clear();
        _memory.Dispose();
        _entries.Dispose();
    }
}
