using System.Buffers.Binary;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Building;

/// <summary>Makes the column of an interner's addresses in canonical order.</summary>
internal static unsafe class AddressColumns
{
    private const int PieceRows = 4096;

    public static AddressColumn Of(AddressInterner interner, CanonicalRanks ranks, BuildRoom room)
    {
        Chain chain = interner.Chain;
        int rowSize = interner.Rows.RowSize;
        int length = AddressColumn.RowLength(chain);
        bool isEvm = chain.IsEvm;
        using ByteStore rows = new(room);
        using ByteStore texts = new(room);
        using ColumnBuilder kinds = new(room);
        byte[] piece = new byte[PieceRows * rowSize];
        Span<byte> place = stackalloc byte[length];
        ReadOnlySpan<int> numberAt = ranks.NumberAt;
        for (; !numberAt.IsEmpty; numberAt = numberAt[Math.Min(PieceRows, numberAt.Length)..])
        {
            room.CancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<int> numbers = numberAt[..Math.Min(PieceRows, numberAt.Length)];
            fixed (byte* to = piece)
            {
                RowGather.Copy(interner.Rows, numbers, to);
            }

            if (isEvm && interner.Texts.IsEmpty)
            {
                rows.Append(piece.AsSpan(0, numbers.Length * rowSize));
                kinds.AppendSame((ulong)AddressKind.Evm, numbers.Length);
                continue;
            }

            for (int i = 0; i < numbers.Length; i++)
            {
                ReadOnlySpan<byte> row = piece.AsSpan(i * rowSize, rowSize);
                if (interner.IsText(numbers[i]))
                {
                    byte[] text = System.Text.Encoding.UTF8.GetBytes(TextTable.Find(interner.Texts, numbers[i])!);
                    place.Clear();
                    BinaryPrimitives.WriteInt64LittleEndian(place, texts.Length);
                    BinaryPrimitives.WriteInt32LittleEndian(place[sizeof(long)..], text.Length);
                    texts.Append(text);
                    rows.Append(place);
                    kinds.Append((ulong)AddressKind.Text);
                    continue;
                }

                // Elsewhere than on EVM chains the kind stands before the payload.
                rows.Append(isEvm ? row : row[1..]);
                kinds.Append(isEvm ? (ulong)AddressKind.Evm : row[0]);
            }
        }

        return new AddressColumn(chain, Bytes(rows), kinds.Finish(), Bytes(texts));
    }

    private static ByteColumn Bytes(ByteStore store) => store.Length is > 0 and long length ? new ByteColumn(store.ToBlock(), 0, length) : ByteColumn.Empty;
}
