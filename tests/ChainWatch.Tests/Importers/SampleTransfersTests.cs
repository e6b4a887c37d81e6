using System.Numerics;
using ChainWatch.Importers;
using ChainWatch.Tests.Sources;

namespace ChainWatch.Tests.Importers;

/// <summary>The committed samples are what the importers make of the sources, and hold the figures that are known of them.</summary>
public class SampleTransfersTests
{
    private static readonly string Samples = Path.Combine(TestData.Repository, "samples", "data");

    // stETH, mETH, cmETH: the genuine tokens that occur.
    private static readonly string[] GenuineTokens =
    [
        "0xae7ab96520de3a18e5e111b5eaab095312d7fe84",
        "0xd5f7838f5c461feff7fe49ea5ebaf7728bb0adfa",
        "0xe6829d9a7ee3040e1276fa75293bde931859e8fa",
    ];

    // The eight addresses of LAZARUS GROUP on OFAC's list (SDN uid 27307).
    private static readonly string[] Lazarus =
    [
        "0x098b716b8aaf21512996dc57eb0615e2383e2f96",
        "0xa0e1c89ef1a489c9c7de96311ed5ce5d32c20e4b",
        "0x3cffd56b47b7b41c56258d9c7731abadc360e073",
        "0x53b6936513e738f44fb50d2b9476730c0ab3bfc1",
        "0x35fb6f6db4fb05e6a4ce86f2c93691425626d4b1",
        "0xf7b31119c2682c88d88d455dbb9d5932c65cf1be",
        "0x3e37627deaa754090fbfbb8bd226c1ce66d255e9",
        "0x08723392ed15743cc38513c4925f5e6be5c17243",
    ];

    [SkippableFact]
    public void Bybit_ImportedAgain_IsTheCommittedFile() =>
        SameBytes(BybitTransfers.Import, "transfers/bybit_5hop_transfers.csv", "bybit-2025.csv");

    [SkippableFact]
    public void Ronin_ImportedAgain_IsTheCommittedFile() =>
        SameBytes(LazarusTransfers.Import, "transfers/lazarus2022_transfers.csv", "ronin-2022.csv");

    [Fact]
    public async Task Bybit_HasItsRowsAndNativeSums()
    {
        (CollectingSink sink, _) = await CollectingSink.ReadAsync(Path.Combine(Samples, "bybit-2025.csv"));

        HashSet<Asset> genuine = [.. GenuineTokens.Select(contract => Asset.Token(Address.Parse(contract)))];
        sink.Movements.ShouldBeEmpty();
        sink.Transfers.Count.ShouldBe(240);
        sink.Transfers.Count(t => t.Asset.IsNative).ShouldBe(203);
        sink.Transfers.Count(t => genuine.Contains(t.Asset)).ShouldBe(18);
        sink.Transfers.Count(t => !t.Asset.IsNative && !genuine.Contains(t.Asset)).ShouldBe(19);
        sink.Transfers.ShouldAllBe(t => t.Position.Index == null && t.Tx != null && t.Time != null);
        sink.Transfers.Where(t => t.Asset.IsNative)
            .GroupBy(t => t.From, t => t.Value.ToBigInteger())
            .Select(group => group.Aggregate(BigInteger.Add))
            .OrderDescending()
            .Select(sum => Amount.ToDecimalString(sum, 18))
            .ShouldBe(["400001", "98055.3621285125807993", "98048.8948", "10062.358226033052619", "1651.95352422111208"]);
    }

    [Fact]
    public async Task Ronin_HasItsRowsInBothDirections()
    {
        (CollectingSink sink, _) = await CollectingSink.ReadAsync(Path.Combine(Samples, "ronin-2022.csv"));

        HashSet<Address> seeds = [.. Lazarus.Select(Address.Parse)];
        Amount hundredth = Amount.From(10_000_000_000_000_000);
        sink.Transfers.Count.ShouldBe(436);
        sink.Transfers.ShouldAllBe(t => t.Asset.IsNative && t.Tx == null && t.Position.Index == null && t.Position.Block == t.Time!.Value.ToUnixTimeSeconds());
        List<Transfer> outbound = [.. sink.Transfers.Where(t => seeds.Contains(t.From))];
        List<Transfer> inbound = [.. sink.Transfers.Where(t => !seeds.Contains(t.From))];
        outbound.Count.ShouldBe(75);
        outbound.Count(t => t.Value.IsZero).ShouldBe(7);
        outbound.Count(t => seeds.Contains(t.To)).ShouldBe(7);
        Amount.ToDecimalString(outbound.Aggregate(BigInteger.Zero, (sum, t) => sum + t.Value.ToBigInteger()), 18).ShouldStartWith("326859.8");
        inbound.Count.ShouldBe(361);
        inbound.ShouldAllBe(t => seeds.Contains(t.To));
        inbound.Count(t => t.Value < hundredth).ShouldBe(351);
        inbound.Count(t => t.Value.IsZero).ShouldBe(118);
        sink.Transfers.ShouldContain(t => t.Value == Amount.From(10_000_000_000_000)); // written 1e-05 in the source
    }

    private static void SameBytes(Action<string, string> import, string source, string sample)
    {
        string data = Path.GetDirectoryName(Path.GetDirectoryName(TestData.Real(source)))!;
        using TemporaryFolder folder = TestData.NewFolder();
        import(data, folder.Path);
        File.ReadAllBytes(Path.Combine(folder.Path, sample)).ShouldBe(File.ReadAllBytes(Path.Combine(Samples, sample)));
    }
}
