using System.Buffers.Binary;
using System.Collections;
using ChainWatch.Graph.Building;

namespace ChainWatch.Graph.Storage;

/// <summary>
/// The addresses of a chain: those of the base in canonical order, so that comparing their numbers compares addresses, and
/// behind them appended ones in no such order. EVM: 20 bytes each. Elsewhere: 32 bytes each and their kinds; of an address kept
/// as text the row tells where in the texts it stands and how long it is.
/// </summary>
internal sealed class AddressColumn : IReadOnlyList<Address>
{
    private const int TextPlaceLength = sizeof(long) + sizeof(int);
    private static readonly AddressHash _hash = new(((UInt128)0x6A09E667F3BCC908 << 64) | 0xBB67AE8584CAA73B);
    private readonly Chain _chain;
    private readonly int _rowLength;
    private readonly AppendedIndex.View? _appended;
    private readonly Func<Address, int, bool> _isAt;

    /// <param name="chain">The chain.</param>
    /// <param name="rows">Their bytes.</param>
    /// <param name="kinds">Their kinds.</param>
    /// <param name="texts">The texts of those that are kept as text.</param>
    /// <param name="appended">Where the appended ones are, by <see cref="HashOf"/>; null where there are none.</param>
    public AddressColumn(Chain chain, ByteColumn rows, NumberColumn kinds, ByteColumn texts, AppendedIndex.View? appended = null)
    {
        (_chain, Rows, Kinds, Texts, _appended) = (chain, rows, kinds, texts, appended);
        _rowLength = RowLength(chain);
        _isAt = (address, number) => this[number] == address;
    }

    public ByteColumn Rows { get; }

    public NumberColumn Kinds { get; }

    public ByteColumn Texts { get; }

    /// <summary>How many addresses.</summary>
    public int Length => Kinds.Count;

    /// <summary>How many of them, from the first on, are in canonical order.</summary>
    public int BaseLength => Kinds.BaseCount;

    /// <inheritdoc/>
    public int Count => Kinds.Count;

    /// <inheritdoc/>
    public Address this[int number]
    {
        get
        {
            AddressKind kind = (AddressKind)Kinds.At(number);
            ReadOnlySpan<byte> row = Rows.Slice((long)number * _rowLength, _rowLength);
            Address address = kind == AddressKind.Text
                ? Address.FromCanonicalText(_chain, System.Text.Encoding.UTF8.GetString(Texts.Slice(BinaryPrimitives.ReadInt64LittleEndian(row), BinaryPrimitives.ReadInt32LittleEndian(row[sizeof(long)..]))))
                : Address.FromPayload(_chain, kind, row[..Address.PayloadLengthOf(kind)]);
            GC.KeepAlive(this);
            return address;
        }
    }

    /// <summary>The address's number, or -1 where it does not occur.</summary>
    public int NumberOf(Address address)
    {
        if (address.Chain != _chain)
        {
            return -1;
        }

        int number = Kinds.Width == 0 && Kinds.Constant == (ulong)AddressKind.Evm && address.Kind == AddressKind.Evm ? FindEvm(address) : Find(address);
        if (number >= 0)
        {
            return number;
        }

        return _appended is AppendedIndex.View appended ? appended.Find(HashOf(address), address, _isAt) : -1;
    }

    private int Find(Address address)
    {
        int low = 0;
        int high = BaseLength - 1;
        while (low <= high)
        {
            int middle = low + ((high - low) / 2);
            int order = this[middle].CompareTo(address);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    // The bytes are in canonical order, as the digits are: nothing is put together to compare them.
    private int FindEvm(Address address)
    {
        Span<byte> payload = stackalloc byte[20];
        address.CopyPayload(payload);
        int low = 0;
        int high = BaseLength - 1;
        while (low <= high)
        {
            int middle = low + ((high - low) / 2);
            int order = Rows.Slice((long)middle * payload.Length, payload.Length).SequenceCompareTo(payload);
            if (order == 0)
            {
                GC.KeepAlive(this);
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    /// <summary>
    /// Compares addresses by number as they are compared themselves: the canonical order of every output. To be used wherever
    /// an order of addresses can be seen; any consistent one elsewhere is that of the numbers.
    /// </summary>
    public int Compare(int x, int y) =>
        Math.Max(x, y) < BaseLength || x == y ? x.CompareTo(y) : this[x].CompareTo(this[y]);

    /// <summary>The hash by which appended addresses are found.</summary>
    public static ulong HashOf(Address address)
    {
        address.CopyWords(out ulong word0, out ulong word1, out ulong word2, out ulong word3);
        if (address.Kind == AddressKind.Text)
        {
            // FNV-1a, which the keyed hash then hides.
            word0 = 0xCBF29CE484222325;
            foreach (char c in address.ToCanonicalString())
            {
                word0 = (word0 ^ c) * 0x100000001B3;
            }
        }

        return _hash.Of(word0, word1, word2, word3, (ulong)address.Kind);
    }

    public IEnumerator<Address> GetEnumerator()
    {
        for (int i = 0; i < Length; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Makes the column of addresses in canonical order, or of some to append.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="addresses">They.</param>
    /// <param name="textsBefore">How many bytes of texts stand before theirs.</param>
    public static AddressColumn Of(Chain chain, Address[] addresses, long textsBefore = 0)
    {
        using MemoryStream texts = new();
        ByteColumn rows = ByteColumn.Of(addresses.Length, RowLength(chain), (i, row) =>
        {
            if (addresses[i].Kind == AddressKind.Text)
            {
                byte[] text = System.Text.Encoding.UTF8.GetBytes(addresses[i].ToCanonicalString());
                BinaryPrimitives.WriteInt64LittleEndian(row, textsBefore + texts.Position);
                BinaryPrimitives.WriteInt32LittleEndian(row[sizeof(long)..TextPlaceLength], text.Length);
                texts.Write(text);
                return;
            }

            addresses[i].CopyPayload(row);
        });
        return new AddressColumn(chain, rows, NumberColumn.Of(addresses.Length, i => (ulong)addresses[i].Kind), ByteColumn.Of(texts.ToArray()));
    }

    /// <summary>How many bytes an address takes.</summary>
    public static int RowLength(Chain chain) => chain.IsEvm ? 20 : 32;
}
