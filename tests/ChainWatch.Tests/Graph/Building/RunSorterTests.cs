using ChainWatch.Graph.Building;

namespace ChainWatch.Tests.Graph.Building;

public class RunSorterTests
{
    [Fact]
    public void Rows_AreThoseOfAStableSort_WhateverTheMemoryTheThreadsAndTheKey()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        int spilled = 0;
        int manyRuns = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            Random random = new(seed);
            TestRow[] rows = RowsOf(random, seed % 7, random.Next(seed % 40 == 0 ? 20_000 : 1200));
            long memory = RunSorter<TestRow, TestRowOrder>.MemoryMin * (seed % 3 == 0 || seed % 40 == 0 ? 1 : random.Next(1, 30));
            using RunSorter<TestRow, TestRowOrder> sorter = new(new TestRowOrder(seed % 3), memory, folder.Path, 1 + (seed % 4), CancellationToken.None);
            sorter.Add(rows.AsSpan(0, rows.Length / 2));
            foreach (TestRow row in rows.AsSpan(rows.Length / 2))
            {
                sorter.Add(row);
            }

            spilled += sorter.Runs > 0 ? 1 : 0;
            manyRuns += sorter.Runs > 100 ? 1 : 0;
            sorter.Count.ShouldBe(rows.Length);
            Merged(sorter).SequenceEqual(Twin(rows)).ShouldBeTrue($"seed {seed}");
            Directory.EnumerateFileSystemEntries(folder.Path).ShouldBeEmpty();
        }

        spilled.ShouldBeGreaterThan(100);
        manyRuns.ShouldBeGreaterThan(3, "more runs than are merged at once");
    }

    // Large enough that several threads deal rows into buckets.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void ManyRows_InMemoryAndSpilled_AreAlike(int shape)
    {
        using TemporaryFolder folder = TestData.NewFolder();
        TestRow[] rows = RowsOf(new Random(shape), shape, 50_000);
        TestRow[] expected = [.. Twin(rows)];
        foreach ((long memory, int threads, int held) in new[] { (1L << 22, 3, 2), (1L << 19, 2, 1), (1L << 22, 1, 2) })
        {
            using RunSorter<TestRow, TestRowOrder> sorter = new(new TestRowOrder(held), memory, folder.Path, threads, CancellationToken.None);
            sorter.Add(rows);
            (sorter.Runs > 0).ShouldBe(memory == 1L << 19);
            Merged(sorter).SequenceEqual(expected).ShouldBeTrue($"{memory} {threads} {held}");
        }
    }

    [Theory]
    [InlineData(1 << 10)]
    [InlineData(1 << 20)]
    public void Merge_WhoseSinkThrows_PassesItOn_AndLeavesNoFile(int factor)
    {
        using TemporaryFolder folder = TestData.NewFolder();
        using RunSorter<TestRow, TestRowOrder> sorter = new(new TestRowOrder(2), RunSorter<TestRow, TestRowOrder>.MemoryMin + factor, folder.Path, 2, CancellationToken.None);
        sorter.Add(RowsOf(new Random(1), 0, 5000));

        Should.Throw<InvalidDataException>(() => sorter.Merge(_ => throw new InvalidDataException("full")));

        Directory.EnumerateFileSystemEntries(folder.Path).ShouldBeEmpty();
        Should.Throw<ObjectDisposedException>(() => sorter.Merge(_ => { }));
    }

    [Theory]
    [InlineData(1 << 10)]
    [InlineData(1 << 20)]
    public void Merge_CancelledInTheMiddle_Throws_AndLeavesNoFile(int factor)
    {
        using TemporaryFolder folder = TestData.NewFolder();
        using CancellationTokenSource source = new();
        using RunSorter<TestRow, TestRowOrder> sorter = new(new TestRowOrder(2), RunSorter<TestRow, TestRowOrder>.MemoryMin + factor, folder.Path, 2, source.Token);
        sorter.Add(RowsOf(new Random(1), 0, 30_000));
        long seen = 0;

        Should.Throw<OperationCanceledException>(() => sorter.Merge(rows =>
        {
            seen += rows.Length;
            source.Cancel();
        }));

        seen.ShouldBeInRange(1, 29_999);
        Directory.EnumerateFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Add_Cancelled_Throws_AndLeavesNoFile()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        using CancellationTokenSource source = new();
        using RunSorter<TestRow, TestRowOrder> sorter = new(new TestRowOrder(2), RunSorter<TestRow, TestRowOrder>.MemoryMin, folder.Path, 2, source.Token);
        TestRow[] rows = RowsOf(new Random(1), 0, 2000);
        sorter.Add(rows);
        sorter.Runs.ShouldBeGreaterThan(1);
        source.Cancel();

        Should.Throw<OperationCanceledException>(() => sorter.Add(rows));
        Directory.EnumerateFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void FolderThatIsNotThere_IsOneLine()
    {
        string folder = Path.Combine(Path.GetTempPath(), "chainwatch-no-such-folder");
        using RunSorter<TestRow, TestRowOrder> sorter = new(new TestRowOrder(2), RunSorter<TestRow, TestRowOrder>.MemoryMin, folder, 2, CancellationToken.None);

        ChainWatchException e = Should.Throw<ChainWatchException>(() => sorter.Add(RowsOf(new Random(1), 0, 2000)));
        e.Message.ShouldStartWith($"{folder}: no temporary file can be made here: ");
        e.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void TooLittleMemory_IsRefused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new RunSorter<TestRow, TestRowOrder>(default, RunSorter<TestRow, TestRowOrder>.MemoryMin - 1, ".", 1, CancellationToken.None));

    private static IEnumerable<TestRow> Twin(TestRow[] rows) => rows.OrderBy(r => r.Block).ThenBy(r => r.Index).ThenBy(r => r.Asset);

    private static List<TestRow> Merged(RunSorter<TestRow, TestRowOrder> sorter)
    {
        List<TestRow> merged = [];
        sorter.Merge(rows => merged.AddRange(rows));
        return merged;
    }

    private static TestRow[] RowsOf(Random random, int shape, int count)
    {
        // All of one block; few blocks; any block.
        long blocks = random.Next(3) switch { 0 => 1, 1 => 50, _ => long.MaxValue };
        TestRow[] rows = [.. Enumerable.Range(0, count).Select(_ => new TestRow(random.NextInt64(blocks), random.Next(-1, 40), random.Next(3), 0))];
        rows = shape switch
        {
            0 => rows,
            1 => [.. Twin(rows)],
            2 => [.. Twin(rows).Reverse()],
            3 => WithStrays([.. Twin(rows)], random, Math.Max(1, count / 100)),
            4 => WithStrays([.. Twin(rows)], random, 1),
            // As several that fetch side by side deliver.
            5 => [.. Twin(rows).Chunk(97).OrderBy(_ => random.Next()).SelectMany(c => c)],
            _ => [.. rows.Select(_ => new TestRow(7, 7, 7, 0))],
        };
        return [.. rows.Select((row, added) => row with { Added = added })];
    }

    private static TestRow[] WithStrays(TestRow[] rows, Random random, int strays)
    {
        for (int i = 0; i < strays && rows.Length > 0; i++)
        {
            (int from, int to) = (random.Next(rows.Length), random.Next(rows.Length));
            (rows[from], rows[to]) = (rows[to], rows[from]);
        }

        return rows;
    }
}
