using ChainWatch.Bitcoin.Decoding;
using ChainWatch.Tests;

namespace ChainWatch.Bitcoin.Tests.Decoding;

/// <summary>TransactionView beside its slow twin.</summary>
public class TransactionTwinTests
{
    [Fact]
    public void SegWitExample()
    {
        byte[] bytes = Samples.SegWit;
        int offset = 0;
        TransactionView view = TransactionView.Read(bytes, ref offset);
        offset.ShouldBe(bytes.Length);
        view.ComputeId().ToString().ShouldBe(Samples.SegWitId);
        Twin.Difference(view, SlowTransaction.Read(new BinaryReader(new MemoryStream(bytes)))).ShouldBeNull();
    }

    [SkippableTheory]
    [InlineData("block300025.raw")]
    [InlineData("block413567.raw")]
    [InlineData("block482683.raw")]
    public void RealBlock(string name)
    {
        byte[] bytes = RealBlocks.Read(name);
        List<SlowTransaction> slow = SlowBlock.Read(bytes);
        BlockView block = new(bytes);
        block.TransactionCount.ShouldBe(slow.Count);
        for (int i = 0; block.Read(out TransactionView view); i++)
        {
            Require(view, slow[i], i);
        }
    }

    [Fact]
    public void RandomTransactions_AmongOtherBytes()
    {
        SplitMix random = new(2026);
        for (int i = 0; i < CaseCount.DecoderInputs / 50; i++)
        {
            SlowTransaction slow = RandomTransactions.Next(random);
            int before = random.Below(4);
            byte[] bytes = [.. new byte[before], .. slow.Write(withWitness: true), .. new byte[random.Below(4)]];
            int offset = before;
            TransactionView view = TransactionView.Read(bytes, ref offset);
            Require(view, slow, i);
            (offset - before).ShouldBe(view.Bytes.Length);
        }
    }

    [Fact]
    public void RandomTransactionsWithoutInputs_Throw()
    {
        SplitMix random = new(7);
        for (int i = 0; i < 200; i++)
        {
            SlowTransaction slow = RandomTransactions.Next(random) with { Inputs = [], Witness = null };
            byte[] bytes = slow.Write(withWitness: false);
            Refusal.Of(bytes, () => Decode.Transaction(bytes));
        }
    }

    /// <summary>What one refuses the other does too, and what one takes both take alike, to the same end.</summary>
    [Fact]
    public void MutatedTransactions_SameVerdict()
    {
        SplitMix random = new(5);
        int taken = 0;
        int count = CaseCount.DecoderInputs / 50;
        Mutator mutator = new(random);
        for (int i = 0; i < count; i++)
        {
            SlowTransaction original = RandomTransactions.Next(random);
            byte[] bytes = mutator.Mutate(original.Write(withWitness: true), Samples.SegWit).ToArray();
            using BinaryReader reader = new(new MemoryStream(bytes));
            SlowTransaction? slow = null;
            try
            {
                slow = SlowTransaction.Read(reader);
            }
            catch (InvalidDataException)
            {
            }

            if (slow == null)
            {
                Refusal.Of(bytes, () => Decode.Transaction(bytes));
                continue;
            }

            taken++;
            int offset = 0;
            TransactionView view = TransactionView.Read(bytes, ref offset);
            Require(view, slow, i);
            offset.ShouldBe((int)reader.BaseStream.Position);
        }

        taken.ShouldBeInRange(count / 10, count * 9 / 10);
    }

    private static void Require(TransactionView view, SlowTransaction slow, int number)
    {
        if (Twin.Difference(view, slow) is string difference)
        {
            throw new InvalidDataException($"transaction {number}: {difference}; {Convert.ToHexStringLower(view.Bytes)}");
        }
    }
}
