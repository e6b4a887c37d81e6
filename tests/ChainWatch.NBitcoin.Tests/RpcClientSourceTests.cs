using System.Text.Json.Nodes;
using ChainWatch.Bitcoin;
using ChainWatch.Bitcoin.Tests.Source;
using ChainWatch.Rpc;
using ChainWatch.Sources;
using ChainWatch.TestNodes.Bitcoin;
using NBitcoin;
using NBitcoin.RPC;

namespace ChainWatch.NBitcoin.Tests;

/// <summary>Through NBitcoin's RPCClient a real node's chain, and a stand-in for Bitcoin Core, say what they say to our own adapter.</summary>
public sealed class RpcClientSourceTests(SharedCoins shared) : IClassFixture<SharedCoins>
{
    private static readonly RpcOptions Quick = new() { DelayBase = TimeSpan.FromMilliseconds(1), DelayMax = TimeSpan.FromMilliseconds(20), RetriesMax = 3, BreakerMinimumThroughput = 10_000 };

    [SkippableFact]
    public async Task EveryBlock_EqualsOurOwnAdapters()
    {
        Bcoin node = shared.Node;
        using NodeSource own = NodeSource.Of(node);
        BitcoinTransferSource source = ClientOf(node).AsTransferSource(limits: Quick);
        (Kept expected, SourceCoverage expectedCoverage) = await Kept.OfAsync(own.Source, 0, 454);
        (Kept kept, SourceCoverage coverage) = await Kept.OfAsync(source, 0, 454);

        kept.Movements.Count.ShouldBe(455 + 4);
        kept.Text().ShouldBe(expected.Text());
        kept.Resolved().Transfers.ShouldBe(expected.Resolved().Transfers);
        Json(coverage).ShouldBe(Json(expectedCoverage));
        Json(await source.ProbeAsync() with { AskedAt = default }).ShouldBe(Json(await own.Source.ProbeAsync() with { AskedAt = default }));
        (await source.FindHeadAsync()).ShouldBe(await own.Source.FindHeadAsync());
        (await source.FindBlockAsync(455)).ShouldBeNull();
        (await own.Source.FindBlockAsync(455)).ShouldBeNull();
        source.RequestCount.ShouldBe(own.Source.RequestCount, "batches, too");
        source.BytesReceived.ShouldBeGreaterThan(0);
    }

    [SkippableFact]
    public async Task ABlocksBytes_AreThoseOfOurOwnAdapter()
    {
        Bcoin node = shared.Node;
        using NodeSource own = NodeSource.Of(node);
        byte[] block = await (await ClientOf(node).AsTransferSource().OpenBlocksAsync()).ReadBlockAsync(SpentCoins.SpentHeight);
        block.ShouldBe(await (await own.Source.OpenBlocksAsync()).ReadBlockAsync(SpentCoins.SpentHeight));
    }

    [SkippableFact]
    public async Task AsBitcoinCoreTellsIt_WithWhatInputsSpend_ToTheSatoshi()
    {
        // Amounts that a number of 64 bits of floating point holds only just: the last satoshi of all, and one alone.
        string[] amounts = ["20999999.97690001", "0.00000001"];
        StandInBlock[] blocks = await StandInBlock.CopyAsync(shared.Node, 1, 454);
        await using CoreStandIn core = new(blocks);
        core.Change = (method, parameters, result) =>
        {
            if (method == "getblock" && (string)parameters[0]! == blocks[SpentCoins.SpentHeight - 1].Hash && result is JsonObject)
            {
                JsonArray inputs = result["tx"]![1]!["vin"]!.AsArray();
                for (int i = 0; i < amounts.Length; i++)
                {
                    inputs[i]!["prevout"]!["value"] = JsonNode.Parse(amounts[i]);
                }
            }

            return result;
        };
        using NodeSource own = new(core.Endpoint);
        BitcoinTransferSource source = new RPCClient("x:y", core.Endpoint, Network.RegTest).AsTransferSource(limits: Quick);
        (Kept expected, SourceCoverage expectedCoverage) = await Kept.OfAsync(own.Source, 1, 454);
        (Kept kept, SourceCoverage coverage) = await Kept.OfAsync(source, 1, 454);

        (await source.ProbeAsync()).Capabilities.ShouldBe(["getblock-3", "getrawtransaction"]);
        kept.Text().ShouldBe(expected.Text());
        Json(coverage).ShouldBe(Json(expectedCoverage));
        kept.Movements.Single(m => m.Tx == shared.Chain.Spent).Inputs.Take(2).Select(i => i.Value).ShouldBe([Amount.From(2_099_999_997_690_001), Amount.From(1)]);
    }

    [SkippableFact]
    public async Task AWrongPassword_IsOneLineThatSaysWhatToGive_WithoutThePassword()
    {
        RPCClient rpc = new("x:not-the-password", shared.Node.Endpoint, Network.RegTest);
        RpcException error = await Should.ThrowAsync<RpcException>(() => rpc.AsTransferSource(limits: Quick).ProbeAsync());

        error.Kind.ShouldBe(RpcErrorKind.Unauthorized);
        error.Message.ShouldContain("expected a key or password that the endpoint takes");
        error.Message.ShouldNotContain("not-the-password");
        error.Message.ShouldNotContain('\n');
    }

    [SkippableFact]
    public async Task ACookieThatTheNodeRenewed_IsReadAnew()
    {
        Bcoin node = shared.Node;
        string cookie = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(cookie, "x:of-the-run-before");
            BitcoinTransferSource source = new RPCClient(RPCCredentialString.Parse($"cookiefile={cookie}"), node.Endpoint, Network.RegTest).AsTransferSource(limits: Quick);
            await Should.ThrowAsync<RpcException>(() => source.ProbeAsync());
            await File.WriteAllTextAsync(cookie, $"{node.User}:{node.Password}");

            (await source.ProbeAsync()).Head.Height.ShouldBe(454);
        }
        finally
        {
            File.Delete(cookie);
        }
    }

    [SkippableFact]
    public async Task AClientThatCollectsABatch_IsAskedAllTheSame()
    {
        RPCClient batch = ClientOf(shared.Node).PrepareBatch();
        (await batch.AsTransferSource(limits: Quick).ProbeAsync()).Head.Height.ShouldBe(454);
    }

    [SkippableFact]
    public async Task Cancelled_EndsAtOnce()
    {
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();
        BitcoinTransferSource source = ClientOf(shared.Node).AsTransferSource(limits: Quick);
        await Should.ThrowAsync<OperationCanceledException>(() => source.ProbeAsync(stop.Token));
    }

    [Fact]
    public async Task NothingListens_IsUnreachable()
    {
        RPCClient rpc = new("x:y", new Uri("http://127.0.0.1:1/"), Network.RegTest);
        RpcException error = await Should.ThrowAsync<RpcException>(() => rpc.AsTransferSource(limits: Quick).ProbeAsync());
        error.Kind.ShouldBe(RpcErrorKind.Unreachable);
        error.Message.ShouldStartWith("http://127.0.0.1:1: getblockchaininfo: cannot be reached");
    }

    [Fact]
    public void AnAddressThatIsNotOfHttp_IsRefused()
    {
        RPCClient rpc = new("x:y", new Uri("ftp://127.0.0.1/"), Network.RegTest);
        Should.Throw<ChainWatchException>(() => rpc.AsTransferSource()).Message.ShouldContain("expected http:// or https://");
    }

    private static RPCClient ClientOf(Bcoin node) => new($"{node.User}:{node.Password}", node.Endpoint, Network.RegTest);

    private static string Json<T>(T value) => System.Text.Json.JsonSerializer.Serialize(value);
}
