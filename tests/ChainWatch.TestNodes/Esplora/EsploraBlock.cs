using System.Buffers.Binary;

namespace ChainWatch.TestNodes.Esplora;

/// <summary>A block.</summary>
/// <param name="Height">Its height.</param>
/// <param name="Hash">Its hash as it is displayed, 64 characters of lower-case hex.</param>
/// <param name="PreviousHash">The hash of the block before; null for the first of a chain.</param>
/// <param name="Time">Seconds since 1970.</param>
/// <param name="Transactions">The transactions, the coinbase first.</param>
public sealed record EsploraBlock(long Height, string Hash, string? PreviousHash, long Time, IReadOnlyList<EsploraTx> Transactions)
{
    /// <summary>The version.</summary>
    public int Version { get; init; } = 0x20000000;

    /// <summary>The merkle root as it is displayed; null where it is not known.</summary>
    public string? MerkleRoot { get; init; }

    /// <summary>The target in its compact form.</summary>
    public uint Bits { get; init; } = 0x207fffff;

    /// <summary>The nonce.</summary>
    public uint Nonce { get; init; }

    /// <summary>The difficulty, as the node writes it.</summary>
    public string Difficulty { get; init; } = "1";

    /// <summary>The median time of the eleven blocks that end here, in seconds since 1970.</summary>
    public long MedianTime { get; init; } = Time;

    /// <summary>The header's 80 bytes; null where the merkle root is not known.</summary>
    public byte[]? Header
    {
        get
        {
            if (MerkleRoot is null)
            {
                return null;
            }

            byte[] header = new byte[80];
            BinaryPrimitives.WriteInt32LittleEndian(header, Version);
            Reversed(PreviousHash ?? new string('0', 64)).CopyTo(header, 4);
            Reversed(MerkleRoot).CopyTo(header, 36);
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(68), (uint)Time);
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(72), Bits);
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(76), Nonce);
            return header;
        }
    }

    /// <summary>The whole block; null where the header or a transaction is not known in bytes.</summary>
    public byte[]? Raw => Header is byte[] header && Transactions.All(tx => tx.Raw is not null)
        ? [.. header, .. CompactSize(Transactions.Count), .. Transactions.SelectMany(tx => Convert.FromHexString(tx.Raw!))]
        : null;

    /// <summary>Displayed hashes have their bytes in reverse.</summary>
    internal static byte[] Reversed(string hash)
    {
        byte[] bytes = Convert.FromHexString(hash);
        Array.Reverse(bytes);
        return bytes;
    }

    private static byte[] CompactSize(int count) => count < 0xfd ? [(byte)count] : count <= ushort.MaxValue
        ? [0xfd, (byte)count, (byte)(count >> 8)]
        : [0xfe, (byte)count, (byte)(count >> 8), (byte)(count >> 16), (byte)(count >> 24)];
}
