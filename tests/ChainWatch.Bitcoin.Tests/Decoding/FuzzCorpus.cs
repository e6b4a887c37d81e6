using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Tests.Decoding;

/// <summary>What the fuzzing starts from: generated and published data always, real blocks where they are there.</summary>
internal sealed class FuzzCorpus
{
    private const int TransactionLengthMax = 2000;
    private const int SmallLengthMax = 10_000;

    public FuzzCorpus()
    {
        SplitMix random = new(99);
        List<byte[]> transactions = [Samples.Coinbase, Samples.SegWit];
        List<byte[]> blocks = [Samples.GenesisBlock];
        List<SlowTransaction> slow = [];
        for (int i = 0; i < 500; i++)
        {
            SlowTransaction transaction = RandomTransactions.Next(random);
            slow.Add(transaction);
            transactions.Add(transaction.Write(withWitness: true));
        }

        transactions.RemoveAll(transaction => transaction.Length > TransactionLengthMax);
        blocks.AddRange(slow.Chunk(5).Select(SlowBlock.Write).Where(block => block.Length <= SmallLengthMax));
        LargeBlock = SlowBlock.Write(slow);
        if (RealBlocks.TryRead("block300025.raw", out byte[] real))
        {
            AddTransactions(transactions, real);
            LargeBlock = real;
        }

        if (RealBlocks.TryRead("block482683.raw", out byte[] withWitness))
        {
            AddTransactions(transactions, withWitness);
            blocks.Add(withWitness);
        }

        if (RealBlocks.TryRead("blk00000.dat", out byte[] file))
        {
            const int magicAndLength = 8;
            for (int start = 0; start + magicAndLength < file.Length; start += magicAndLength + BitConverter.ToInt32(file, start + 4))
            {
                blocks.Add(file.AsSpan(start + magicAndLength, BitConverter.ToInt32(file, start + 4)).ToArray());
            }
        }

        (Transactions, Blocks) = ([.. transactions], [.. blocks]);
    }

    public byte[][] Transactions { get; }

    public byte[][] Blocks { get; }

    public byte[] LargeBlock { get; }

    private static void AddTransactions(List<byte[]> transactions, byte[] bytes)
    {
        BlockView block = new(bytes);
        while (block.Read(out TransactionView transaction))
        {
            if (transaction.Bytes.Length <= TransactionLengthMax)
            {
                transactions.Add(transaction.Bytes.ToArray());
            }
        }
    }
}
