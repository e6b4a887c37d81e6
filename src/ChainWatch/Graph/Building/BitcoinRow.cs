using System.Runtime.CompilerServices;

namespace ChainWatch.Graph.Building;

/// <summary>
/// An address of a Bitcoin network: a byte with its kind, then 32 bytes with its payload, at whose end zeros fill up. 33
/// bytes, for padding would cost memory and cross no fewer cache lines.
/// </summary>
internal readonly unsafe struct BitcoinRow : IAddressRow
{
    /// <inheritdoc/>
    public static int Size => 33;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Hash(byte* row, in AddressHash hash) =>
        hash.Of(Word.Read(row + 1), Word.Read(row + 9), Word.Read(row + 17), Word.Read(row + 25), row[0]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(in Address address, byte* row)
    {
        address.CopyWords(out ulong word0, out ulong word1, out ulong word2, out ulong word3);
        row[0] = (byte)address.Kind;
        Word.Write(row + 1, word0);
        Word.Write(row + 9, word1);
        Word.Write(row + 17, word2);
        Word.Write(row + 25, word3);
    }

    /// <inheritdoc/>
    public static void WriteText(byte* row)
    {
        new Span<byte>(row, Size).Clear();
        row[0] = (byte)AddressKind.Text;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool MayBeText(byte* row) => row[0] == (byte)AddressKind.Text;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreSame(byte* x, byte* y) => new ReadOnlySpan<byte>(x, Size).SequenceEqual(new ReadOnlySpan<byte>(y, Size));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(byte* from, byte* to) => new ReadOnlySpan<byte>(from, Size).CopyTo(new Span<byte>(to, Size));

    /// <inheritdoc/>
    public static Address Read(Chain chain, byte* row) =>
        Address.FromWords(chain, (AddressKind)row[0], Word.Read(row + 1), Word.Read(row + 9), Word.Read(row + 17), Word.Read(row + 25));
}
