using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Tests.Decoding;

public class TransactionHasherTests
{
    [SkippableTheory]
    [InlineData("block300025.raw")]
    [InlineData("block413567.raw")]
    [InlineData("block482683.raw")]
    public void ComputeIds_RealBlock_EqualsComputeId(string name)
    {
        byte[] bytes = RealBlocks.Read(name);
        RequireIds(new TransactionHasher(), bytes);
    }

    [Fact]
    public void ComputeIds_BlocksOfAllSizesOneAfterTheOther_EqualsComputeId()
    {
        SplitMix random = new(11);
        TransactionHasher hasher = new();
        foreach (int count in (int[])[1, 300, 2, 5, 6, 7, 15, 16, 17, 600, 3, 33])
        {
            SlowTransaction[] transactions = [.. Enumerable.Range(0, count).Select(_ => RandomTransactions.Next(random))];
            byte[] bytes = SlowBlock.Write(transactions);
            RequireIds(hasher, bytes);
            hasher.Verify(bytes).ShouldBe(bytes.Length);
            hasher[count - 1].ToString().ShouldBe(transactions[^1].Id);
        }
    }

    [Fact]
    public void Verify_AnyByteOutsideTheWitnessFlipped_Throws()
    {
        byte[] segWit = Samples.SegWit;
        SlowTransaction transaction = SlowTransaction.Read(new BinaryReader(new MemoryStream(segWit)));
        byte[] block = SlowBlock.Write([transaction, transaction with { LockTime = 1 }, transaction with { LockTime = 2 }]);
        int start = block.Length - (2 * segWit.Length);
        TransactionHasher hasher = new();
        hasher.Verify(block).ShouldBe(block.Length);
        int witness = Convert.ToHexStringLower(segWit).IndexOf("000247304402", StringComparison.Ordinal) / 2;
        for (int i = 0; i < segWit.Length; i++)
        {
            // The marker and the flag are no part of what is hashed, but without them the rest reads otherwise.
            bool isHashed = i < witness || i >= segWit.Length - 4;
            byte[] flipped = [.. block];
            flipped[start + i] ^= 0x10;
            if (isHashed)
            {
                Should.Throw<BitcoinFormatException>(() => hasher.Verify(flipped), $"byte {i}");
            }
        }

        hasher.Verify(block).ShouldBe(block.Length);
    }

    [SkippableFact]
    public void Verify_AnyByteOfARealTransactionFlipped_Throws()
    {
        byte[] block = RealBlocks.Read("block482683.raw");
        (int start, int length) = FirstWithoutWitness(block);
        TransactionHasher hasher = new();
        for (int i = start; i < start + length; i++)
        {
            block[i] ^= 0x01;
            Should.Throw<BitcoinFormatException>(() => hasher.Verify(block), $"byte {i}");
            block[i] ^= 0x01;
        }

        hasher.Verify(block).ShouldBe(block.Length);
    }

    [Fact]
    public void Verify_WrongRoot_NamesBoth()
    {
        byte[] block = Samples.GenesisBlock;
        block[36] ^= 0xff;
        BitcoinFormatException error = Should.Throw<BitcoinFormatException>(() => new TransactionHasher().Verify(block));
        error.Offset.ShouldBe(36);
        error.Message.ShouldContain("4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda3c4");
        error.Message.ShouldContain("4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b");
    }

    /// <summary>CVE-2012-2459: a tree that has an odd level has the same root with its last transactions repeated.</summary>
    [Theory]
    [InlineData(3, 1)]
    [InlineData(5, 1)]
    [InlineData(6, 2)]
    [InlineData(12, 4)]
    [InlineData(20, 4)]
    [InlineData(461, 1)]
    public void Verify_LastTransactionsRepeatedWithTheSameRoot_Throws(int count, int repeated)
    {
        SplitMix random = new((ulong)count);
        SlowTransaction[] transactions = [.. Enumerable.Range(0, count).Select(_ => RandomTransactions.Next(random))];
        RequireRepeatRefused(transactions, repeated, SlowBlock.Write(transactions));
    }

    [SkippableFact]
    public void Verify_RealBlockWithItsLastFourRepeated_Throws()
    {
        byte[] block = RealBlocks.Read("block482683.raw");
        RequireRepeatRefused([.. SlowBlock.Read(block)], 4, block);
    }

    [Fact]
    public void ComputeMerkleRoot_NoBlockRead_Throws()
    {
        TransactionHasher hasher = new();
        Should.Throw<InvalidOperationException>(() => hasher.ComputeMerkleRoot(new byte[32]));
        hasher.Verify(Samples.GenesisBlock);
        Should.Throw<BitcoinFormatException>(() => hasher.ComputeIds(Samples.GenesisBlock.AsSpan(0, 284)));
        Should.Throw<InvalidOperationException>(() => hasher.ComputeMerkleRoot(new byte[32]));
    }

    private static void RequireRepeatRefused(SlowTransaction[] transactions, int repeated, byte[] block)
    {
        byte[] mutated = SlowBlock.Write([.. transactions, .. transactions[^repeated..]]);
        new BlockHeader(mutated).MerkleRoot.SequenceEqual(new BlockHeader(block).MerkleRoot).ShouldBeTrue("the repeat keeps the root");
        TransactionHasher hasher = new();
        hasher.Verify(block).ShouldBe(block.Length);
        Should.Throw<BitcoinFormatException>(() => hasher.Verify(mutated)).Message.ShouldContain("repeats transactions");
    }

    private static void RequireIds(TransactionHasher hasher, byte[] bytes)
    {
        int length = hasher.ComputeIds(bytes);
        BlockView block = new(bytes);
        int i = 0;
        while (block.Read(out TransactionView transaction))
        {
            hasher[i++].ShouldBe(transaction.ComputeId());
        }

        hasher.Ids.Length.ShouldBe(i * 32);
        length.ShouldBe(block.Offset);
    }

    private static (int Start, int Length) FirstWithoutWitness(byte[] bytes)
    {
        BlockView block = new(bytes);
        int start = block.Offset;
        while (block.Read(out TransactionView transaction))
        {
            if (!transaction.HasWitness && transaction.Bytes.Length < 1000)
            {
                return (start, transaction.Bytes.Length);
            }

            start = block.Offset;
        }

        throw new InvalidDataException("the block has no such transaction");
    }
}
