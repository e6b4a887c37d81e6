using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace ChainWatch.Graph.Building;

/// <summary>Big-endian words in rows, at any alignment: comparing the words compares the bytes.</summary>
internal static unsafe class Word
{
    /// <summary>Eight bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Read(byte* from) => BinaryPrimitives.ReadUInt64BigEndian(new ReadOnlySpan<byte>(from, sizeof(ulong)));

    /// <summary>Four bytes, as the upper half of a word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ReadHalf(byte* from) => (ulong)BinaryPrimitives.ReadUInt32BigEndian(new ReadOnlySpan<byte>(from, sizeof(uint))) << 32;

    /// <summary>Writes eight bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(byte* to, ulong word) => BinaryPrimitives.WriteUInt64BigEndian(new Span<byte>(to, sizeof(ulong)), word);
}
