using System.Buffers.Binary;
using ChainWatch.Graph;
using ChainWatch.Graph.Files;
using ChainWatch.Graph.Storage;
using ChainWatch.Tests.Tracing;
using ChainWatch.Tests.Tracing.Coins;
using ChainWatch.Tracing;
using ChainWatch.Tracing.Engine;

namespace ChainWatch.Tests.Graph;

public class IndexFileTests(Xunit.Abstractions.ITestOutputHelper output)
{
    [Fact]
    public void SavedWithIndex_IsReadAsItWasMade()
    {
        for (int number = 0; number < 100; number++)
        {
            TransferGraph graph = number % 2 == 0 ? new RandomCase(number).Graph() : new CoinCase(number).Graph();
            GraphFile file = Open(Bytes(graph, withIndex: true));
            GraphVerifier.Verify(file, default);

            LogIndex expected = graph.Chains[0].Adjacency(build: true)!;
            LogIndex read = file.Read().Chains[0].Adjacency(build: false).ShouldNotBeNull();
            Numbers(read).ShouldBe(Numbers(expected), $"case {number}");
            Open(Bytes(graph, withIndex: false)).Read().Chains[0].Adjacency(build: false).ShouldBeNull();
        }
    }

    // Checksums tell damage, and not malice: these files have the right ones.
    [Fact]
    public void IndexWithAnyWrongNumber_IsFoundByVerify_AndNeverCrashesAQuestion()
    {
        int stopped = 0;
        int answered = 0;
        ReachCollector collector = new();
        for (int number = 0; number < 40; number++)
        {
            ChainLog log = (number % 5 == 0 ? Often(number) : number % 2 == 0 ? new RandomCase(number).Graph() : new CoinCase(number).Graph()).Chains[0];
            LogIndex good = log.Adjacency(build: true)!;
            int[] all = Numbers(good);
            Random random = new(number);
            for (int i = 0; i < 200; i++)
            {
                int[] wrong = [.. all];
                int at = random.Next(wrong.Length);
                wrong[at] = random.Next(3) switch
                {
                    0 => wrong[at] + random.Next(1, 4),
                    1 => wrong[at] - random.Next(1, 4),
                    _ => random.Next(int.MinValue, int.MaxValue),
                };
                string which = $"case {number}, number {at} is {wrong[at]} and was {all[at]}";
                LogIndex index = Index(wrong, good);
                Should.Throw<ChainWatchException>(() => new IndexVerifier(log, default).Verify(index), which).Message.ShouldNotContain('\n');
                try
                {
                    Ask(collector, log, index, reversed: i % 2 == 0);
                    answered++;
                }
                catch (ChainWatchException e)
                {
                    e.Message.ShouldNotContain('\n');
                    stopped++;
                }
            }
        }

        output.WriteLine($"8,000 wrong numbers: all found by verify; {stopped} questions stopped, {answered} not");
        stopped.ShouldBeGreaterThan(500);
        answered.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void IndexThatLeavesOneOut_IsFoundByVerify()
    {
        ChainLog log = new Story("1/0 A>B 5\n2/0 A>C 5").Graph.Chains[0];
        LogIndex good = log.Adjacency(build: true)!;
        int payer = log.Entries.SourceOf(0)[0];
        int[] starts = [.. Enumerable.Range(0, log.AddressTable.Length + 1).Select(address => address > payer ? 1 : 0)];
        LogIndex less = good with { Forward = new AdjacencyColumn("x.cwg: the forward index", Column(starts), Column([0])) };

        Should.Throw<ChainWatchException>(() => new IndexVerifier(log, default).Verify(less)).Message
            .ShouldBe("x.cwg: the forward index: 1 of 1 movements stand under addresses; expected all 2 of the log");
    }

    // Each address has so many transfers that its place among them is searched for.
    private static TransferGraph Often(int number)
    {
        Random random = new(number);
        TransferGraphBuilder builder = new();
        for (int block = 0; block < 400; block++)
        {
            builder.Add(new Transfer(new ChainPosition(RandomCase.Chain, block, 0), RandomCase.AddressAt(random.Next(1, 5)), RandomCase.AddressAt(random.Next(1, 5)), RandomCase.Coin, Amount.From(20)));
        }

        return builder.Build();
    }

    private static void Ask(ReachCollector collector, ChainLog log, LogIndex index, bool reversed)
    {
        TraceRequest request = new() { From = [], MaxHops = 4 };
        int[] seeds = [.. Enumerable.Range(0, log.AddressTable.Length)];
        collector.TryCollect(new LaneQuestion(new LaneRules(log, request), seeds, [], reversed, ThroughOpaque: false), index, long.MaxValue, out _);
    }

    private static int[] Numbers(LogIndex index) =>
        [.. Numbers(index.Forward.Starts), .. Numbers(index.Forward.Entries), .. Numbers(index.Backward.Starts), .. Numbers(index.Backward.Entries)];

    private static int[] Numbers(NumberColumn column) => column.Ints(0, column.Count).ToArray();

    private static LogIndex Index(int[] numbers, LogIndex like)
    {
        int at = 0;
        NumberColumn Next(int count) => Column(numbers[at..(at += count)]);
        return new LogIndex(
            new AdjacencyColumn("x.cwg: the forward index", Next(like.Forward.Starts.Count), Next(like.Forward.Entries.Count)),
            new AdjacencyColumn("x.cwg: the backward index", Next(like.Backward.Starts.Count), Next(like.Backward.Entries.Count)));
    }

    private static NumberColumn Column(int[] numbers)
    {
        NativeBlock block = new((long)numbers.Length * sizeof(int));
        for (int i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(block.Span[(i * sizeof(int))..], numbers[i]);
        }

        return new NumberColumn(block, 0, sizeof(int), numbers.Length);
    }

    private static GraphFile Open(byte[] bytes)
    {
        NativeBlock block = new(bytes.Length);
        bytes.CopyTo(block.Span);
        return GraphFile.Open("x.cwg", block);
    }

    private static byte[] Bytes(TransferGraph graph, bool withIndex)
    {
        using MemoryStream stream = new();
        graph.Save(stream, withIndex);
        return stream.ToArray();
    }
}
