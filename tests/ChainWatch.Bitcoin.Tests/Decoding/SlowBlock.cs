namespace ChainWatch.Bitcoin.Tests.Decoding;

/// <summary>The slow twin of BlockView and TransactionHasher: a list of transactions, and the root of their tree.</summary>
internal static class SlowBlock
{
    private const int HeaderLength = 80;

    public static List<SlowTransaction> Read(byte[] block)
    {
        using BinaryReader reader = new(new MemoryStream(block));
        reader.ReadBytes(HeaderLength);
        ulong count = SlowTransaction.Size(reader);
        List<SlowTransaction> transactions = [];
        for (ulong i = 0; i < count; i++)
        {
            transactions.Add(SlowTransaction.Read(reader));
        }

        return transactions;
    }

    /// <summary>A block of the transactions, with their merkle root in its header. Its work is not enough for any target.</summary>
    public static byte[] Write(IReadOnlyList<SlowTransaction> transactions)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        writer.Write(2);
        writer.Write(new byte[32]);
        writer.Write(MerkleRoot(transactions.Select(transaction => SlowTransaction.Hash(transaction.Write(withWitness: false)))));
        writer.Write(1_400_000_000u);
        writer.Write(0x1d00ffffu);
        writer.Write(0u);
        SlowTransaction.WriteSize(writer, transactions.Count);
        foreach (SlowTransaction transaction in transactions)
        {
            writer.Write(transaction.Write(withWitness: true));
        }

        writer.Flush();
        return stream.ToArray();
    }

    public static byte[] MerkleRoot(IEnumerable<byte[]> hashes)
    {
        List<byte[]> level = [.. hashes];
        while (level.Count > 1)
        {
            level = [.. level.Chunk(2).Select(pair => SlowTransaction.Hash([.. pair[0], .. pair[^1]]))];
        }

        return level[0];
    }
}
