using ChainWatch.Graph.Building;

namespace ChainWatch.Tests.Graph.Building;

public class NearlySortedTests
{
    [Fact]
    public void FewStrays_AreSorted_OneByOneOrInShortRows()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            TestRow[] rows = [.. Enumerable.Range(0, 2000).Select(i => new TestRow(i / 3, 0, 0, i))];
            for (int stray = 0; stray < seed % 6; stray++)
            {
                // Up to three neighbours that are too small or too large, ascending or not.
                int at = random.Next(2000);
                for (int i = at; i < Math.Min(2000, at + 1 + random.Next(3)); i++)
                {
                    rows[i] = rows[i] with { Block = random.Next(-10, 800) };
                }
            }

            rows = [.. rows.Select((r, i) => r with { Added = i })];
            Order(rows, out TestRow[]? ordered).ShouldBeTrue($"seed {seed}");
            ordered!.SequenceEqual(rows.OrderBy(r => r.Block)).ShouldBeTrue($"seed {seed}");
        }
    }

    [Fact]
    public void ManyStrays_AreLeftToTheSort()
    {
        Random random = new(1);
        Order([.. Enumerable.Range(0, 2000).Select(_ => new TestRow(random.Next(1000), 0, 0, 0))], out _).ShouldBeFalse();
        // Two halves the wrong way round: one descent, and no strays.
        Order([.. Enumerable.Range(0, 2000).Select(i => new TestRow((i + 1000) % 2000, 0, 0, 0))], out _).ShouldBeFalse();
    }

    private static bool Order(TestRow[] rows, out TestRow[]? ordered)
    {
        TestRowOrder order = new(2);
        KeyedIndex[] entries = new KeyedIndex[rows.Length];
        int descents = Enumerable.Range(1, rows.Length - 1).Count(i => order.Compare(rows[i - 1], rows[i]) > 0);
        bool isOrdered = NearlySorted.TryOrder<TestRow, TestRowOrder>(rows, descents, order, entries);
        ordered = isOrdered ? [.. entries.Select(e => rows[e.Index])] : null;
        return isOrdered;
    }
}
