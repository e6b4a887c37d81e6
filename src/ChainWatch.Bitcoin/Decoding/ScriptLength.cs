using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace ChainWatch.Bitcoin.Decoding;

/// <summary>Reads lengths that were checked when the transaction was read.</summary>
internal static class ScriptLength
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read(ReadOnlySpan<byte> bytes, ref int position)
    {
        int first = bytes[position++];
        if (first < 0xfd)
        {
            return first;
        }

        int length = first == 0xfd ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[position..]) : BinaryPrimitives.ReadInt32LittleEndian(bytes[position..]);
        position += first == 0xfd ? 2 : first == 0xfe ? 4 : 8;
        return length;
    }
}
