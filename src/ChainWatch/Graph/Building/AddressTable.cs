using System.Runtime.CompilerServices;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Building;

/// <summary>
/// The addresses of a chain in canonical order, to be read only and by any number of threads: address by rank, rank by
/// address. The rows lie in one block of memory, which may be a file's: nothing is built when it is opened.
/// </summary>
internal sealed unsafe class AddressTable
{
    // Estimating the place beats halving at first; halving bounds the search whatever the addresses.
    private const int EstimatesAtFirst = 4;

    private readonly byte* _rows;
    private readonly int _rowSize;
    private readonly bool _isEvm;
    private readonly CanonicalKeys _keys;
    private readonly KeyValuePair<int, string>[] _texts;
    private readonly IDisposable? _owner;

    // Made when the first address is looked up; threads that make it at once make the same.
    private AddressSamples? _samples;

    /// <summary>A table over rows in memory.</summary>
    /// <param name="chain">The addresses' chain.</param>
    /// <param name="rows">The rows (see <see cref="RowSizeOf"/>), in canonical order. Trusted to be so: a wrong order makes addresses unfindable.</param>
    /// <param name="count">How many.</param>
    /// <param name="texts">The addresses kept as text by rank, ranks ascending; their rows are as <see cref="IAddressRow.WriteText"/> writes them.</param>
    /// <param name="owner">Kept alive as long as the table is, and never disposed of by it.</param>
    public AddressTable(Chain chain, byte* rows, int count, KeyValuePair<int, string>[] texts, IDisposable? owner)
    {
        Chain = chain;
        Count = count;
        _isEvm = chain.IsEvm;
        _rows = rows;
        _rowSize = RowSizeOf(chain);
        _keys = CanonicalKeys.Of(chain);
        _texts = texts;
        _owner = owner;
    }

    /// <summary>The addresses' chain.</summary>
    public Chain Chain { get; }

    /// <summary>How many addresses there are.</summary>
    public int Count { get; }

    /// <summary>The rows' bytes, for writing them to a file.</summary>
    public long Bytes => (long)Count * _rowSize;

    /// <summary>The addresses kept as text, by rank.</summary>
    public IReadOnlyList<KeyValuePair<int, string>> Texts => _texts;

    /// <summary>The address of a rank.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No address has it.</exception>
    public Address this[int rank]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)rank, (uint)Count, nameof(rank));
            byte* row = At(rank);
            Address address = TextAt(rank) is string text ? Address.FromCanonicalText(Chain, text)
                : _isEvm ? EvmRow.Read(Chain, row) : BitcoinRow.Read(Chain, row);
            GC.KeepAlive(_owner);
            return address;
        }
    }

    /// <summary>The size of a chain's rows in bytes.</summary>
    public static int RowSizeOf(Chain chain) => chain.IsEvm ? EvmRow.Size : BitcoinRow.Size;

    /// <summary>The table of an interner's addresses; the interner may be disposed of afterwards.</summary>
    public static AddressTable From(AddressInterner interner, CanonicalRanks ranks, int threads, CancellationToken cancellationToken)
    {
        int rowSize = interner.Rows.RowSize;
        int count = ranks.NumberAt.Length;
        NativeBlock rows = new((long)rowSize * count, isZeroed: false);
        CopyRows(interner, ranks, rows.Pointer, threads, cancellationToken);
        KeyValuePair<int, string>[] texts = [.. interner.Texts];
        texts = [.. texts.Select(t => new KeyValuePair<int, string>(ranks.RankOf[t.Key], t.Value)).OrderBy(t => t.Key)];
        return new AddressTable(interner.Chain, rows.Pointer, count, texts, rows);
    }

    /// <summary>Writes an interner's rows in canonical order.</summary>
    /// <param name="interner">The addresses.</param>
    /// <param name="ranks">Their order.</param>
    /// <param name="to">Room for a row for each: memory, or a mapped file.</param>
    /// <param name="threads">The most threads.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static void CopyRows(AddressInterner interner, CanonicalRanks ranks, byte* to, int threads, CancellationToken cancellationToken)
    {
        int[] numberAt = ranks.NumberAt;
        int shares = Math.Clamp(numberAt.Length >> 14, 1, 8 * threads);
        Threads.For(shares, threads, share =>
        {
            int from = (int)((long)numberAt.Length * share / shares);
            int end = (int)((long)numberAt.Length * (share + 1) / shares);
            RowGather.Copy(interner.Rows, numberAt.AsSpan(from, end - from), to + ((long)from * interner.Rows.RowSize));
        }, cancellationToken);
    }

    /// <summary>The rank of an address; -1 where it is not in the table.</summary>
    public int RankOf(in Address address)
    {
        if (address.Chain != Chain)
        {
            return -1;
        }

        if (address.Kind is AddressKind.Text or AddressKind.None)
        {
            return RankOfText(address.ToCanonicalString());
        }

        byte* row = stackalloc byte[_rowSize];
        if (_isEvm)
        {
            EvmRow.Write(address, row);
        }
        else
        {
            BitcoinRow.Write(address, row);
        }

        int rank = Search(address, row);
        GC.KeepAlive(_owner);
        return rank;
    }

    private int Search(in Address address, byte* row)
    {
        ulong key = _keys.KeyOf(row);
        _samples ??= new AddressSamples(Count, KeyAt);
        (int low, int high, ulong lowKey, ulong highKey) = _samples.Between(key);
        for (int step = 0; low < high; step++)
        {
            int middle = low + ((high - low) / 2);
            if ((step < EstimatesAtFirst || step % 2 == 0) && key >= lowKey && highKey > lowKey)
            {
                double share = (double)(key - lowKey) / (highKey - lowKey);
                middle = low + (int)Math.Min(high - low - 1, share * (high - low));
            }

            int order;
            if (TextAt(middle) is string text)
            {
                order = string.CompareOrdinal(text, address.ToCanonicalString());
                _ = order < 0 ? low = middle + 1 : high = middle;
                continue;
            }

            ulong there = _keys.KeyOf(At(middle));
            order = there != key ? there.CompareTo(key) : _keys.CompareEqualKeys(At(middle), row);
            if (order == 0)
            {
                return middle;
            }

            if (order < 0)
            {
                (low, lowKey) = (middle + 1, there);
            }
            else
            {
                (high, highKey) = (middle, there);
            }
        }

        return -1;
    }

    private int RankOfText(string text)
    {
        // By rank is by text.
        int low = 0;
        int high = _texts.Length;
        while (low < high)
        {
            int middle = (int)(((uint)low + (uint)high) >> 1);
            int order = string.CompareOrdinal(_texts[middle].Value, text);
            if (order == 0)
            {
                return _texts[middle].Key;
            }

            _ = order < 0 ? low = middle + 1 : high = middle;
        }

        return -1;
    }

    private ulong? KeyAt(int rank) => TextAt(rank) is null ? _keys.KeyOf(At(rank)) : null;

    private string? TextAt(int rank) =>
        (_isEvm ? EvmRow.MayBeText(At(rank)) : BitcoinRow.MayBeText(At(rank))) ? TextTable.Find(_texts, rank) : null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte* At(int rank) => _rows + ((long)rank * _rowSize);
}
