using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ChainWatch.Graph.Building;

/// <summary>A use of a transaction and 64 bits of its hash, in 12 bytes. Equal hashes have equal marks; most others do not.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct TxMark
{
    /// <summary>The mark.</summary>
    public ulong Mark;

    /// <summary>The use.</summary>
    public int Use;

    /// <summary>The mark of a hash.</summary>
    public static TxMark Of(ReadOnlySpan<byte> hash, int use)
    {
        // Hashes in files may be made up, and differ anywhere.
        ulong mark = BinaryPrimitives.ReadUInt64BigEndian(hash);
        mark = (mark * 0x9E3779B97F4A7C15) ^ BinaryPrimitives.ReadUInt64BigEndian(hash[8..]);
        mark = (mark * 0xBF58476D1CE4E5B9) ^ BinaryPrimitives.ReadUInt64BigEndian(hash[16..]);
        mark = (mark * 0x94D049BB133111EB) ^ BinaryPrimitives.ReadUInt64BigEndian(hash[24..]);
        return new TxMark { Mark = (mark ^ (mark >> 29)) * 0x9E3779B97F4A7C15, Use = use };
    }
}

/// <summary>By mark, then by use.</summary>
internal readonly struct TxMarkOrder : IRowOrder<TxMark>
{
    /// <inheritdoc/>
    public ulong KeyOf(in TxMark row) => row.Mark;

    /// <inheritdoc/>
    public int Compare(in TxMark x, in TxMark y)
    {
        int order = x.Mark.CompareTo(y.Mark);
        return order != 0 ? order : x.Use.CompareTo(y.Use);
    }
}
