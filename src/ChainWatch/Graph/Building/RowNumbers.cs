using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ChainWatch.Graph.Building;

/// <summary>
/// Gives every distinct row of a chain's addresses a number, in order of first sight from 0. Memory outside the garbage
/// collector: the row and 11 to 21 bytes of a table for each. For one thread at a time.
/// </summary>
/// <param name="chain">The addresses' chain.</param>
/// <param name="hash">Scatters the rows over the table.</param>
/// <param name="chunkBits">Rows lie in chunks of two to this many.</param>
internal sealed unsafe class RowNumbers(Chain chain, AddressHash hash, int chunkBits) : IDisposable
{
    // As many lookups are under way at once as a core can wait for, and the batch stays in the first cache.
    public const int Batch = 64;

    private readonly AddressSlots _slots = new();
    private readonly AddressHash _hash = hash;

    /// <summary>The rows by number.</summary>
    public AddressRows Rows { get; } = new(AddressTable.RowSizeOf(chain), chunkBits);

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of the table.</summary>
    public long TableBytes => _slots.Bytes;

    /// <summary>The numbers of many rows; a new one where a row was not seen before.</summary>
    /// <exception cref="ChainWatchException">There are <see cref="AddressInterner.CountMax"/> addresses already.</exception>
    public void NumberAll<TRow>(byte* rows, int count, int* numbers)
        where TRow : struct, IAddressRow
    {
        for (int from = 0; from < count; from += Batch)
        {
            NumberBatch<TRow>(rows + ((long)from * TRow.Size), Math.Min(Batch, count - from), numbers + from);
        }
    }

    /// <summary>The number of a row; -1 where it was not seen.</summary>
    public int Find<TRow>(byte* row)
        where TRow : struct, IAddressRow
    {
        ulong hash = TRow.Hash(row, _hash);
        ref AddressSlots.Part part = ref _slots.PartOf(hash);
        for (uint at = part.First(hash); part.Slots[at] is not 0 and ulong slot; at = (at + 1) & part.Mask)
        {
            int known = (int)((uint)slot - 1);
            if ((slot ^ hash) >> 32 == 0 && TRow.AreSame(row, Rows.At(known)))
            {
                return known;
            }
        }

        return -1;
    }

    /// <summary>A new number for what is found by other means; its row is to be written.</summary>
    /// <exception cref="ChainWatchException">There are <see cref="AddressInterner.CountMax"/> addresses already.</exception>
    public int Next()
    {
        if (Count == AddressInterner.CountMax)
        {
            throw new ChainWatchException($"{chain}: there are more than {AddressInterner.CountMax} addresses, which is the most that one graph holds");
        }

        Rows.Reserve(Count);
        return Count++;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Rows.Dispose();
        _slots.Dispose();
    }

    [SkipLocalsInit]
    private void NumberBatch<TRow>(byte* rows, int count, int* numbers)
        where TRow : struct, IAddressRow
    {
        ulong* hashes = stackalloc ulong[Batch];
        uint* found = stackalloc uint[Batch];
        for (int i = 0; i < count; i++)
        {
            hashes[i] = TRow.Hash(rows + (i * TRow.Size), _hash);
            if (Sse.IsSupported)
            {
                ref AddressSlots.Part part = ref _slots.PartOf(hashes[i]);
                Sse.Prefetch0(part.Slots + part.First(hashes[i]));
            }
        }

        for (int i = 0; i < count; i++)
        {
            found[i] = Expect<TRow>(hashes[i]);
        }

        int growths = _slots.Growths;
        for (int i = 0; i < count; i++)
        {
            // Slots are never emptied: unless they were dealt anew, no slot before the one found holds the row.
            ref AddressSlots.Part part = ref _slots.PartOf(hashes[i]);
            uint at = growths == _slots.Growths ? found[i] : part.First(hashes[i]);
            numbers[i] = Number<TRow>(ref part, at, rows + (i * TRow.Size), hashes[i]);
        }
    }

    // The first slot with the same 32 bits, or the empty one behind all. Its row is nearly always the one to be compared.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Expect<TRow>(ulong hash)
        where TRow : struct, IAddressRow
    {
        ref AddressSlots.Part part = ref _slots.PartOf(hash);
        uint at = part.First(hash);
        ulong slot;
        while ((slot = part.Slots[at]) != 0 && (slot ^ hash) >> 32 != 0)
        {
            at = (at + 1) & part.Mask;
        }

        if (Sse.IsSupported && slot != 0)
        {
            byte* row = Rows.At((int)((uint)slot - 1));
            Sse.Prefetch0(row);
            Sse.Prefetch0(row + TRow.Size - 1);
        }

        return at;
    }

    // No slot before the one given can hold the row.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Number<TRow>(ref AddressSlots.Part part, uint at, byte* row, ulong hash)
        where TRow : struct, IAddressRow
    {
        ulong slot;
        while ((slot = part.Slots[at]) != 0)
        {
            int known = (int)((uint)slot - 1);
            if ((slot ^ hash) >> 32 == 0 && TRow.AreSame(row, Rows.At(known)))
            {
                return known;
            }

            at = (at + 1) & part.Mask;
        }

        int number = Next();
        TRow.Copy(row, Rows.At(number));
        _slots.Fill(at, hash, number);
        return number;
    }
}
