using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ChainWatch.Benchmarks;
using ChainWatch.Sources;
using ChainWatch.Tests.Sources;

namespace ChainWatch.Tests.Benchmarks;

public class SyntheticGraphTests
{
    private static readonly SyntheticGraph Graph = SyntheticGraph.Make(2000, 10_000, seeds: 50);

    [Fact]
    public void SameSizes_GiveTheGraphOfTheFirstGenerator()
    {
        // Taken from the C++ program that this one was written after.
        Sha256(Graph.From).ShouldBe("ea5334b7c504078536ee469c6fa7cdc3204f1d2e16d4b197e53c4f0899abdbd9");
        Sha256(Graph.To).ShouldBe("af60c607c9fb74687ec193ebe7b5cbe8c4627c5cdc8e4cd7c194fab5a8e16ad2");
        Sha256(Graph.Time).ShouldBe("aa5254a0fb901a9144bf46fd09d8f13003d661b500fdda98aa0ff33d1c903c44");
        Sha256(Graph.Seeds).ShouldBe("40f06c2df55275e9547600b674b4627db652dc1b2b2fb3b8d7fe8df29c7c1484");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(100)]
    public void FrontierSearch_CountsWhatOneScanInOrderCounts(int hopsMax)
    {
        int[] hops = [.. Enumerable.Repeat(int.MaxValue - 1, 2000)];
        foreach (uint seed in Graph.Seeds)
        {
            hops[seed] = 0;
        }

        for (int i = 0; i < Graph.From.Length; i++)
        {
            hops[Graph.To[i]] = Math.Min(hops[Graph.To[i]], hops[Graph.From[i]] + 1);
        }

        int[] counts = FrontierSearch.CountByHops(2000, [.. Graph.From.Select(a => (int)a)], [.. Graph.To.Select(a => (int)a)], Graph.Seeds.Select(a => (int)a), hopsMax);

        counts.ShouldBe(Enumerable.Range(0, hopsMax + 1).Select(h => hops.Count(hop => hop == h)));
        counts[0].ShouldBe(50);
    }

    [Fact]
    public async Task Files_HoldTheGraph()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        GraphFiles.Write(Graph, folder.Path);
        string path = Path.Combine(folder.Path, "transfers.csv");

        (CollectingSink sink, _) = await CollectingSink.ReadAsync(path);

        sink.Transfers.Select(transfer => Number(transfer.From)).ShouldBe(Graph.From);
        sink.Transfers.Select(transfer => Number(transfer.To)).ShouldBe(Graph.To);
        sink.Transfers.Select(transfer => (uint)transfer.Time!.Value.ToUnixTimeSeconds()).ShouldBe(Graph.Time);
        sink.Transfers.Zip(sink.Transfers.Skip(1)).ShouldAllBe(pair => pair.First.Position.CompareTo(pair.Second.Position) < 0);
        sink.Transfers.ShouldAllBe(transfer => !transfer.Value.IsZero);
        sink.Transfers.Select(transfer => transfer.Tx).Distinct().Count().ShouldBe(10_000);
        AddressFile.Read(Path.Combine(folder.Path, "seeds.txt")).Select(row => Number(row.Address)).ShouldBe(Graph.Seeds);

        OrderedTransfers read = OrderedTransfers.Read(path);
        read.From.Count.ShouldBe(10_000);
        read.Addresses.ShouldBe(Graph.From.Concat(Graph.To).Distinct().Count());
    }

    private static uint Number(Address address)
    {
        Span<byte> payload = stackalloc byte[20];
        address.CopyPayload(payload);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(payload[16..]);
    }

    private static string Sha256(uint[] column) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(column.AsSpan())));
}
