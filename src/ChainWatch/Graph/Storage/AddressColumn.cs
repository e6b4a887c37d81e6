using System.Buffers.Binary;
using System.Collections;

namespace ChainWatch.Graph.Storage;

/// <summary>
/// The addresses of a chain in canonical order, so that comparing numbers compares addresses. EVM: 20 bytes each. Elsewhere:
/// 32 bytes each and their kinds; of an address kept as text the row tells where in the texts it stands and how long it is.
/// </summary>
internal sealed class AddressColumn : IReadOnlyList<Address>
{
    private const int TextPlaceLength = sizeof(long) + sizeof(int);
    private readonly Chain _chain;
    private readonly int _rowLength;

    public AddressColumn(Chain chain, ByteColumn rows, NumberColumn kinds, ByteColumn texts)
    {
        (_chain, Rows, Kinds, Texts) = (chain, rows, kinds, texts);
        _rowLength = RowLength(chain);
    }

    public ByteColumn Rows { get; }

    public NumberColumn Kinds { get; }

    public ByteColumn Texts { get; }

    /// <summary>How many addresses.</summary>
    public int Length => Kinds.Count;

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

        int low = 0;
        int high = Length - 1;
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

    public IEnumerator<Address> GetEnumerator()
    {
        for (int i = 0; i < Length; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Makes the column of addresses in canonical order.</summary>
    public static AddressColumn Of(Chain chain, Address[] addresses)
    {
        using MemoryStream texts = new();
        ByteColumn rows = ByteColumn.Of(addresses.Length, RowLength(chain), (i, row) =>
        {
            if (addresses[i].Kind == AddressKind.Text)
            {
                byte[] text = System.Text.Encoding.UTF8.GetBytes(addresses[i].ToCanonicalString());
                BinaryPrimitives.WriteInt64LittleEndian(row, texts.Position);
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
