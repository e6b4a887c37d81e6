using ChainWatch.Graph;
using ChainWatch.Graph.Appending;
using ChainWatch.Tests.Graph.Appending;
using ChainWatch.Watching;

namespace ChainWatch.Tests.Watching;

public class StateCompactionTests
{
    [Fact]
    public void Run_RandomHistories_TheGraphAndWhatItRestsOnAreAsBefore()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        int runs = 0;
        for (int number = 0; number < CaseCount.AppendHistories; number++)
        {
            AppendHistory history = new(number);
            Random random = new(number);
            string file = folder.Write($"{number}.cwg", AppendHistory.Bytes(history.Graph(history.Blocks[0])));
            string plain = folder.Write($"{number}-plain.cwg", AppendHistory.Bytes(history.Graph(history.Blocks[0])));
            GraphAppender appender = GraphAppender.Open(file, new AppendOptions { IsDurable = false });
            using GraphAppender untouched = GraphAppender.Open(plain, new AppendOptions { IsDurable = false });
            for (int block = 0; block < history.Blocks.Length; block++)
            {
                (long from, long below) = (history.Blocks[block], block + 1 < history.Blocks.Length ? history.Blocks[block + 1] : long.MaxValue);
                foreach (GraphAppender graph in new[] { appender, untouched })
                {
                    history.Send(graph, b => b >= from && b < below);
                    graph.Commit([history.Source(from, below)]);
                }

                if (random.Next(3) == 0)
                {
                    appender = new StateCompaction { BlocksKept = random.Next(1, 4) }.Run(appender, file);
                    runs++;
                }

                RequireSame(appender.Graph, untouched.Graph, history, $"case {number}, block {block}");
            }

            appender.Dispose();
            TransferGraph.Verify(file);
            RequireSame(TransferGraph.Open(file), untouched.Graph, history, $"case {number}, opened again");
        }

        runs.ShouldBeGreaterThan(CaseCount.AppendHistories / 2);
    }

    private static void RequireSame(TransferGraph graph, TransferGraph expected, AppendHistory history, string context)
    {
        // The file has an index now: the engine, which the run part names, may be another.
        string Body(TransferGraph described) => history.Describe(described).Split("\"run\"")[0];
        (Body(graph) == Body(expected)).ShouldBeTrue(context);
        graph.Coverage.Gaps.ShouldBe(expected.Coverage.Gaps, context);
        graph.Coverage.Chains.Select(c => c.ContentSha256).ShouldBe(expected.Coverage.Chains.Select(c => c.ContentSha256), context);
        graph.Coverage.Sources.SelectMany(s => s.Windows).ShouldBe(expected.Coverage.Sources.SelectMany(s => s.Windows), context);
        graph.Coverage.Sources.Select(s => (s.Name, s.Rows)).ShouldBe(expected.Coverage.Sources.Select(s => (s.Name, s.Rows)), context);
    }
}
