using ChainWatch.Ethereum.Tests.CrossCheck;
using ChainWatch.Ethereum.Tests.Nodes;
using Nethereum.Hex.HexConvertors.Extensions;
using Nethereum.Model;
using Nethereum.RPC.Eth.DTOs;
using Nethereum.Util;
using Nethereum.Web3;
using Newtonsoft.Json;

namespace ChainWatch.Nethereum.Tests.CrossCheck;

/// <summary>Nethereum itself says what the vectors have it say, against which our own code is held in the tests of ChainWatch.Ethereum.</summary>
public sealed class LiveCrossCheckTests(RoninFixture fixture) : IClassFixture<RoninFixture>
{
    private static readonly Lazy<FilterLog[]> Logs = new(() => JsonConvert.DeserializeObject<FilterLog[]>(SeededLogs.Json())!);

    [Fact]
    public void Checksums_OfTenThousandAddresses()
    {
        string[] lines = [.. SeededCases.Addresses().Select(a => a.ConvertToEthereumChecksumAddress())];
        string.Join('\n', lines.Take(SeededCases.PlainCount)).ShouldBe(NethereumVectors.FirstAddresses.ReplaceLineEndings("\n"));
        LineDigest.Of(lines).ShouldBe(NethereumVectors.Addresses);

        // And back: what Nethereum writes we read, and give back to the letter.
        lines.ShouldAllBe(l => NethereumAddress.Parse(l, null).ToNethereum() == l);
        lines.ShouldAllBe(l => NethereumAddress.Parse(l, null).ToNethereum().IsEthereumChecksumAddress());
    }

    [Fact]
    public void Keccak256_OfAThousandMessages() =>
        LineDigest.Of(SeededCases.Messages().Select(m => Sha3Keccack.Current.CalculateHash(m).ToHex())).ShouldBe(NethereumVectors.Hashes);

    [Fact]
    public void Events()
    {
        string[] lines = [.. Logs.Value.Select(l => NethereumEvents.Line(l, SeededLogs.Weth))];
        string.Join('\n', lines.Take(40)).ShouldBe(NethereumVectors.FirstLogs.ReplaceLineEndings("\n"));
        LineDigest.Of(lines).ShouldBe(NethereumVectors.Logs);
    }

    [Fact]
    public void Bloom_OfEvents()
    {
        LogBloomFilter bloom = new();
        foreach (FilterLog log in Logs.Value.Take(20))
        {
            bloom.AddAddress(log.Address);
            Array.ForEach(log.Topics, t => bloom.AddTopic(((string)t).HexToByteArray()));
        }

        bloom.Data.ToHex().ShouldBe(NethereumVectors.Bloom);
    }

    [SkippableFact]
    public void RecordedAnswers() => LineDigest.Of(RecordedChain.Answers().SelectMany(a => NethereumAnswers.Lines(a.Method, a.Result))).ShouldBe(NethereumVectors.Recorded);

    [SkippableFact]
    public async Task RoninReenacted()
    {
        string[] lines = await new NethereumChain(new Web3(fixture.Play.Node.Endpoint.ToString())).TransfersAsync(fixture.Play.FirstBlock, fixture.Play.LastBlock);
        string.Join('\n', lines.Take(SeededCases.PlainCount)).ShouldBe(NethereumVectors.FirstRonin.ReplaceLineEndings("\n"));
        LineDigest.Of(lines).ShouldBe(NethereumVectors.Ronin);
    }
}
