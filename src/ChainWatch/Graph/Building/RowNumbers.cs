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
        AddressSlots.Part* part = _slots.PartOf(hash);
        for (ulong* place = part->Slots + part->First(hash); *place != 0; place = part->Next(place))
        {
            if (IsOf<TRow>(*place, row, hash))
            {
                return (int)((uint)*place - 1);
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
        ulong** places = stackalloc ulong*[Batch];
        AddressSlots slots = _slots;
        for (int i = 0; i < count; i++)
        {
            hashes[i] = TRow.Hash(rows + (i * TRow.Size), _hash);
            AddressSlots.Part* part = slots.PartOf(hashes[i]);
            places[i] = part->Slots + part->First(hashes[i]);
            if (Sse.IsSupported)
            {
                Sse.Prefetch0(places[i]);
            }
        }

        for (int i = 0; i < count; i++)
        {
            places[i] = Expect<TRow>(places[i], hashes[i]);
        }

        int growths = slots.Growths;
        for (int i = 0; i < count; i++)
        {
            // Slots are never emptied: unless they were dealt anew, no slot before the one found holds the row.
            byte* row = rows + (i * TRow.Size);
            AddressSlots.Part* part = slots.PartOf(hashes[i]);
            ulong* place = growths == slots.Growths ? places[i] : part->Slots + part->First(hashes[i]);
            numbers[i] = IsOf<TRow>(*place, row, hashes[i]) ? (int)((uint)*place - 1) : Number<TRow>(part, place, row, hashes[i]);
        }
    }

    // The first slot with the same 32 bits, or the empty one behind all. Its row is nearly always the one to be compared.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong* Expect<TRow>(ulong* place, ulong hash)
        where TRow : struct, IAddressRow
    {
        ulong slot = *place;
        if (slot != 0 && (slot ^ hash) >> 32 != 0)
        {
            AddressSlots.Part* part = _slots.PartOf(hash);
            do
            {
                place = part->Next(place);
                slot = *place;
            }
            while (slot != 0 && (slot ^ hash) >> 32 != 0);
        }

        if (Sse.IsSupported && slot != 0)
        {
            byte* row = Rows.At((int)((uint)slot - 1), TRow.Size);
            Sse.Prefetch0(row);
            Sse.Prefetch0(row + TRow.Size - 1);
        }

        return place;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsOf<TRow>(ulong slot, byte* row, ulong hash)
        where TRow : struct, IAddressRow =>
        slot != 0 && (slot ^ hash) >> 32 == 0 && TRow.AreSame(row, Rows.At((int)((uint)slot - 1), TRow.Size));

    // No slot before the place given can hold the row.
    private int Number<TRow>(AddressSlots.Part* part, ulong* place, byte* row, ulong hash)
        where TRow : struct, IAddressRow
    {
        for (; *place != 0; place = part->Next(place))
        {
            if (IsOf<TRow>(*place, row, hash))
            {
                return (int)((uint)*place - 1);
            }
        }

        int number = Next();
        TRow.Copy(row, Rows.At(number));
        _slots.Fill(place, hash, number);
        return number;
    }
}
