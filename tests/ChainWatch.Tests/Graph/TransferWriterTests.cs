using ChainWatch.Graph;
using ChainWatch.Sources;

namespace ChainWatch.Tests.Graph;

public class TransferWriterTests
{
    [Fact]
    public async Task WriteTransfers_ReadAgain_GivesTheSameGraph()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string utxo = folder.Write("utxo.csv", """
            chain,block,position,time,tx,from,to,asset,value,outpoint
            bitcoin,9,1,2020-01-01T00:00:00Z,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,,!,native,0,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:1
            bitcoin,9,1,2020-01-01T00:00:00Z,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,?,,native,7,bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb:0
            bitcoin,9,1,2020-01-01T00:00:00Z,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,,1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa,native,6,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:0

            """);
        TransferGraph graph = await TransferGraph.ReadAsync(new TransferFileSource([Path.Combine(TestData.Repository, "samples", "data", "bybit-2025.csv"), utxo], declaredComplete: true));
        graph.Chains.Select(c => c.Chain).ShouldBe([Chain.Bitcoin, Chain.Ethereum]);
        foreach (ChainLog log in graph.Chains)
        {
            using MemoryStream written = new();
            log.WriteTransfers(written);
            string copy = folder.Write($"{log.Chain}.csv", written.ToArray());
            TransferGraph again = await TransferGraph.ReadAsync(new TransferFileSource([copy], declaredComplete: true));
            ChainCoverage expected = graph.Coverage.Chains.Single(c => c.Chain == log.Chain);
            again.Coverage.Chains.ShouldHaveSingleItem().ContentSha256.ShouldBe(expected.ContentSha256);
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(written.ToArray())).ShouldBe(expected.ContentSha256);
        }
    }

    [Fact]
    public void ContentSha256_OfAnotherValue_IsAnother()
    {
        static string HashOf(ulong value)
        {
            TransferGraphBuilder builder = new();
            Address a = Address.Parse("0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
            Address b = Address.Parse("0xbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb");
            builder.Add(new Transfer(new ChainPosition(Chain.Ethereum, 1, 0), a, b, Asset.Native(Chain.Ethereum), Amount.From(value)));
            return builder.Build().Coverage.Chains[0].ContentSha256;
        }

        HashOf(1).ShouldBe(HashOf(1));
        HashOf(1).ShouldNotBe(HashOf(2));
    }
}
