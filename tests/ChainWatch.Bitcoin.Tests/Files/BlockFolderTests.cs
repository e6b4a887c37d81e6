using ChainWatch.Bitcoin.Decoding;
using ChainWatch.Bitcoin.Files;

namespace ChainWatch.Bitcoin.Tests.Files;

public class BlockFolderTests
{
    // Two bytes of it are the magic's: records may then start with zeros, as the space behind them does.
    private static readonly byte[] Key = [0x5a, 0xfa, 0xbf, 0xb4, 0xda, 0, 0x91, 0xfa];

    // Blocks 0 to 30 of regtest; their numbers of transactions differ.
    private static readonly List<byte[]> Chain30 = Make(30);

    public static TheoryData<bool> Keys => [false, true];

    [Theory]
    [MemberData(nameof(Keys))]
    public void BlocksOutOfOrder_InTwoFiles_AreOneChain(bool hasKey)
    {
        using CoreFolder core = new(key: hasKey ? Key : null);
        int[] order = [.. Enumerable.Range(0, 31)];
        new Random(1).Shuffle(order);
        foreach (int i in order)
        {
            core.AddBlock(Chain30[i], file: i % 3 == 0 ? 7 : 0);
        }

        using BlockFolder folder = BlockFolder.Open(core.Path);
        folder.Chain.ShouldBe(Chain.BitcoinRegtest);
        ShouldBeChain(folder, 0, 30);
        folder.Notes.First.ShouldBeNull();
        (folder.Index.StaleBlocks, folder.Index.DuplicateBlocks, folder.Index.Fragments.Count).ShouldBe((0, 0, 0));
    }

    [Fact]
    public void ABranchThatLost_AndADuplicate_AreCounted()
    {
        using CoreFolder core = new();
        byte[] side = PlainBlock.After(Chain30[10], 11, salt: 5);
        byte[] sideTip = PlainBlock.After(side, 12, salt: 5);
        core.AddBlock(sideTip);
        core.AddBlock(side);
        Add(core, 0, 30);
        core.AddBlock(Chain30[20]);
        core.AddBlock(side, file: 1);

        using BlockFolder folder = BlockFolder.Open(core.Path);
        ShouldBeChain(folder, 0, 30);
        (folder.Index.StaleBlocks, folder.Index.DuplicateBlocks).ShouldBe((2, 2));
    }

    [Fact]
    public void TheBranchWithMoreWork_NotTheLonger_IsTheChain()
    {
        using CoreFolder core = new();
        Add(core, 0, 30);
        byte[] heavy = PlainBlock.After(Chain30[10], 11, bits: 0x1f7fffff);
        core.AddBlock(heavy);

        using BlockFolder folder = BlockFolder.Open(core.Path);
        folder.Index.LastHeight.ShouldBe(11);
        folder.Blocks[11].Hash.ToString().ShouldBe(PlainBlock.HashOf(heavy));
        folder.Index.StaleBlocks.ShouldBe(20);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void OfEqualBranches_TheTipThatComesFirst_IsTheChain(int first)
    {
        using CoreFolder core = new();
        Add(core, 0, 10);
        byte[][] tips = [PlainBlock.After(Chain30[10], 11, salt: 1), PlainBlock.After(Chain30[10], 11, salt: 2)];
        core.AddBlock(tips[first - 1]);
        core.AddBlock(tips[2 - first]);
        using BlockFolder folder = BlockFolder.Open(core.Path);
        folder.Blocks[^1].Hash.ToString().ShouldBe(PlainBlock.HashOf(tips[first - 1]));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void SpaceSetAside_IsNotNoted(bool hasKey)
    {
        using CoreFolder core = new(key: hasKey ? Key : null);
        Add(core, 0, 10);
        CoreFolder.Pad(core.BlockFile(), 200_003);
        Add(core, 11, 12);
        core.Append(core.BlockFile(), new byte[70_001]);
        Add(core, 13, 30, 1);
        CoreFolder.Pad(core.BlockFile(1), 65_536);
        using BlockFolder folder = BlockFolder.Open(core.Path);
        ShouldBeChain(folder, 0, 30);
        folder.Notes.First.ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void GarbageBetweenRecords_IsNoted_AndPassed(bool hasKey)
    {
        // Lengths around that of the chunk that is searched at once: a magic may lie across its end.
        foreach (int length in (int[])[1, 3, 8, 300, 65_532, 65_533, 65_534, 65_535, 65_536, 65_537, 131_070])
        {
            using CoreFolder core = new(key: hasKey ? Key : null);
            Add(core, 0, 5);
            byte[] garbage = new byte[length];
            Array.Fill(garbage, (byte)0x77);
            long at = new FileInfo(core.BlockFile()).Length;
            core.Append(core.BlockFile(), garbage);
            Add(core, 6, 30);
            using BlockFolder folder = BlockFolder.Open(core.Path);
            ShouldBeChain(folder, 0, 30);
            (folder.Notes.Garbage, folder.Notes.Unfit, folder.Notes.HalfWritten).ShouldBe((1, 0, 0));
            folder.Notes.First.ShouldBe($"{core.BlockFile()}: byte {at}: {length} bytes that are no record");
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void ATailCutAtEveryByte_IsNoted_AndTheRestRead(bool hasKey)
    {
        using CoreFolder core = new(key: hasKey ? Key : null);
        Add(core, 0, 4);
        long whole = new FileInfo(core.BlockFile()).Length;
        Add(core, 5, 5);
        byte[] bytes = File.ReadAllBytes(core.BlockFile());
        for (long cut = whole; cut <= bytes.Length; cut++)
        {
            File.WriteAllBytes(core.BlockFile(), bytes[..(int)cut]);
            using BlockFolder folder = BlockFolder.Open(core.Path);
            ShouldBeChain(folder, 0, cut == bytes.Length ? 5 : 4);
            (folder.Notes.HalfWritten, folder.Notes.Garbage, folder.Notes.Unfit).ShouldBe((cut > whole && cut < bytes.Length ? 1 : 0, 0, 0));
        }
    }

    [Fact]
    public void ATailThatEndsInZeros_WithinTheSpaceSetAside_IsNoted()
    {
        using CoreFolder core = new();
        Add(core, 0, 4);
        long whole = new FileInfo(core.BlockFile()).Length;
        Add(core, 5, 5);
        byte[] bytes = File.ReadAllBytes(core.BlockFile());

        // The block's last five bytes are an operation and a lock time of zero: from there on nothing is lost.
        for (int written = (int)whole + 8 + 80 + 1 + 60; written < bytes.Length - 4; written++)
        {
            byte[] cut = [.. bytes[..written], .. new byte[bytes.Length - written + 1_000]];
            File.WriteAllBytes(core.BlockFile(), cut);
            using BlockFolder folder = BlockFolder.Open(core.Path);
            ShouldBeChain(folder, 0, 4);
            folder.Notes.HalfWritten.ShouldBe(1);
            folder.Notes.First.ShouldBe($"{core.BlockFile()}: byte {whole}: a record that was not written to its end");
        }
    }

    [Fact]
    public void ABlockThatIsMissing_LeavesTwoParts_OfWhichTheHeavierIsTheChain()
    {
        using CoreFolder core = new();
        Add(core, 0, 9);
        Add(core, 11, 30);
        using BlockFolder folder = BlockFolder.Open(core.Path);
        ShouldBeChain(folder, 11, 30);
        folder.Index.Fragments.ShouldHaveSingleItem().ShouldBe(new BlockFragment(10, 0, 9, default));

        using CoreFolder other = new();
        Add(other, 0, 24);
        Add(other, 26, 30);
        using BlockFolder second = BlockFolder.Open(other.Path);
        ShouldBeChain(second, 0, 24);
        second.Index.Fragments.ShouldHaveSingleItem().ShouldBe(new BlockFragment(5, 26, 30, TxId.Parse(PlainBlock.HashOf(Chain30[25]))));
    }

    [Fact]
    public void ALostBranchWithoutItsBeginning_IsStale_NotAFragment()
    {
        using CoreFolder core = new();
        Add(core, 0, 30);
        byte[] missing = PlainBlock.After(Chain30[10], 11, salt: 9);
        core.AddBlock(PlainBlock.After(missing, 12, salt: 9));
        using BlockFolder folder = BlockFolder.Open(core.Path);
        ShouldBeChain(folder, 0, 30);
        (folder.Index.StaleBlocks, folder.Index.Fragments.Count).ShouldBe((1, 0));
    }

    [Fact]
    public void APrunedFolder_TakesItsHeightsFromTheBlocks()
    {
        using CoreFolder core = new();
        Add(core, 12, 30, 3);
        using BlockFolder folder = BlockFolder.Open(core.Path);
        ShouldBeChain(folder, 12, 30);
    }

    [Fact]
    public void APrunedFolder_WithOneBlockThatStatesAnotherHeight_KeepsToTheMany()
    {
        using CoreFolder core = new();
        byte[] liar = PlainBlock.After(Chain30[11], 4_000, salt: 3);
        byte[] next = PlainBlock.After(liar, 13);
        core.AddBlock(liar);
        core.AddBlock(next);
        core.AddBlock(PlainBlock.After(next, 14));
        using BlockFolder folder = BlockFolder.Open(core.Path);
        (folder.Index.FirstHeight, folder.Index.LastHeight).ShouldBe((12, 14));
    }

    [Fact]
    public void BlocksWithoutHeights_AreAnError_ThatSaysWhatToGive()
    {
        using CoreFolder core = new();
        byte[] first = PlainBlock.After(Chain30[11], 12, statesHeight: false);
        core.AddBlock(first);
        core.AddBlock(PlainBlock.After(first, 13, statesHeight: false));
        ChainWatchException error = Should.Throw<ChainWatchException>(() => BlockFolder.Open(core.Path));
        error.Message.ShouldBe(
            $"{core.Path}: the 2 blocks from {PlainBlock.HashOf(first)} on do not state their heights (BIP 34) and do not start at block 0; "
            + "expected the files from blk00000.dat on, or some of blocks after 227,931");
    }

    [Fact]
    public void TwoNetworks_InOneFolder_AreAnError_ThatNamesFileAndOffset()
    {
        using CoreFolder core = new();
        Add(core, 0, 3);
        long at = new FileInfo(core.BlockFile()).Length;
        core.Magic = CoreFolder.Mainnet;
        core.AddBlock(PlainBlock.MainnetFirst);
        Should.Throw<ChainWatchException>(() => BlockFolder.Open(core.Path)).Message
            .ShouldBe($"{core.BlockFile()}: byte {at}: a block of bitcoin; expected bitcoin-regtest, as in the blocks before it");
    }

    [Fact]
    public void ABlockThatMissesItsTarget_IsCounted_AndPassed()
    {
        using CoreFolder core = new(CoreFolder.Mainnet);
        byte[] changed = [.. PlainBlock.MainnetFirst];
        changed[68]++;
        core.AddBlock(changed);
        core.AddBlock(PlainBlock.MainnetFirst);
        // Meets its own target, which is far easier than any of mainnet's.
        core.AddBlock(Mined(PlainBlock.After(PlainBlock.MainnetFirst, 1)));
        using BlockFolder folder = BlockFolder.Open(core.Path);
        folder.Blocks.ShouldHaveSingleItem().Hash.ToString().ShouldBe(PlainBlock.HashOf(PlainBlock.MainnetFirst));
        (folder.Notes.Unfit, folder.Notes.Garbage).ShouldBe((2, 0));
        folder.Notes.First.ShouldBe($"{core.BlockFile()}: byte 0: block {PlainBlock.HashOf(changed)} does not meet its own target 1d00ffff");
    }

    [Theory]
    [InlineData(80)]
    [InlineData(4_000_001)]
    [InlineData(-1)]
    public void ALengthThatNoBlockHas_IsCounted_AndPassed(int length)
    {
        using CoreFolder core = new();
        Add(core, 0, 3);
        core.Append(core.BlockFile(), [.. CoreFolder.Regtest, .. BitConverter.GetBytes(length), 1, 2, 3]);
        Add(core, 4, 30);
        using BlockFolder folder = BlockFolder.Open(core.Path);
        ShouldBeChain(folder, 0, 30);
        (folder.Notes.Unfit, folder.Notes.Garbage, folder.Notes.HalfWritten).ShouldBe((1, 0, 0));
    }

    [Fact]
    public void WhatIsNoBlockFolder_IsSaid()
    {
        using CoreFolder core = new();
        Message(Path.Combine(core.Path, "none")).ShouldContain("none: no such folder; expected the blocks folder of a Bitcoin node");
        Message(core.Path).ShouldBe($"{core.Path}: no file blk00000.dat or the like; expected the blocks folder of a Bitcoin node");
        core.Magic = [1, 2, 3, 4];
        core.AddBlock(Chain30[0]);
        Message(core.Path).ShouldStartWith($"{core.BlockFile()}: no block of a known network in this folder (1 files, 0 unfit records; this one starts with '01020304'); expected f9beb4d9 (bitcoin), ");

        static string Message(string path) => Should.Throw<ChainWatchException>(() => BlockFolder.Open(path)).Message;
    }

    [Fact]
    public void ABlockThatChangedSince_IsAnError()
    {
        using CoreFolder core = new();
        Add(core, 0, 3);
        using BlockFolder folder = BlockFolder.Open(core.Path);
        byte[] bytes = File.ReadAllBytes(core.BlockFile());
        bytes[^200] ^= 1;
        bytes[folder.Blocks[3].Offset + 70] ^= 1;
        File.WriteAllBytes(core.BlockFile(), bytes);
        byte[] buffer = [];
        Should.Throw<BitcoinFormatException>(() => folder.ReadBlock(folder.Blocks[3], ref buffer)).Message
            .ShouldBe($"{core.BlockFile()}: byte {folder.Blocks[3].Offset}: block 3 is no longer here; expected files that stay as they are");
    }

    [Fact]
    public void MoreFilesThanAreKeptOpen_AreReadByManyThreads()
    {
        using CoreFolder core = new(key: Key);
        List<byte[]> chain = Make(200);
        for (int i = 0; i < chain.Count; i++)
        {
            core.AddBlock(chain[i], file: i);
        }

        using BlockFolder folder = BlockFolder.Open(core.Path);
        Parallel.For(0, 1_000, i =>
        {
            byte[] buffer = [];
            int height = i * 37 % 201;
            folder.ReadBlock(folder.Blocks[height], ref buffer).SequenceEqual(chain[height]).ShouldBeTrue();
        });
    }

    [Fact]
    public void Open_ThatIsCancelled_Ends()
    {
        using CoreFolder core = new();
        Add(core, 0, 3);
        Should.Throw<OperationCanceledException>(() => BlockFolder.Open(core.Path, new CancellationToken(canceled: true)));
    }

    internal static List<byte[]> Make(int last)
    {
        List<byte[]> chain = [PlainBlock.RegtestFirst];
        for (int height = 1; height <= last; height++)
        {
            chain.Add(PlainBlock.After(chain[^1], height, 1 + (height % 4)));
        }

        return chain;
    }

    private static void Add(CoreFolder core, int first, int last, int file = 0)
    {
        for (int i = first; i <= last; i++)
        {
            core.AddBlock(Chain30[i], file: file);
        }
    }

    private static byte[] Mined(byte[] block)
    {
        while (!PlainBlock.HashOf(block).StartsWith("00", StringComparison.Ordinal))
        {
            block[76]++;
            block[77] += (byte)(block[76] == 0 ? 1 : 0);
        }

        return block;
    }

    private static void ShouldBeChain(BlockFolder folder, int first, int last)
    {
        (folder.Index.FirstHeight, folder.Index.LastHeight).ShouldBe((first, last));
        byte[] buffer = [];
        int height = first;
        foreach (BlockLocation block in folder.Blocks)
        {
            block.Height.ShouldBe(height);
            block.TransactionCount.ShouldBe(height == 0 ? 1 : 1 + (height % 4));
            folder.ReadBlock(block, ref buffer).ToArray().ShouldBe(Chain30[height]);
            block.Hash.ToString().ShouldBe(PlainBlock.HashOf(Chain30[height]));
            block.PreviousHash.ToString().ShouldBe(height == 0 ? new string('0', 64) : PlainBlock.HashOf(Chain30[height - 1]));
            height++;
        }
    }
}
