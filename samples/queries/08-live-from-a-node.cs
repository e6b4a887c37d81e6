#!/usr/bin/env dotnet
#:project ../../src/ChainWatch/ChainWatch.csproj
#:project ../../src/ChainWatch.Rpc/ChainWatch.Rpc.csproj
#:project ../../src/ChainWatch.Ethereum/ChainWatch.Ethereum.csproj
#:property PublishAot=false

// Live from a node: in its newest blocks, whom did funds of addresses that OFAC lists for Lazarus Group reach?
//
//   dotnet run samples/queries/08-live-from-a-node.cs [URL] [BLOCKS]
//
// URL is a node of Ethereum or another EVM chain (http://HOST:8545); without it, CHAINWATCH_NODE. Reads its newest 100
// blocks, or BLOCKS: whole blocks, so that the node is asked about no single address and learns none.

using System.Globalization;
using ChainWatch;
using ChainWatch.Collecting;
using ChainWatch.Ethereum;
using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Notebooks;
using ChainWatch.Rpc;
using ChainWatch.Sources;
using ChainWatch.Tracing;

string? url = args.Length > 0 ? args[0] : Environment.GetEnvironmentVariable("CHAINWATCH_NODE");
if (string.IsNullOrEmpty(url))
{
    Console.Error.WriteLine("error: no node: give its URL, as in: dotnet run 08-live-from-a-node.cs http://127.0.0.1:8545, or set CHAINWATCH_NODE");
    return 1;
}

if (!int.TryParse(args.Length > 1 ? args[1] : "100", CultureInfo.InvariantCulture, out int blocks) || blocks < 1)
{
    Console.Error.WriteLine($"error: '{args[1]}' is not a number of blocks");
    return 1;
}

try
{
    using HttpClient http = RpcHttp.Create();
    using JsonRpcClient client = new(http, RpcEndpoint.Parse(url));
    EthereumTransferSource source = new(client);
    SourceProfile node = await source.ProbeAsync();
    ListSet lists = ListSet.Embedded;
    TraceRequest request = new()
    {
        From = [lists["ofac-sdn"].Entity("Lazarus Group")],
        MaxHops = 4,
        Stops = new StopRule { Lists = lists.StopLists },
        Tokens = lists.TokenLists[0],
        Lists = lists,
        Window = new TraceWindow(FirstBlock: Math.Max(0, node.Head.Height - blocks + 1), LastBlock: node.Head.Height),
    };
    TransferGraph graph = await new Collector(source, new CollectOptions { Way = CollectWay.Blocks, AddressQueries = false }).CollectAsync(request);
    TraceResult result = Tracer.Trace(graph, request);

    Console.WriteLine($"{node.Name} ({node.ClientVersion}), {node.Chain}, block {node.Head.Height} of {node.Head.Time:yyyy-MM-dd HH:mm:ss}\n");
    Asset ether = Asset.Native(node.Chain);
    Exposure[] reached = [.. result.Exposures.Where(e => !e.IsSeed)];
    reached.ToTable(
        ("hops", e => e.Hops),
        ("address", e => e.Address),
        ("arrived (UTC)", e => e.Arrival?.Time),
        ("ether at most", e => e.PoisonUpperBound.In(ether)),
        ("why it ends", e => e.StopReason),
        ("order", e => e.Order))
        .Titled($"Reached within {request.MaxHops} hops in blocks {request.Window.FirstBlock} to {request.Window.LastBlock}")
        .Head(20)
        .Print();

    Console.WriteLine();
    result.ToGraph().Titled("The flow").Print();

    Console.WriteLine();
    result.Coverage.Gaps.ToTable(("what is missing", g => g.Kind), ("how", g => g.Detail)).Titled("Coverage").Print();
    Console.WriteLine(result.IsComplete
        ? $"\n{reached.Length} addresses reached; in these blocks that is all."
        : $"\n{reached.Length} addresses reached; the answer is incomplete, as the coverage says.");
    return 0;
}
catch (ChainWatchException e)
{
    Console.Error.WriteLine($"error: {e.Message}");
    return 1;
}
