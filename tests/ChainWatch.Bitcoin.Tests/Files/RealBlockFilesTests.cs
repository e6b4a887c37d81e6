using ChainWatch.Bitcoin.Files;
using ChainWatch.TestNodes.Bitcoin;

namespace ChainWatch.Bitcoin.Tests.Files;

public class RealBlockFilesTests
{
    [SkippableFact]
    public void ThreeHundredBlocks_AreRead()
    {
        using CoreFolder core = new(CoreFolder.Mainnet);
        File.Copy(RealBlocks.PathOf("blk00000.dat"), core.BlockFile());
        using BlockFolder folder = BlockFolder.Open(core.Path);

        folder.Chain.ShouldBe(Chain.Bitcoin);
        (folder.Index.FirstHeight, folder.Index.LastHeight, folder.Blocks.Count).ShouldBe((0, 299, 300));
        folder.Blocks[0].Hash.ToString().ShouldBe("000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f");
        folder.Blocks[170].Hash.ToString().ShouldBe("00000000d1145790a8694403d4063f323d499e655c83426834d4ce2f8dd4a2ee");
        folder.Blocks[170].TransactionCount.ShouldBe(2);
        folder.Blocks[170].Time.ShouldBe(new DateTimeOffset(2009, 1, 12, 3, 30, 25, TimeSpan.Zero));
        (folder.Notes.Garbage, folder.Notes.Unfit, folder.Notes.HalfWritten, folder.Index.StaleBlocks, folder.Index.Fragments.Count).ShouldBe((0, 0, 0, 0, 0));

        byte[] buffer = [];
        foreach (BlockLocation block in folder.Blocks)
        {
            byte[] raw = folder.ReadBlock(block, ref buffer).ToArray();
            PlainBlock.HashOf(raw).ShouldBe(block.Hash.ToString());
            PlainBlock.Parse(raw).Transactions.Count.ShouldBe(block.TransactionCount);
        }
    }

    [SkippableFact]
    public void UndoOfRealKeys_GivesTheScriptsBack()
    {
        // Block 170 spends the coinbase of block 9, paid to a whole key: undo data keep its x alone.
        using CoreFolder source = new(CoreFolder.Mainnet);
        File.Copy(RealBlocks.PathOf("blk00000.dat"), source.BlockFile());
        using BlockFolder plain = BlockFolder.Open(source.Path);
        using CoreFolder core = new(CoreFolder.Mainnet, [1, 2, 3, 4, 5, 6, 7, 8]);
        Dictionary<(string, int), (long, byte[], int, bool)> made = [];
        Dictionary<int, IReadOnlyList<IReadOnlyList<(long Value, byte[] Script, int Height, bool Coinbase)>>> expected = [];
        byte[] buffer = [];
        foreach (BlockLocation location in plain.Blocks)
        {
            PlainBlock block = PlainBlock.Parse(plain.ReadBlock(location, ref buffer).ToArray());
            foreach ((PlainTransaction transaction, int position) in block.Transactions.Select((t, i) => (t, i)))
            {
                foreach (((long value, byte[] script), int index) in transaction.Outputs.Select((o, i) => (o, i)))
                {
                    made.Add((transaction.Id, index), (value, script, location.Height, position == 0));
                }
            }

            expected[location.Height] = [.. block.Transactions.Skip(1).Select(t => (IReadOnlyList<(long, byte[], int, bool)>)[.. t.Inputs.Select(i => made[i])])];
            core.AddBlock(block.Raw, location.Height == 0 ? null : expected[location.Height]);
        }

        using BlockFolder folder = BlockFolder.Open(core.Path);
        int spends = 0;
        foreach (BlockLocation location in folder.Blocks)
        {
            folder.TryReadUndo(location, ref buffer, out ReadOnlySpan<byte> undo).ShouldBeTrue();
            ShouldRead(undo, expected[location.Height]);
            spends += expected[location.Height].Count;
        }

        spends.ShouldBeGreaterThan(5);
        (folder.Undo.Absent, folder.Undo.Unmatched, folder.Undo.Notes.First).ShouldBe((0, 0, null));
    }

    [SkippableFact]
    public void Block300025_WithItsUndo_PaysItsFeesExactly()
    {
        PlainBlock block = Block300025.Read();
        IReadOnlyList<IReadOnlyList<(long Value, byte[] Script, int Height, bool Coinbase)>> expected = Block300025.Spent(block);
        using CoreFolder core = new(CoreFolder.Mainnet, [0x11, 0, 0xfe, 9, 200, 31, 7, 77]);
        core.AddBlock(block.Raw, expected);
        using BlockFolder folder = BlockFolder.Open(core.Path);
        BlockLocation location = folder.Blocks.ShouldHaveSingleItem();
        location.Height.ShouldBe(300_025);

        byte[] buffer = [];
        folder.TryReadUndo(location, ref buffer, out ReadOnlySpan<byte> undo).ShouldBeTrue();
        ShouldRead(undo, expected);

        UndoReader reader = new(undo);
        long spent = 0;
        long paid = 0;
        foreach (PlainTransaction transaction in block.Transactions.Skip(1))
        {
            for (int left = reader.NextTransaction(transaction.Inputs.Count); left > 0; left--)
            {
                spent += reader.NextInput().Value;
            }

            paid += transaction.Outputs.Sum(o => o.Value);
        }

        reader.End();
        (spent - paid).ShouldBe(block.Transactions[0].Outputs.Sum(o => o.Value) - 2_500_000_000);
        (spent - paid).ShouldBePositive();
    }

    internal static void ShouldRead(ReadOnlySpan<byte> undo, IReadOnlyList<IReadOnlyList<(long Value, byte[] Script, int Height, bool Coinbase)>> expected)
    {
        byte[] script = new byte[UndoOutput.LongestScript];
        UndoReader reader = new(undo);
        reader.TransactionCount.ShouldBe(expected.Count);
        foreach (IReadOnlyList<(long Value, byte[] Script, int Height, bool Coinbase)> inputs in expected)
        {
            reader.NextTransaction().ShouldBe(inputs.Count);
            foreach ((long value, byte[] bytes, int height, bool coinbase) in inputs)
            {
                UndoOutput output = reader.NextInput();
                (output.Value, output.Height, output.IsCoinbase).ShouldBe((value, height, coinbase));
                script[..output.WriteScript(script)].ShouldBe(bytes);
            }
        }

        reader.End();
    }
}
