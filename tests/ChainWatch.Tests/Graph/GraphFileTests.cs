using ChainWatch.Graph;
using ChainWatch.Graph.Files;
using ChainWatch.Graph.Storage;
using ChainWatch.Sources;
using ChainWatch.Tests.Collecting;
using ChainWatch.Tests.Graph.Appending;
using ChainWatch.Tests.Tracing;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Graph;

public class GraphFileTests(Xunit.Abstractions.ITestOutputHelper output)
{
    [Fact]
    public void SavedAndOpened_RandomGraphs_AnswerTheSame()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        for (int number = 0; number < 150; number++)
        {
            RandomCase random = new(number);
            TransferGraph graph = random.Graph();
            TransferGraph opened = TransferGraph.Open(folder.Write("case.cwg", Bytes(graph)));

            Csv(Tracer.Trace(opened, random.Request(random.Lists(), Direction.Both))).ShouldBe(Csv(Tracer.Trace(graph, random.Request(random.Lists(), Direction.Both))), $"case {number}");
            Bytes(opened).ShouldBe(Bytes(graph), $"case {number}");
            opened.Coverage.Gaps.ShouldBe(graph.Coverage.Gaps, $"case {number}");
        }
    }

    [Fact]
    public async Task FilesAndEndpoints_AreRememberedAsSuch()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string csv = folder.Write("t.csv", "chain,block,position,time,tx,from,to,asset,value\nethereum,5,0,2024-01-01T00:00:00Z,,0xa000000000000000000000000000000000000001,0xa000000000000000000000000000000000000002,native,5\n");
        TransferGraph graph = await TransferGraph.ReadAsync(new TransferFileSource([csv], declaredComplete: true));
        TransferGraph opened = TransferGraph.Open(folder.Write("case.cwg", Bytes(graph)));

        SourceCoverage source = opened.Coverage.Sources.ShouldHaveSingleItem();
        (source.Name, source.Sha256, source.DeclaredComplete).ShouldBe((csv, graph.Coverage.Sources[0].Sha256, true));
        TraceRequest request = CollectorTests.Ask() with { From = [ChainWatch.Lists.AddressList.Of("x", RandomCase.AddressAt(1))], Window = TraceWindow.All };
        Tracer.Trace(opened, request).Exposures[1].Path[0].Evidence.ShouldBe(EdgeEvidence.Supplied);

        TransferGraph collected = await new ChainWatch.Collecting.Collector(CollectorTests.Line("SABW")).CollectAsync(CollectorTests.Ask());
        SourceCoverage endpoint = TransferGraph.Open(folder.Write("live.cwg", Bytes(collected))).Coverage.Sources.ShouldHaveSingleItem();
        SourceCoverage expected = collected.Coverage.Sources.Single();
        endpoint.Windows.ShouldBe(expected.Windows);
        (endpoint.Endpoint! with { Capabilities = [] }).ShouldBe(expected.Endpoint! with { Capabilities = [] });
        endpoint.Endpoint!.Capabilities.ShouldBe(expected.Endpoint!.Capabilities);
    }

    [Fact]
    public void ChangedAnyByte_IsFoundByVerify_AndNeverMisleadsATrace()
    {
        int stopped = 0;
        int unread = 0;
        const int graphs = 20;
        int mutationsEach = Math.Max(1, CaseCount.FileMutations / graphs);
        for (int number = 0; number < graphs; number++)
        {
            RandomCase random = new(number);
            TransferGraph graph = random.Graph();
            TraceRequest request = random.Request(random.Lists(), Direction.Both);
            string expected = Csv(Tracer.Trace(graph, request));
            byte[] bytes = Bytes(graph, withIndex: true);
            NativeBlock block = new(bytes.Length);
            bytes.CopyTo(block.Span);
            Random mutations = new(number);
            for (int i = 0; i < mutationsEach; i++)
            {
                int at = mutations.Next(bytes.Length);
                block.Span[at] ^= (byte)mutations.Next(1, 256);
                string which = $"case {number}, byte {at} of {bytes.Length}";
                Should.Throw<ChainWatchException>(() => GraphVerifier.Verify(GraphFile.Open("x.cwg", block), default), which).Message.ShouldNotContain('\n');
                try
                {
                    string answer = Csv(Tracer.Trace(GraphFile.Open("x.cwg", block).Read(), request));
                    (answer == expected).ShouldBeTrue(which);
                    unread++;
                }
                catch (ChainWatchException)
                {
                    stopped++;
                }

                block.Span[at] = bytes[at];
            }

            GraphVerifier.Verify(GraphFile.Open("x.cwg", block), default);
        }

        output.WriteLine($"{graphs * mutationsEach} changed bytes: all found by verify; {stopped} traces stopped, {unread} had not read the page and answered as before");
        stopped.ShouldBeGreaterThan(graphs * mutationsEach / 10 * 9);
    }

    [Fact]
    public void Cut_AnyLength_IsAnError_AndMoreBytesAreAGap()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        byte[] bytes = Bytes(new Story("1/0 S>A 5\n2/0 A>B 5\n3/0 A+B>C 5").Graph);
        for (int i = 0; i < bytes.Length; i++)
        {
            NativeBlock cut = new(i);
            bytes.AsSpan(0, i).CopyTo(cut.Span);
            Should.Throw<ChainWatchException>(() => GraphFile.Open("cut.cwg", cut), $"cut at {i}").Message.ShouldStartWith("cut.cwg: ");
        }

        string more = folder.Write("more.cwg", [.. bytes, 0]);
        TransferGraph.Open(more).Coverage.Gaps.ShouldContain(g => g.Detail == $"{more}: the last 1 bytes are no finished part (a writer was stopped, or they were changed): what they would hold is missing");
        Should.Throw<ChainWatchException>(() => TransferGraph.Verify(more)).Message.ShouldBe($"{more}: the last 1 bytes, from byte {bytes.Length} on, are no finished part; expected the file to end with one");
        string whole = folder.Write("whole.cwg", bytes);
        TransferGraph.Open(whole).Chains.Single().MovementCount.ShouldBe(3);
        TransferGraph.Verify(whole);
    }

    [Theory]
    [InlineData("chain,block", "is no graph file; expected one written with --output-graph or graph build")]
    [InlineData("CWGRAPH\n\u0009\0\0\0", "is a graph file of version 9; expected version 2")]
    public void OtherFile_IsAnErrorThatSaysWhat(string contents, string problem)
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string file = folder.Write("x.cwg", System.Text.Encoding.Latin1.GetBytes(contents));

        Should.Throw<ChainWatchException>(() => TransferGraph.Open(file)).Message.ShouldBe($"{file}: {problem}");
    }

    [Fact]
    public void MissingFile_IsAnError() =>
        Should.Throw<ChainWatchException>(() => TransferGraph.Open("nowhere.cwg")).Message.ShouldBe("nowhere.cwg: there is no such file");

    // As Linux needs it to map the file in huge pages.
    [Fact]
    public void LargeGraph_IsWrittenInWholeHugePages()
    {
        TransferGraphBuilder builder = new();
        for (int block = 0; block < 300_000; block++)
        {
            builder.Add(new Transfer(new ChainPosition(RandomCase.Chain, block, 0), RandomCase.AddressAt(1 + (block % 5)), RandomCase.AddressAt(7), RandomCase.Coin, Amount.From(5)));
        }

        TransferGraph graph = builder.Build();
        using MemoryStream written = new();
        List<int> lengths = [];
        graph.Save(new Pieces(written, lengths), withIndex: true);

        lengths.Count.ShouldBeGreaterThan(1);
        lengths[..^1].ShouldAllBe(length => length == HugePages.Size);
        NativeBlock bytes = new(written.Length);
        written.ToArray().CopyTo(bytes.Span);
        GraphFile file = GraphFile.Open("x.cwg", bytes);
        GraphVerifier.Verify(file, default);
        file.Read().Chains[0].MovementCount.ShouldBe(300_000);
    }

    private static byte[] Bytes(TransferGraph graph, bool withIndex = false)
    {
        using MemoryStream stream = new();
        graph.Save(stream, withIndex);
        return stream.ToArray();
    }

    private static string Csv(TraceResult result)
    {
        using StringWriter writer = new();
        ChainWatch.Reporting.Report.WriteCsv(result, writer);
        return writer.ToString();
    }

    private sealed class Pieces(Stream inner, List<int> lengths) : Passing(inner)
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            lengths.Add(buffer.Length);
            base.Write(buffer);
        }
    }
}
