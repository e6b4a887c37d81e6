using ChainWatch.Graph;
using ChainWatch.Graph.Appending;

namespace ChainWatch.Tests.Graph.Appending;

/// <summary>What was appended to a file is what a file built of the same movements holds.</summary>
public class GraphAppenderPropertyTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private static readonly AppendOptions _options = new() { IsDurable = false };

    [Fact]
    public void Appended_RandomHistories_SplitAnywhere_AreAsBuiltAtOnce()
    {
        int histories = CaseCount.AppendHistories;
        using TemporaryFolder folder = TestData.NewFolder();
        int appends = 0, reopened = 0, takenBack = 0;
        for (int number = 0; number < histories; number++)
        {
            AppendHistory history = new(number);
            Random random = new(number);
            int start = random.Next(history.Blocks.Length);
            string file = folder.Write("case.cwg", AppendHistory.Bytes(history.Graph(history.Blocks[start])));
            GraphAppender appender = GraphAppender.Open(file, _options);
            List<(TransferGraph Graph, long Below)> states = [];
            int next = start;
            while (next < history.Blocks.Length)
            {
                if (random.Next(4) == 0)
                {
                    appender.Dispose();
                    appender = GraphAppender.Open(file, _options);
                    reopened++;
                }

                if (next > start && random.Next(2) == 0)
                {
                    // A reorganisation: other blocks come, which here are the same again.
                    next = random.Next(start, next);
                    appender.TakeBack(history.Chain, history.Blocks[next], $"block {history.Blocks[next] - 1}");
                    states.Add((appender.Graph, history.Blocks[next]));
                    takenBack++;
                }

                int end = random.Next(next, history.Blocks.Length) + 1;
                (long from, long below) = (history.Blocks[next], end < history.Blocks.Length ? history.Blocks[end] : long.MaxValue);
                history.Send(appender, b => b >= from && b < below);
                TransferGraph graph = appender.Commit([history.Source(from, below)]);
                states.Add((graph, below));
                appends++;
                next = end;
            }

            appender.Dispose();
            states.Add((TransferGraph.Open(file), long.MaxValue));
            TransferGraph.Verify(file);
            // Those that were handed out before stay as they were.
            foreach ((TransferGraph graph, long below) in states)
            {
                TransferGraph expected = history.Graph(below);
                Contents(graph).ShouldBe(Contents(expected), $"case {number}, blocks below {below}");
                graph.Coverage.Gaps.ShouldBe(expected.Coverage.Gaps, $"case {number}, blocks below {below}");
                if (graph != states[number % states.Count].Graph)
                {
                    continue;
                }

                (history.Describe(graph) == history.Describe(expected)).ShouldBeTrue($"case {number}, blocks below {below} of {states.Count} states:\n{Difference(history.Describe(graph), history.Describe(expected))}");
                graph.Coverage.Chains.Select(c => c with { Kinds = [] }).Select(c => c.ToString()).ShouldBe(expected.Coverage.Chains.Select(c => (c with { Kinds = [] }).ToString()), $"case {number}");
            }

            byte[] compact = AppendHistory.Bytes(states[^1].Graph);
            string rewritten = folder.Write("compact.cwg", compact);
            TransferGraph.Open(rewritten).Chains.ShouldAllBe(c => !c.Columns.HasAppended);
            int shared = compact.Length - 1024;
            compact.AsSpan(0, shared).SequenceEqual(AppendHistory.Bytes(history.Graph(long.MaxValue)).AsSpan(0, shared)).ShouldBeTrue($"case {number}: a compact file is that of the same movements");
        }

        output.WriteLine($"{histories} histories, {appends} appends, {reopened} reopened, {takenBack} taken back: all as built at once");
        takenBack.ShouldBeGreaterThan(histories / 10);
    }

    private static string Contents(TransferGraph graph) => string.Join(' ', graph.Coverage.Chains.Select(c => $"{c.Chain} {c.ContentSha256} {c.Movements} {c.Addresses}"));

    private static string Difference(string found, string expected)
    {
        string[] x = found.Split('\n'), y = expected.Split('\n');
        int at = Enumerable.Range(0, Math.Min(x.Length, y.Length)).FirstOrDefault(i => x[i] != y[i], Math.Min(x.Length, y.Length) - 1);
        return $"line {at}\n{x[at]}\n{y[at]}";
    }
}
