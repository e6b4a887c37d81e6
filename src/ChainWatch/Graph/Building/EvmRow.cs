using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace ChainWatch.Graph.Building;

/// <summary>An address of an EVM chain: its 20 bytes.</summary>
internal readonly unsafe struct EvmRow : IAddressRow
{
    /// <inheritdoc/>
    public static int Size => 20;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Hash(byte* row, in AddressHash hash) => hash.Of(Word.Read(row), Word.Read(row + 8), Word.ReadHalf(row + 16));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(in Address address, byte* row)
    {
        address.CopyWords(out ulong word0, out ulong word1, out ulong word2, out _);
        Word.Write(row, word0);
        Word.Write(row + 8, word1);
        BinaryPrimitives.WriteUInt32BigEndian(new Span<byte>(row + 16, 4), (uint)(word2 >> 32));
    }

    /// <inheritdoc/>
    public static void WriteText(byte* row) => new Span<byte>(row, Size).Fill(0xFF);

    /// <summary>True for the address 0xffff…ffff too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool MayBeText(byte* row) => Word.Read(row) == ulong.MaxValue && Word.Read(row + 8) == ulong.MaxValue && Word.ReadHalf(row + 16) == 0xFFFF_FFFF_0000_0000;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreSame(byte* x, byte* y) =>
        ((*(ulong*)x ^ *(ulong*)y) | (*(ulong*)(x + 8) ^ *(ulong*)(y + 8)) | (*(uint*)(x + 16) ^ *(uint*)(y + 16))) == 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(byte* from, byte* to)
    {
        (ulong word0, ulong word1, uint word2) = (*(ulong*)from, *(ulong*)(from + 8), *(uint*)(from + 16));
        *(ulong*)to = word0;
        *(ulong*)(to + 8) = word1;
        *(uint*)(to + 16) = word2;
    }

    /// <inheritdoc/>
    public static Address Read(Chain chain, byte* row) =>
        Address.FromWords(chain, AddressKind.Evm, Word.Read(row), Word.Read(row + 8), Word.ReadHalf(row + 16), 0);
}
