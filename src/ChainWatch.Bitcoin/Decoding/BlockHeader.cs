using System.Buffers.Binary;

namespace ChainWatch.Bitcoin.Decoding;

/// <summary>A block's header, in the 80 bytes it was read from. Hashes are 32 bytes in internal order: the written order reversed.</summary>
public readonly ref struct BlockHeader
{
    /// <summary>The length of a header in bytes.</summary>
    public const int Length = 80;

    /// <summary>A header over the first 80 bytes given.</summary>
    /// <exception cref="BitcoinFormatException">There are fewer.</exception>
    public BlockHeader(ReadOnlySpan<byte> bytes) => Bytes = bytes.Length >= Length ? bytes[..Length] : throw new BitcoinFormatException(bytes.Length, "the block is cut off in its header of 80 bytes");

    /// <summary>The 80 bytes.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>The version.</summary>
    public int Version => BinaryPrimitives.ReadInt32LittleEndian(Bytes);

    /// <summary>The hash of the block before.</summary>
    public ReadOnlySpan<byte> PreviousHash => Bytes.Slice(4, 32);

    /// <summary>The root of the tree of the transactions' ids.</summary>
    public ReadOnlySpan<byte> MerkleRoot => Bytes.Slice(36, 32);

    /// <summary>The miner's time (UTC). It may lie up to two hours beside the real one, and before the time of the block before.</summary>
    public DateTimeOffset Time => DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32LittleEndian(Bytes[68..]));

    /// <summary>The target in its compact form.</summary>
    public uint Bits => BinaryPrimitives.ReadUInt32LittleEndian(Bytes[72..]);

    /// <summary>Writes the block's hash, 32 bytes in internal order.</summary>
    public void ComputeHash(Span<byte> destination) => DoubleSha256.Hash(Bytes, destination);

    /// <summary>The block's hash as people write it: 64 digits.</summary>
    public string ComputeHashText()
    {
        Span<byte> hash = stackalloc byte[32];
        ComputeHash(hash);
        return HashText.Write(hash);
    }
}
