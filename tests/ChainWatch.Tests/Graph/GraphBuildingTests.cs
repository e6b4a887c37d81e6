using ChainWatch.Graph;
using ChainWatch.Sources;
using ChainWatch.Tests.Graph.Twin;

namespace ChainWatch.Tests.Graph;

/// <summary>The builder against a plain one: the same bytes, or the same error.</summary>
public class GraphBuildingTests(Xunit.Abstractions.ITestOutputHelper output)
{
    [Fact]
    public void Graph_IsThatOfThePlainBuilder_WithAnyMemory_InAnyOrder()
    {
        int errors = 0;
        using TemporaryFolder folder = TestData.NewFolder();
        for (int seed = 0; seed < 150; seed++)
        {
            RandomMovements movements = new(seed);
            SlowGraphBuilder slow = new();
            movements.Rows.ForEach(row => row(slow));
            slow.Add(movements.Coverages);
            TransferGraph? graph = null;
            string expected = Outcome(() => graph = slow.Build(), isSameOrder: true);
            string inAnyOrder = Outcome(() => graph ?? throw new ChainWatchException("refused"), isSameOrder: false);
            errors += graph is null ? 1 : 0;

            Random random = new(seed);
            Action<ITransferSink>[] rows = [.. movements.Rows];
            for (int round = 0; round < 3; round++)
            {
                GraphBuildOptions options = new()
                {
                    MemoryBytesMax = random.Next(3) == 0 ? null : 1L << random.Next(0, 24),
                    TemporaryFolder = folder.Path,
                    Threads = random.Next(1, 4),
                };
                using TransferGraphBuilder builder = new(options);
                foreach (Action<ITransferSink> row in rows)
                {
                    row(builder);
                }

                builder.Add(movements.Coverages);
                Outcome(builder.Build, round == 0).ShouldBe(round == 0 ? expected : inAnyOrder, $"seed {seed}, round {round}, {options}");
                random.Shuffle(rows);
            }
        }

        Directory.EnumerateFileSystemEntries(folder.Path).ShouldBeEmpty();
        output.WriteLine($"{errors} of 150 were refused");
        errors.ShouldBeInRange(3, 100);
    }

    // A hash; or the error, which names rows.
    private static string Outcome(Func<TransferGraph> build, bool isSameOrder)
    {
        try
        {
            TransferGraph graph = build();
            if (!isSameOrder)
            {
                // Which file comes first decides where a repeated row is counted.
                SourceCoverage all = new() { Name = "all", Kind = "test", DuplicateRows = graph.Coverage.Sources.Sum(s => s.DuplicateRows) };
                graph = new TransferGraph(graph.Chains, graph.Coverage with { Sources = [all] });
            }

            using MemoryStream stream = new();
            graph.Save(stream);
            return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(stream.ToArray()));
        }
        catch (ChainWatchException e)
        {
            return isSameOrder ? e.Message : "refused: it contradicts itself";
        }
    }
}
