using ChainWatch.Benchmarks;
using ChainWatch.Benchmarks.Appending;
using ChainWatch.Graph;
using ChainWatch.Graph.Appending;
using ChainWatch.Graph.Files;
using ChainWatch.Graph.Storage;
using ChainWatch.Sources;

namespace ChainWatch.Tests.Graph.Appending;

public class GraphAppenderTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private static readonly BlockStory _story = new(4);
    private static readonly AppendOptions _options = new() { IsDurable = false };

    [Fact]
    public void KilledWhileItAppends_AnyNumberOfTimes_LosesAndDamagesNothing()
    {
        // The benchmark append-kills does the same.
        int kills = CaseCount.AppendKills;
        using TemporaryFolder folder = TestData.NewFolder();
        (int unfinished, long blocks) = AppendKills.Run(Path.Combine(folder.Path, "killed.cwg"), kills, seed: 7);
        output.WriteLine($"{kills} kills, {unfinished} with something unfinished, {blocks} blocks");
        blocks.ShouldBeGreaterThan(3);
    }

    [Fact]
    public unsafe void CutAtAnyByte_WithAndWithoutGarbageBehind_IsTheLastState()
    {
        byte[] bytes = TwoAppends(out long[] commits);
        string[] contents = Contents();
        Random random = new(1);
        NativeBlock block = new(bytes.Length + 200);
        int cuts = 0;
        for (int length = (int)commits[0]; length <= bytes.Length; length++)
        {
            bytes.AsSpan(0, length).CopyTo(block.Span);
            int garbage = length % 2 == 0 ? 0 : random.Next(1, 200);
            random.NextBytes(block.Span.Slice(length, garbage));
            int state = commits.Count(c => c <= length) - 1;
            bool isUnfinished = commits[state] < length + garbage;
            GraphFile file = GraphFile.Open("cut.cwg", new Prefix(block, length + garbage));
            TransferGraph graph = file.Read();
            graph.Chains.Single().Blocks.Count.ShouldBe(3 + state, $"cut at {length}");
            if (length % 16 < 2)
            {
                graph.Coverage.Chains.Single().ContentSha256.ShouldBe(contents[3 + state], $"cut at {length}");
            }

            graph.Coverage.Gaps.Any(g => g.Kind == GapKind.MissingBlocks).ShouldBe(isUnfinished, $"cut at {length}");
            if (isUnfinished)
            {
                Should.Throw<ChainWatchException>(() => GraphVerifier.Verify(file, default), $"cut at {length}").Message.ShouldContain($"from byte {commits[state]} on, are no finished part");
            }
            else
            {
                GraphVerifier.Verify(file, default);
            }

            cuts++;
        }

        output.WriteLine($"{cuts} lengths of a file of {bytes.Length} bytes");
        cuts.ShouldBeGreaterThan(1_000);
    }

    [Fact]
    public void CutAnywhere_TheNextAppend_GoesOnFromTheLastState()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        byte[] bytes = TwoAppends(out long[] commits);
        Random random = new(2);
        for (int i = 0; i < 100; i++)
        {
            int length = random.Next((int)commits[0], bytes.Length);
            byte[] garbage = new byte[i % 2 == 0 ? 0 : random.Next(1, 5_000)];
            random.NextBytes(garbage);
            string file = folder.Write("cut.cwg", [.. bytes[..length], .. garbage]);
            using (GraphAppender appender = GraphAppender.Open(file, _options))
            {
                for (long next = appender.Graph.Chains.Single().Blocks[^1].Height + 1; next < 5; next++)
                {
                    Append(appender, next);
                }
            }

            TransferGraph.Verify(file);
            File.ReadAllBytes(file).AsSpan().SequenceEqual(bytes).ShouldBeTrue($"cut at {length}: the same bytes as if nothing had happened");
        }
    }

    [Fact]
    public void ByteChanged_AnyOfTheAppended_IsFoundByVerify_AndNothingIsCutOffBehindIt()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        byte[] bytes = TwoAppends(out long[] commits);
        string[] contents = Contents();
        Random random = new(3);
        int refused = 0;
        for (int i = 0; i < 150; i++)
        {
            int at = random.Next((int)commits[0], bytes.Length);
            byte[] changed = [.. bytes];
            changed[at] ^= (byte)random.Next(1, 256);
            string file = folder.Write("changed.cwg", changed);
            Should.Throw<ChainWatchException>(() => TransferGraph.Verify(file), $"byte {at}").Message.ShouldNotContain('\n');
            try
            {
                TransferGraph graph = TransferGraph.Open(file);
                int blocks = graph.Chains.Single().Blocks.Count;
                graph.Coverage.Chains.Single().ContentSha256.ShouldBe(contents[blocks], $"byte {at}");
                graph.Coverage.IsComplete.ShouldBeFalse($"byte {at}");
            }
            catch (ChainWatchException)
            {
                // Told at once: an appended part is read whole.
            }

            if (at < commits[1])
            {
                // The second append stands whole behind it.
                Should.Throw<ChainWatchException>(() => GraphAppender.Open(file, _options).Dispose(), $"byte {at}");
                File.ReadAllBytes(file).ShouldBe(changed);
                refused++;
            }
        }

        refused.ShouldBeGreaterThan(30);
    }

    [Fact]
    public void DiskFull_AtAnyByte_IsAnError_AndTheFileIsAsItWas()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string file = folder.Write("full.cwg", Save(_story.Graph(3)));
        byte[] before = File.ReadAllBytes(file);
        FullDisk? disk = null;
        using GraphAppender appender = GraphAppender.Open(file, _options with { Wrap = inner => disk = new FullDisk(inner) });
        for (long room = 0; ; room += 97)
        {
            disk!.Room = room;
            _story.Send(appender, 3);
            try
            {
                appender.Commit([BlockStory.Source(3)]);
                break;
            }
            catch (ChainWatchException e)
            {
                e.Message.ShouldBe($"{file}: cannot be appended to: the disk is full or the file may not be written; what it held before is as it was");
            }

            appender.Graph.Chains.Single().Blocks.Count.ShouldBe(3);
            File.ReadAllBytes(file).AsSpan().SequenceEqual(before).ShouldBeTrue($"room for {room} bytes");
        }

        disk.Room = long.MaxValue;
        for (long room = 0; ; room += 97)
        {
            disk.Room = room;
            try
            {
                appender.TakeBack(Chain.Ethereum, 3);
                break;
            }
            catch (ChainWatchException)
            {
                appender.Graph.Chains.Single().Blocks.Count.ShouldBe(4);
            }
        }

        disk.Room = long.MaxValue;
        Append(appender, 3);
        TransferGraph.Verify(file);
        TransferGraph.Open(file).Coverage.Chains.Single().ContentSha256.ShouldBe(_story.Graph(4).Coverage.Chains.Single().ContentSha256);
    }

    [Fact]
    public void OpenedWhileAnAppendIsHalfWritten_IsTheStateBefore_AndNothingIsMissing()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string file = folder.Write("chain.cwg", Save(_story.Graph(3)));
        int opened = 0;
        void Look()
        {
            TransferGraph graph = TransferGraph.Open(file);
            (graph.Chains.Single().Blocks.Count, graph.Coverage.IsComplete).ShouldBe((3, true));
            TransferGraph.Verify(file);
            opened++;
        }

        using (GraphAppender appender = GraphAppender.Open(file, _options with { Wrap = inner => new Watched(inner, Look) }))
        {
            Append(appender, 3);
            opened.ShouldBeGreaterThan(5);
            Should.Throw<ChainWatchException>(() => TransferGraph.OpenForAppend(file)).Message.ShouldBe($"{file}: another process appends to it (it holds {file}.lock); expected one at a time");
        }

        TransferGraph.Open(file).Chains.Single().Blocks.Count.ShouldBe(4);
        TransferGraph.OpenForAppend(file).Dispose();
    }

    [Fact]
    public void BlockThatTheFileHolds_IsRefused_AndSoIsTakingBackWhatWasBuilt()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string file = folder.Write("chain.cwg", Save(_story.Graph(3)));
        using GraphAppender appender = GraphAppender.Open(file, _options);
        Should.Throw<ChainWatchException>(() => _story.Send(appender, 2)).Message.ShouldBe($"a transfer in block 2 of ethereum, which {file} holds up to block 2; expected a block above it");
        Should.Throw<ChainWatchException>(() => appender.TakeBack(Chain.Ethereum, 2)).Message.ShouldBe($"{file}: was built with ethereum up to block 2: block 2 cannot be taken back; expected a block that was appended, or the file to be built again");
        Should.Throw<ChainWatchException>(() => appender.TakeBack(Chain.Bitcoin, 2)).Message.ShouldBe($"{file}: holds no transfer of bitcoin: nothing of it can be taken back");

        // Several blocks in one part, of which the upper ones go.
        _story.Send(appender, 3);
        _story.Send(appender, 4);
        _story.Send(appender, 6);
        appender.Commit([BlockStory.Source(3) with { Windows = [new ReadWindow(Chain.Ethereum, 3, 6, "block 2", "block 6")] }]);
        TransferGraph graph = appender.TakeBack(Chain.Ethereum, 5, "block 4");
        graph.Coverage.Chains.Single().ContentSha256.ShouldBe(_story.Graph(5).Coverage.Chains.Single().ContentSha256);
        graph.Coverage.Sources.Single().Windows.ShouldBe([new ReadWindow(Chain.Ethereum, 3, 4, "block 2", "block 4")]);
        GraphFileInfo info = TransferGraph.Describe(file);
        info.Parts.Select(p => (p.IsAppended, p.IsTakenBack, p.Movements)).ShouldBe([(false, false, 12), (false, false, 0), (true, true, 12), (false, false, 0), (true, false, 8), (false, false, 0)]);
    }

    [Fact]
    public void OneTransactionInTwoAppendedBlocks_IsRefused_AndNothingOfItIsAppended()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string file = folder.Write("chain.cwg", Save(_story.Graph(1)));
        using GraphAppender appender = GraphAppender.Open(file, _options);
        TransferGraph before = Append(appender, 1);
        TxId tx = before.Chains[0].TxOf(4)!.Value;
        appender.Add(new Transfer(new ChainPosition(Chain.Ethereum, 2, 7), before.Chains[0].Addresses[0], before.Chains[0].Addresses[1], Asset.Native(Chain.Ethereum), Amount.From(1UL), tx));

        Should.Throw<ChainWatchException>(() => appender.Commit([])).Message.ShouldBe($"tx: {tx.ToString(Chain.Ethereum)} of ethereum 2/7 stands in an earlier block, too, which was appended before; expected one position");
        Append(appender, 2).Coverage.Chains.Single().ContentSha256.ShouldBe(_story.Graph(3).Coverage.Chains.Single().ContentSha256);
    }

    [Fact]
    public void AChainThatWasNotThere_AndBlocksWithoutTransfers_AreAppended()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string file = folder.Write("empty.cwg", Save(new TransferGraphBuilder().Build()));
        using (GraphAppender appender = GraphAppender.Open(file, _options))
        {
            TransferGraph empty = appender.Commit([BlockStory.Source(5)]);
            (empty.Chains.Count, empty.Coverage.Sources.Single().Windows.Single().Last).ShouldBe((0, 5));
            Append(appender, 6);
            appender.TakeBack(Chain.Ethereum, 6).Chains.ShouldBeEmpty();
            Append(appender, 6);
        }

        TransferGraph graph = TransferGraph.Open(file);
        TransferGraph.Verify(file);
        graph.Chains.Single().Blocks.Single().Height.ShouldBe(6);
        graph.Coverage.Sources.Single().Rows.ShouldBe(3);
        Save(graph).Length.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void ColumnInTwoPieces_IsReadPieceByPiece()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string file = folder.Write("chain.cwg", Save(_story.Graph(3)));
        using GraphAppender appender = GraphAppender.Open(file, _options);
        Append(appender, 3);
        NumberColumn sources = Append(appender, 4).Chains.Single().Entries.Sources;
        (sources.BaseCount, sources.Count).ShouldBe((12, 20));
        List<int> read = [];
        for (int i = 0; i < sources.Count;)
        {
            ReadOnlySpan<int> run = sources.IntsFrom(i, sources.Count - i);
            read.AddRange(run);
            i += run.Length;
        }

        read.ShouldBe(Enumerable.Range(0, 20).Select(i => (int)sources[i]));
        sources.IntsFrom(3, 20 - 3).Length.ShouldBe(9);
        sources.Ints(12, 8).Length.ShouldBe(8);
        Should.Throw<InvalidOperationException>(() => sources.Ints(11, 2).Length);
    }

    [Fact]
    public unsafe void HotColumns_OfAFileThatWasAppendedTo_AreOneRun_HoweverTheBaseLiesInItsPages()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        foreach (int blocks in new[] { 1, 400, 1_500 })
        {
            string file = folder.Write("chain.cwg", Save(_story.Graph(blocks)));
            using GraphAppender appender = GraphAppender.Open(file, _options);
            Append(appender, blocks);
            ChainLog log = Append(appender, blocks + 1).Chains.Single();
            HotColumns hot = log.Hot;
            hot.Count.ShouldBe(4 * (blocks + 2));
            for (int i = 0; i < hot.Count; i++)
            {
                (hot.Sources[i], hot.Targets[i]).ShouldBe(((uint)log.Entries.Sources[i], (uint)log.Entries.Targets[i]), $"{i} of {hot.Count}");
            }

            GC.KeepAlive(hot);
            log.Adjacency(build: true).ShouldNotBeNull().Forward.Entries.Count.ShouldBe(hot.Count);
        }
    }

    [Fact]
    public void FileWithAnIndex_IsAppendedTo_AndItsIndexIsAskedNoMore()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        using MemoryStream stream = new();
        _story.Graph(3).Save(stream, withIndex: true);
        string file = folder.Write("chain.cwg", stream.ToArray());
        TransferGraph.Open(file).Chains.Single().Adjacency(build: false).ShouldNotBeNull();
        using (GraphAppender appender = GraphAppender.Open(file, _options))
        {
            appender.Graph.Chains.Single().Adjacency(build: false).ShouldNotBeNull();
            Append(appender, 3).Chains.Single().Adjacency(build: false).ShouldBeNull();
            appender.TakeBack(Chain.Ethereum, 3).Chains.Single().Adjacency(build: false).ShouldNotBeNull();
            Append(appender, 3);
        }

        TransferGraph.Verify(file);
        TransferGraph.Open(file).Chains.Single().Adjacency(build: false).ShouldBeNull();
    }

    private static TransferGraph Append(GraphAppender appender, long block)
    {
        _story.Send(appender, block);
        return appender.Commit([BlockStory.Source(block)]);
    }

    // The hash of the content by number of blocks.
    private static string[] Contents() => [.. Enumerable.Range(0, 6).Select(n => n == 0 ? "" : _story.Graph(n).Coverage.Chains.Single().ContentSha256)];

    private static byte[] Save(TransferGraph graph) => AppendHistory.Bytes(graph);

    // Three blocks built, two appended; the ends of the three commits.
    private static byte[] TwoAppends(out long[] commits)
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string file = folder.Write("chain.cwg", Save(_story.Graph(3)));
        List<long> ends = [new FileInfo(file).Length];
        using (GraphAppender appender = GraphAppender.Open(file, _options))
        {
            Append(appender, 3);
            ends.Add(new FileInfo(file).Length);
            Append(appender, 4);
            ends.Add(new FileInfo(file).Length);
        }

        commits = [.. ends];
        return File.ReadAllBytes(file);
    }

    private sealed unsafe class Prefix : ByteBlock
    {
        private readonly ByteBlock _whole;

        public Prefix(ByteBlock whole, long length)
        {
            _whole = whole;
            Pointer = _whole.Pointer;
            Length = length;
        }
    }
}
