using System.Text.Json;
using ChainWatch.Collecting;
using ChainWatch.Ethereum;
using ChainWatch.Ethereum.Tests.Collecting;
using ChainWatch.Ethereum.Tests.Nodes;
using ChainWatch.Ethereum.Tests.Source;
using ChainWatch.Reporting;
using ChainWatch.Rpc;
using ChainWatch.Sources;
using ChainWatch.TestNodes.Ronin;
using ChainWatch.Tracing;
using Nethereum.JsonRpc.Client;
using Nethereum.Web3;

namespace ChainWatch.Nethereum.Tests;

/// <summary>Over each client of Nethereum the re-enacted theft is told to the letter as our own client tells it.</summary>
public sealed class NethereumSourceTests(RoninFixture fixture) : IClassFixture<RoninFixture>
{
    private static readonly FixedTime Clock = new();

    private RoninReenactment Play => fixture.Play;

    private RpcEndpoint Endpoint => RpcEndpoint.Parse(Play.Node.Endpoint.ToString());

    private BlockWindow All => new(Play.FirstBlock, Play.LastBlock);

    public static TheoryData<string> Names => new(Clients.Names);

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public async Task Blocks_AreTheSame(string name)
    {
        string[] lines = await BothAsync(name, s => TextAsync(s, new TransferQuery { Blocks = All }));
        lines.Length.ShouldBeGreaterThan(400);
    }

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public async Task Addresses_AreTheSame(string name)
    {
        Address[] asked = [Play.Cast.Seed, Play.Cast.Pool, Play.Cast.Forwarder, Play.Cast.Weth, Play.Cast.Exchange, .. Enumerable.Range(1, 8).Select(Play.Cast.Wallet)];
        foreach (TransferSide side in Enum.GetValues<TransferSide>())
        {
            string[] lines = await BothAsync(name, s => TextAsync(s, new TransferQuery { Blocks = All, Addresses = asked, Side = side }));
            lines.Length.ShouldBeGreaterThan(10, side.ToString());
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public async Task Transactions_AreTheSame(string name)
    {
        string[] lines = await BothAsync(name, s => TextAsync(s, new TransferQuery { Transactions = [.. Play.Transactions.Select(t => t.Hash)] }));
        lines.Length.ShouldBeGreaterThan(400);
    }

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public async Task ProfileAndBlocks_AreTheSame(string name)
    {
        await BothAsync(name, async s => [JsonSerializer.Serialize(await s.ProbeAsync())]);
        await BothAsync(name, async s => [(await s.FindHeadAsync()).ToString()]);
        await BothAsync(name, async s => [$"{await s.FindBlockAsync(Play.FirstBlock)}", $"{await s.FindBlockAsync(Play.LastBlock + 1)}"]);
    }

    [SkippableTheory]
    [InlineData("RpcClient", CollectWay.Blocks)]
    [InlineData("RpcClient", CollectWay.Addresses)]
    [InlineData("System.Text.Json", CollectWay.Addresses)]
    public async Task TheReport_IsTheSame(string name, CollectWay way)
    {
        using RoninCase ronin = new(Play);
        string[] report = await BothAsync(name, async s => [BodyOf(await RoninCase.AnswerAsync(s, way, ronin.Ask(Play.Cast.Watched, Play.Cast.Wallet(5))))]);
        report[0].ShouldContain("\"Exposed\"", Case.Insensitive);
    }

    [SkippableFact]
    public async Task AWeb3_IsAskedAsItsClientIs()
    {
        Web3 web3 = new(Play.Node.Endpoint.ToString());
        (Kept kept, SourceCoverage coverage) = await Kept.OfAsync(web3.AsTransferSource(Endpoint), new TransferQuery { Blocks = All });
        kept.ShouldBe(Play.Expected);
        coverage.Gaps.ShouldBeEmpty();
        coverage.Name.ShouldBe(Endpoint.Name);
    }

    // Calls go in batches where the client takes them.
    [SkippableFact]
    public async Task Requests_AreNotMoreThanOverHttp()
    {
        using NodeSource own = new(Play.Node.Endpoint);
        EthereumTransferSource theirs = new RpcClient(Play.Node.Endpoint).AsTransferSource(Endpoint, null, NodeSource.Limits());
        TransferQuery query = new() { Transactions = [.. Play.Transactions.Select(t => t.Hash)] };
        await Kept.OfAsync(own.Source, query);
        await Kept.OfAsync(theirs, query);
        theirs.RequestCount.ShouldBe(own.Source.RequestCount);
        theirs.BytesReceived.ShouldBeGreaterThan(100_000);
    }

    private async Task<string[]> BothAsync(string name, Func<IChainSource, Task<string[]>> ask)
    {
        using NodeSource own = new(Play.Node.Endpoint, clock: Clock);
        (IClient client, IDisposable? owned) = Clients.Make(name, Play.Node.Endpoint);
        using IDisposable? closing = owned;
        string[] expected = await ask(own.Source);
        string[] lines = await ask(client.AsTransferSource(Endpoint, null, NodeSource.Limits(), Clock));
        lines.ShouldBe(expected);
        return lines;
    }

    // Transfers in the order in which they came, movements, contracts, and what the answer rests on.
    private static async Task<string[]> TextAsync(IChainSource source, TransferQuery query)
    {
        (Kept kept, SourceCoverage coverage) = await Kept.OfAsync(source, query);
        return
        [
            .. kept.Transfers.Select(t => t.ToString()),
            .. kept.Movements.Select(m => JsonSerializer.Serialize(m)),
            .. kept.Contracts.Select(c => $"contract {c}").Order(StringComparer.Ordinal),
            JsonSerializer.Serialize(coverage),
        ];
    }

    private static string BodyOf(TraceResult result)
    {
        using MemoryStream json = new();
        Report.WriteJson(result, json, new RunInfo { AskedOn = new DateOnly(2026, 3, 26), ToolVersion = "tests" });
        using JsonDocument document = JsonDocument.Parse(json.ToArray());
        return document.RootElement.GetProperty("body").GetRawText();
    }
}
