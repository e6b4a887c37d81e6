using System.Buffers.Binary;
using System.Numerics;
using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Files;

/// <summary>The first bytes of a block: its header, the count of transactions, and the start of its coinbase.</summary>
internal static class BlockHead
{
    /// <summary>A header and a count.</summary>
    public const int ShortestBlock = BlockHeader.Length + 1;

    /// <summary>No block of a serialized size above its weight limit exists (BIP 141).</summary>
    public const int LongestBlock = 4_000_000;

    /// <summary>The bytes that are enough: header 80, count 9, version 4, marker 2, inputs 1, outpoint 36, length 1, script 100 at most.</summary>
    public const int Needed = 80 + 9 + 4 + 2 + 1 + 36 + 1 + 100;

    // A transaction has at least 60 bytes: version 4, inputs 1, input 41, outputs 1, output 9, lock time 4.
    private const int ShortestTransaction = 60;

    /// <summary>The hash of a block by its header.</summary>
    public static TxId Hash(ReadOnlySpan<byte> header)
    {
        Span<byte> hash = stackalloc byte[32];
        new BlockHeader(header).ComputeHash(hash);
        hash.Reverse();
        return TxId.FromBytes(hash);
    }

    /// <summary>Reads the start of a block; says what is wrong where it cannot be one of this network.</summary>
    /// <param name="head">Its first bytes: <see cref="Needed"/>, or all.</param>
    /// <param name="network">The network.</param>
    /// <param name="place">The file, the offset of the block in it, and its length.</param>
    /// <param name="record">The block.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Read(ReadOnlySpan<byte> head, BitcoinNetwork network, (int File, long Offset, int Length) place, out BlockRecord record)
    {
        record = default;
        if (head.Length < ShortestBlock)
        {
            return "a block of fewer than 81 bytes";
        }

        BlockHeader header = new(head);
        TxId hash = Hash(head);
        if (!MeetsTarget(hash, header.Bits, network))
        {
            return $"block {hash} does not meet its own target {header.Bits:x8}";
        }

        int at = BlockHeader.Length;
        ulong count;
        try
        {
            count = CompactSize.Read(head, ref at, "count of transactions");
        }
        catch (BitcoinFormatException e)
        {
            return e.Message;
        }

        if (count == 0 || count > (ulong)((place.Length - at) / ShortestTransaction))
        {
            return $"block {hash} states {count} transactions; expected 1 or more that fit its {place.Length} bytes";
        }

        if (!TryReadCoinbase(head[at..], out ReadOnlySpan<byte> script))
        {
            return $"block {hash} does not start with a coinbase";
        }

        Span<byte> previous = stackalloc byte[32];
        header.PreviousHash.CopyTo(previous);
        previous.Reverse();
        record = new BlockRecord(
            hash, TxId.FromBytes(previous), place.Offset, place.File, place.Length, BinaryPrimitives.ReadUInt32LittleEndian(head[68..]), header.Bits,
            (int)count, header.Version >= 2 ? StatedHeight(script) : -1);
        return null;
    }

    private static bool MeetsTarget(TxId hash, uint bits, BitcoinNetwork network)
    {
        BigInteger target = ProofOfWork.Target(bits);
        if (target.IsZero || !network.ChecksWork)
        {
            return !target.IsZero;
        }

        Span<byte> bytes = stackalloc byte[32];
        hash.CopyBytes(bytes);
        return target <= network.EasiestTarget && new BigInteger(bytes, isUnsigned: true, isBigEndian: true) <= target;
    }

    /// <summary>The script of the one input of a coinbase; false where the transaction is none.</summary>
    private static bool TryReadCoinbase(ReadOnlySpan<byte> transaction, out ReadOnlySpan<byte> script)
    {
        script = default;
        if (transaction.Length < 6)
        {
            return false;
        }

        bool hasWitness = transaction[4] == 0 && transaction[5] == 1;
        ReadOnlySpan<byte> inputs = transaction[(hasWitness ? 6 : 4)..];
        const int OutPointEnd = 1 + 36;
        if (inputs.Length <= OutPointEnd || inputs[0] != 1 || inputs[1..33].ContainsAnyExcept((byte)0) || inputs[33..OutPointEnd].ContainsAnyExcept((byte)0xff))
        {
            return false;
        }

        int length = inputs[OutPointEnd];
        if (length > 100 || inputs.Length < OutPointEnd + 1 + length)
        {
            return false;
        }

        script = inputs.Slice(OutPointEnd + 1, length);
        return true;
    }

    /// <summary>The number at the start of the script as BIP 34 writes it, or -1.</summary>
    private static int StatedHeight(ReadOnlySpan<byte> script)
    {
        if (script.IsEmpty)
        {
            return -1;
        }

        // Heights 1 to 16 are written as one operation (OP_1 = 0x51).
        if (script[0] is >= 0x51 and <= 0x60)
        {
            return script[0] - 0x50;
        }

        int length = script[0];
        if (length is 0 or > 4 || script.Length < 1 + length || script[length] > 0x7f)
        {
            return -1;
        }

        // Written as briefly as the sign bit allows; anything else is not a height but a coincidence.
        if (script[length] == 0 && (length == 1 || script[length - 1] <= 0x7f))
        {
            return -1;
        }

        int height = 0;
        for (int i = length; i > 0; i--)
        {
            height = (height << 8) | script[i];
        }

        return height > 16 ? height : -1;
    }
}
