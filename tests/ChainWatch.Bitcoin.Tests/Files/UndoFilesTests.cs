using ChainWatch.Bitcoin.Files;

namespace ChainWatch.Bitcoin.Tests.Files;

public class UndoFilesTests
{
    private static readonly byte[] Key = [9, 8, 7, 0, 5, 4, 3, 2];

    private static readonly List<byte[]> Chain40 = BlockFolderTests.Make(40);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void RecordsInAnotherOrderThanTheBlocks_AreFound(int seed)
    {
        using CoreFolder core = new(key: Key);
        int[] order = [.. Enumerable.Range(1, 40)];
        new Random(seed).Shuffle(order);
        core.AddBlock(Chain40[0]);
        foreach (int i in order)
        {
            core.AddBlock(Chain40[i], file: i % 2);
        }

        new Random(seed + 10).Shuffle(order);
        foreach (int i in order)
        {
            core.AddUndo(Chain40[i], Spent(i), i % 2);
        }

        CoreFolder.Pad(core.UndoFile(), 70_000);
        using BlockFolder folder = BlockFolder.Open(core.Path);
        Heights(folder).ShouldBe(Enumerable.Range(0, 41));
        // Read again, from the end: by many threads.
        Parallel.For(0, 41, i =>
        {
            byte[] buffer = [];
            folder.TryReadUndo(folder.Blocks[40 - i], ref buffer, out _).ShouldBeTrue();
        });
        (folder.Undo.Absent, folder.Undo.Unmatched, folder.Undo.Notes.First).ShouldBe((0, 0, null));
    }

    [Fact]
    public void UndoOfALostBranch_OnTheSameBlock_IsToldApart()
    {
        // The checksum covers the block before: that of a sibling with as many transactions is as good. What it spent cannot pay for the block, though.
        using CoreFolder core = new();
        core.AddBlock(Chain40[0]);
        for (int i = 1; i <= 40; i++)
        {
            core.AddBlock(PlainBlock.After(Chain40[i - 1], i, 1 + (i % 4), salt: 1), Spent(i, less: 1));
            core.AddBlock(Chain40[i], Spent(i));
        }

        core.AddBlock(PlainBlock.After(Chain40[^1], 41, 2), Spent(41));
        using BlockFolder folder = BlockFolder.Open(core.Path);
        folder.Index.StaleBlocks.ShouldBe(40);
        Heights(folder).ShouldBe(Enumerable.Range(0, 42));
    }

    [Fact]
    public void UndoOfALostBranch_ThatCannotBeToldApart_IsNotGuessed()
    {
        using CoreFolder core = new();
        for (int i = 0; i <= 40; i++)
        {
            core.AddBlock(Chain40[i], i > 0 ? Spent(i) : null);
        }

        byte[] twin = PlainBlock.After(Chain40[32], 33, 2, salt: 1);
        core.AddBlock(twin, Spent(33, less: -1));

        // The same outputs spent: whichever record it is says the same.
        core.AddBlock(PlainBlock.After(Chain40[36], 37, 2, salt: 1), Spent(37));
        using BlockFolder folder = BlockFolder.Open(core.Path);
        Heights(folder).ShouldBe(Enumerable.Range(0, 41).Except([33]));
        (folder.Undo.Ambiguous, folder.Undo.Unmatched, folder.Undo.Absent).ShouldBe((1, 0, 0));
    }

    [Fact]
    public void ABrokenChecksum_AndAnAbsentRecord_AreCounted()
    {
        using CoreFolder core = new();
        for (int i = 0; i <= 40; i++)
        {
            core.AddBlock(Chain40[i], file: i > 37 ? 1 : 0);
            if (i is > 0 and <= 37 and not 22)
            {
                core.AddUndo(Chain40[i], Spent(i), breakChecksum: i == 7);
            }
        }

        using BlockFolder folder = BlockFolder.Open(core.Path);

        // 22 has no record, but others have as many transactions as it: by size alone it cannot be told from a broken one.
        Heights(folder).ShouldBe(Enumerable.Range(0, 41).Except([7, 22, 38, 39]));
        (folder.Undo.Unmatched, folder.Undo.Absent).ShouldBe((2, 2));
    }

    [Fact]
    public void UndoCutAtEveryByteOfItsLastRecord_IsNoted_AndTheRestRead()
    {
        using CoreFolder core = new(key: Key);
        for (int i = 0; i <= 5; i++)
        {
            core.AddBlock(Chain40[i], i is > 0 and < 5 ? Spent(i) : null);
        }

        long whole = new FileInfo(core.UndoFile()).Length;
        core.AddUndo(Chain40[5], Spent(5));
        byte[] bytes = File.ReadAllBytes(core.UndoFile());
        for (long cut = whole; cut <= bytes.Length; cut++)
        {
            File.WriteAllBytes(core.UndoFile(), bytes[..(int)cut]);
            using BlockFolder folder = BlockFolder.Open(core.Path);
            bool isWhole = cut == bytes.Length;
            Heights(folder).ShouldBe(Enumerable.Range(0, isWhole ? 6 : 5));
            (folder.Undo.Unmatched, folder.Undo.Notes.HalfWritten, folder.Undo.Notes.Garbage).ShouldBe((isWhole ? 0 : 1, isWhole || cut == whole ? 0 : 1, 0));
        }
    }

    [Fact]
    public void NoUndoFiles_AreAbsent()
    {
        using CoreFolder core = new();
        Chain40.ForEach(b => core.AddBlock(b));
        using BlockFolder folder = BlockFolder.Open(core.Path);
        Heights(folder).ShouldBe(Enumerable.Range(0, 11).Select(i => 4 * i));
        (folder.Undo.Absent, folder.Undo.Unmatched).ShouldBe((30, 0));
    }

    /// <summary>What the transactions of a block of the chain spent: made up, of the value that it pays.</summary>
    private static List<IReadOnlyList<(long Value, byte[] Script, int Height, bool Coinbase)>> Spent(int height, long less = 0)
        => [.. Enumerable.Range(1, height % 4).Select(i => (IReadOnlyList<(long, byte[], int, bool)>)[(5_000_000_000L - less, [0x51, (byte)height], height - 1, i == 1)])];

    /// <summary>The heights that have undo data, each verified against what was written.</summary>
    private static List<int> Heights(BlockFolder folder)
    {
        List<int> heights = [];
        byte[] buffer = [];
        foreach (BlockLocation block in folder.Blocks)
        {
            if (folder.TryReadUndo(block, ref buffer, out ReadOnlySpan<byte> undo))
            {
                RealBlockFilesTests.ShouldRead(undo, Spent(block.Height));
                heights.Add(block.Height);
            }
        }

        return heights;
    }
}
