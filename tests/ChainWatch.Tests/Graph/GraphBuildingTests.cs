using ChainWatch.Graph;
using ChainWatch.Graph.Building;
using ChainWatch.Sources;
using ChainWatch.Tests.Graph.Building;
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

    [Theory]
    [InlineData(null, 1)]
    [InlineData(null, 2)]
    [InlineData(1L << 20, 2)]
    [InlineData(1L, 2)]
    public void ManyTransfers_InAnyOrder_AreThatOfThePlainBuilder(long? memory, int threads)
    {
        using TemporaryFolder folder = TestData.NewFolder();
        Random random = new(5);
        Address[] addresses = new RandomAddresses(Chain.Ethereum, 5).Take(3000);
        Asset[] assets = [Asset.Native(Chain.Ethereum), Asset.Token(addresses[0])];
        (Transfer Transfer, RowOrigin Origin)[] transfers = new (Transfer, RowOrigin)[40_000];
        for (int i = 0; i < transfers.Length; i++)
        {
            // Each kind begins in the midst of a batch, and after batches without any.
            TxId? tx = i > 5000 && i % 3 == 0 ? TxId.FromBytes([.. new byte[24], .. BitConverter.GetBytes((long)i)]) : null;
            Amount value = i > 7000 && i % 5 == 0 ? Amount.From((System.Numerics.BigInteger)i << (55 + (i % 180))) : Amount.From((ulong)i);
            Transfer transfer = new(new ChainPosition(Chain.Ethereum, i / 7, i % 7), addresses[random.Next(addresses.Length)], addresses[random.Next(addresses.Length)], assets[i > 9000 ? i % 2 : 0], value, tx, DateTimeOffset.UnixEpoch.AddSeconds(i / 7), i > 11_000 && i % 11 == 0);
            transfers[i] = (transfer, i > 13_000 && i % 2 == 0 ? new RowOrigin("transfers.csv", i) : default);
        }

        SlowGraphBuilder slow = new();
        Array.ForEach(transfers, t => slow.Add(t.Transfer, t.Origin));
        string expected = Outcome(slow.Build, isSameOrder: true);
        foreach (int shuffled in new[] { 0, 100, transfers.Length })
        {
            random.Shuffle(transfers.AsSpan(0, shuffled));
            using TransferGraphBuilder builder = new(new GraphBuildOptions { MemoryBytesMax = memory, TemporaryFolder = folder.Path, Threads = threads });
            Array.ForEach(transfers, t => builder.Add(t.Transfer, t.Origin));
            Outcome(builder.Build, isSameOrder: true).ShouldBe(expected);
        }

        Directory.EnumerateFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void FolderThatIsNone_IsOneLine()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string none = Path.Combine(folder.Path, "none");
        using TransferGraphBuilder builder = new(new GraphBuildOptions { MemoryBytesMax = 1, TemporaryFolder = none });
        ChainWatchException e = Should.Throw<ChainWatchException>(() =>
        {
            Many(builder);
            builder.Build();
        });
        e.Message.ShouldStartWith($"{none}: no temporary file can be made here: ");
        e.Message.ShouldNotContain('\n');
    }

    [SkippableFact]
    public void FullDisk_IsOneLine()
    {
        const string full = "/dev/full";
        Skip.IfNot(OperatingSystem.IsLinux() && File.Exists(full), $"no {full} here");
        using TemporaryFile file = new(File.OpenHandle(full, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite), "the/folder", "the build");
        Should.Throw<ChainWatchException>(() => file.Write(new byte[100], 0)).Message
            .ShouldBe("the/folder: the disk is full: the build's temporary file needs 100 bytes here; expected so much free space, or more memory to sort in");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void StoppedBuild_LeavesNothing(bool isCancelled)
    {
        using TemporaryFolder folder = TestData.NewFolder();
        using CancellationTokenSource source = new();
        using (TransferGraphBuilder builder = new(new GraphBuildOptions { MemoryBytesMax = 1, TemporaryFolder = folder.Path }, source.Token))
        {
            Many(builder);
            if (isCancelled)
            {
                OpenIn(folder.Path).ShouldBeGreaterThan(OperatingSystem.IsLinux() ? 0 : -1);
                source.Cancel();
                Should.Throw<OperationCanceledException>(builder.Build);
            }
        }

        OpenIn(folder.Path).ShouldBe(0);
        Directory.EnumerateFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Options_OutsideTheirLimits_AreRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new GraphBuildOptions { MemoryBytesMax = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new GraphBuildOptions { Threads = 0 });
    }

    private static void Many(TransferGraphBuilder builder)
    {
        Address[] addresses = new RandomAddresses(Chain.Ethereum, 5).Take(50);
        for (int i = 0; i < 20_000; i++)
        {
            builder.Add(new Transfer(new ChainPosition(Chain.Ethereum, i % 1000, i), addresses[i % 50], addresses[i % 7], Asset.Native(Chain.Ethereum), Amount.From((ulong)i)));
        }
    }

    // Files without a name that are still open, as Linux tells them.
    private static int OpenIn(string folder) => !OperatingSystem.IsLinux() ? 0
        : Directory.EnumerateFiles("/proc/self/fd").Count(f => TargetOf(f)?.StartsWith(folder, StringComparison.Ordinal) == true);

    // Other tests close files meanwhile.
    private static string? TargetOf(string link)
    {
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: false)?.FullName;
        }
        catch (IOException)
        {
            return null;
        }
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
