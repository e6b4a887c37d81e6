using ChainWatch.Bitcoin.Tests.Files;
using ChainWatch.Graph;
using ChainWatch.Sources;
using ChainWatch.TestNodes.Bitcoin;

namespace ChainWatch.Bitcoin.Tests.Source;

/// <summary>What is read of a node's block files, and what their coverage says of it.</summary>
public sealed class BlockFilesTransferSourceTests
{
    [SkippableFact]
    public async Task ThreeHundredRealBlocks_TellTheirSpentOutputsThemselves()
    {
        using CoreFolder core = Real("blk00000.dat");
        (Kept kept, SourceCoverage coverage) = await Kept.OfAsync(new BlockFilesTransferSource(core.Path), 0, 299);

        coverage.Kind.ShouldBe("bitcoin-block-files");
        coverage.Gaps.ShouldBeEmpty();
        ReadWindow window = coverage.Windows.ShouldHaveSingleItem();
        (window.First, window.Last, window.ParentHash).ShouldBe((0, 299, new string('0', 64)));
        coverage.Notes.ShouldBe(["blocks 0 to 299 of bitcoin, each read whole; seen: coin", "7 blocks without undo data: what they spent is told by the outputs at hand"]);
        kept.Movements.Count(m => m.Inputs.Count == 0).ShouldBe(300);
        kept.Movements.Select(m => m.Position.Block).ShouldBeInOrder();
        TransferGraph graph = kept.Graph();
        graph.Coverage.Gaps.ShouldBeEmpty("every spent output is in the files");

        // The first payment between two people: 10 BTC of Satoshi Nakamoto's coinbase of block 9, in block 170.
        Movement first = kept.Movements.First(m => m.Inputs.Count > 0);
        first.Tx.ToString().ShouldBe("f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16");
        first.Position.ShouldBe(new ChainPosition(Chain.Bitcoin, 170, 1));
        first.Inputs.Single().OutPoint.ToString().ShouldBe("0437cd7f8525ceed2324359c2d0ba26006d92d856a9c20fa0241106ee5a597c9:0");
        first.Outputs.Select(o => (o.Owner.ToString(), o.Value)).ShouldBe(
        [
            ("1Q2TWHE3GMdB6BZKafqwxXtWAWgFt5Jvm3", Amount.From(1_000_000_000)),
            ("12cbQLTFMXRnSzktFkuoG3eHoMeFtpTu3S", Amount.From(4_000_000_000)),
        ]);
    }

    [SkippableFact]
    public async Task PartOfTheBlocks_LeavesWhatItSpentFromBefore_AGapOfTheGraph()
    {
        using CoreFolder core = Real("blk00000.dat");
        BlockFilesTransferSource source = new(core.Path);
        (Kept all, _) = await Kept.OfAsync(source, 0, 299);
        (Kept part, SourceCoverage coverage) = await Kept.OfAsync(source, 170, 180);

        part.Text().ShouldBe(string.Join('\n', all.Movements.Where(m => m.Position.Block is >= 170 and <= 180).Select(Kept.Text)));
        coverage.Gaps.ShouldBeEmpty();
        ReadWindow window = coverage.Windows.Single();
        (window.First, window.Last).ShouldBe((170, 180));
        part.Graph().Coverage.Gaps.ShouldHaveSingleItem().Kind.ShouldBe(GapKind.UnknownInputOwner);
    }

    [SkippableFact]
    public async Task Block300025_WithUndoData_KnowsEveryPayer_AndItsFees()
    {
        PlainBlock block = Block300025.Read();
        using CoreFolder core = new(CoreFolder.Mainnet, [0x11, 0, 0xfe, 9, 200, 31, 7, 77]);
        core.AddBlock(block.Raw, Block300025.Spent(block));
        (Kept kept, SourceCoverage coverage) = await Kept.OfAsync(new BlockFilesTransferSource(core.Path), 300_025, 300_025);

        kept.Movements.Count.ShouldBe(461);
        kept.Movements.SelectMany(m => m.Inputs).ShouldAllBe(i => !i.IsUnknown);
        kept.Movements.SelectMany(m => m.Outputs.Select(o => o.Owner)).Where(a => a is not null).ShouldAllBe(a => a!.Value.Chain == Chain.Bitcoin);
        ulong In(Movement m) => m.Inputs.Aggregate(0UL, (sum, i) => sum + (ulong)i.Value.ToBigInteger());
        ulong Out(Movement m) => m.Outputs.Aggregate(0UL, (sum, o) => sum + (ulong)o.Value.ToBigInteger());
        kept.Movements.Skip(1).Where(m => In(m) < Out(m)).ShouldBeEmpty("nobody spends more than there is");
        kept.Movements.Skip(1).Aggregate(0UL, (sum, m) => sum + In(m) - Out(m)).ShouldBe(Out(kept.Movements[0]) - 2_500_000_000, "the miner gets the fees beside 25 BTC");
        coverage.Counts.Where(c => c.Name != "OP_RETURN outputs").ShouldBe([new CoverageCount("bare multisig outputs", 2), new CoverageCount("non-standard outputs", 3)]);
        coverage.Notes.ShouldNotContain(n => n.Contains("undo", StringComparison.Ordinal));
        coverage.Gaps.ShouldBeEmpty("it is the block that was asked for");
    }

    [SkippableFact]
    public async Task Block300025_WithoutUndoData_CountsThePayersThatNobodyKnows()
    {
        PlainBlock block = Block300025.Read();
        using CoreFolder core = new(CoreFolder.Mainnet);
        core.AddBlock(block.Raw);
        (Kept kept, SourceCoverage coverage) = await Kept.OfAsync(new BlockFilesTransferSource(core.Path), 300_025, 300_025);

        coverage.Gaps.ShouldBeEmpty();
        CoverageGap before = new(GapKind.MissingBlocks, "the files hold bitcoin from block 300025 on: what was before is missing", 1);
        (await Kept.OfAsync(new BlockFilesTransferSource(core.Path), 300_000, 300_025)).Coverage.Gaps.ShouldBe([before]);
        (await new BlockFilesTransferSource(core.Path).ReadAsync(TransferQuery.Everything, new Kept())).Single().Gaps.ShouldBe([before]);

        int inside = block.Transactions.Sum(t => t.Inputs.Count(i => block.Transactions.Any(o => o.Id == i.Id)));
        int spends = block.Transactions.Skip(1).Sum(t => t.Inputs.Count);
        kept.Graph().Coverage.Gaps.ShouldHaveSingleItem().ShouldBe(new CoverageGap(GapKind.UnknownInputOwner, "bitcoin: inputs whose owner is not known", spends - inside));
        coverage.Notes.ShouldContain("1 block without undo data: what it spent is told by the outputs at hand");
    }

    [Fact]
    public async Task WhatIsNotOfTheChain_IsLeftOut_AndCounted()
    {
        using CoreFolder core = new();
        List<byte[]> chain = Make(12);
        byte[] lost = PlainBlock.After(chain[10], 11, salt: 9);
        chain.ForEach(b => core.AddBlock(b));
        core.AddBlock(lost);
        core.AddBlock(chain[3]);
        core.Append(core.BlockFile(), [.. CoreFolder.Regtest, .. BitConverter.GetBytes(200), .. chain[5][..100]]);
        (Kept kept, SourceCoverage coverage) = await Kept.OfAsync(new BlockFilesTransferSource(core.Path, Chain.Bitcoin), 0, 12);

        kept.Movements.ShouldAllBe(m => m.Position.Chain == Chain.Bitcoin);
        kept.Movements.Count.ShouldBe(chain.Sum(b => PlainBlock.Parse(b).Transactions.Count));
        kept.Movements.Select(m => m.Tx.ToString()).ShouldBe(chain.SelectMany(b => PlainBlock.Parse(b).Transactions.Select(t => Written(t.Id))));
        coverage.Gaps.ShouldBeEmpty();
        coverage.Notes.ShouldContain("the files are of bitcoin-regtest, taken as bitcoin on the user's word");
        coverage.Notes.ShouldContain("1 block of a branch that lost was left out");
        coverage.Notes.ShouldContain("1 block stands in the files twice and counts once");
        coverage.Notes.ShouldContain("1 half-written block at the end of a file was left out");
    }

    [Fact]
    public async Task ABlockThatIsMissing_AndBlocksNotThereYet_AreGaps()
    {
        using CoreFolder core = new();
        List<byte[]> chain = Make(12);
        chain.Take(7).Concat(chain.Skip(8)).ToList().ForEach(b => core.AddBlock(b));
        (Kept kept, SourceCoverage coverage) = await Kept.OfAsync(new BlockFilesTransferSource(core.Path), 0, 20);

        kept.Movements.Max(m => m.Position.Block).ShouldBe(6);
        coverage.Windows.Single().Last.ShouldBe(6);
        coverage.Gaps.ShouldBe(
        [
            new CoverageGap(GapKind.MissingBlocks, "the files' newest block is 6: the blocks up to 20 are missing", 1),
            new CoverageGap(GapKind.MissingBlocks, $"5 blocks from height 8 on do not hang together with the rest, since block {PlainBlock.HashOf(chain[7])} is not in the files: they were not read", 5),
        ]);
    }

    [Fact]
    public async Task FromABlockOn_IsUpToTheNewest()
    {
        using CoreFolder core = new();
        Make(9).ForEach(b => core.AddBlock(b));
        Kept kept = new();
        SourceCoverage coverage = (await new BlockFilesTransferSource(core.Path).ReadAsync(new TransferQuery { Blocks = BlockWindow.From(4) }, kept)).Single();

        kept.Movements.Select(m => m.Position.Block).Distinct().ShouldBe([4L, 5, 6, 7, 8, 9]);
        coverage.Gaps.ShouldBeEmpty();
    }

    [Fact]
    public async Task BlocksBeforeOrBehindTheFiles_AreNoMovements_AndSaidToBeMissing()
    {
        using CoreFolder core = new();
        Make(3).ForEach(b => core.AddBlock(b));
        (Kept kept, SourceCoverage coverage) = await Kept.OfAsync(new BlockFilesTransferSource(core.Path), 10, 20);

        kept.Movements.ShouldBeEmpty();
        coverage.Windows.ShouldBeEmpty();
        coverage.Rows.ShouldBe(0);
        coverage.Gaps.ShouldHaveSingleItem().Detail.ShouldBe("the files' newest block is 3: the blocks up to 20 are missing");
    }

    [Fact]
    public async Task AQuestionAboutAddresses_IsAnErrorOfOneLine()
    {
        using CoreFolder core = new();
        BlockFilesTransferSource source = new(core.Path);
        TransferQuery ask = new() { Addresses = [] };

        (await Should.ThrowAsync<ChainWatchException>(async () => await source.ReadAsync(ask, new Kept()))).Message
            .ShouldBe($"{core.Path}: block files are read by blocks; expected a question without addresses and transactions");
    }

    [Theory]
    [InlineData(70, "merkle root")]
    [InlineData(100, "merkle root")]
    public async Task ABlockThatWasChanged_IsAnErrorThatNamesThePlace(int back, string expected)
    {
        using CoreFolder core = new();
        List<byte[]> chain = Make(3);
        chain[2] = [.. chain[2]];
        chain[2][^back] ^= 1;
        chain.ForEach(b => core.AddBlock(b));

        string message = (await Should.ThrowAsync<ChainWatchException>(() => Kept.OfAsync(new BlockFilesTransferSource(core.Path), 0, 3))).Message;
        message.ShouldContain("blk00000.dat");
        message.ShouldContain(expected);
        message.ShouldNotContain('\n');
    }

    private static CoreFolder Real(string file)
    {
        string path = RealBlocks.PathOf(file);
        CoreFolder core = new(CoreFolder.Mainnet);
        File.Copy(path, core.BlockFile());
        return core;
    }

    // Ids are written from the last byte to the first.
    private static string Written(string id) => Convert.ToHexStringLower([.. Convert.FromHexString(id).Reverse()]);

    private static List<byte[]> Make(int last)
    {
        List<byte[]> chain = [PlainBlock.RegtestFirst];
        for (int height = 1; height <= last; height++)
        {
            chain.Add(PlainBlock.After(chain[^1], height, 1 + (height % 4)));
        }

        return chain;
    }
}
