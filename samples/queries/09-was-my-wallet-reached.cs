#!/usr/bin/env dotnet
#:project ../../src/ChainWatch/ChainWatch.csproj
#:project ../../src/ChainWatch.Nethereum/ChainWatch.Nethereum.csproj
#:property PublishAot=false

// With Nethereum's Web3: in a node's newest blocks, did funds of addresses that OFAC lists for Lazarus Group reach my wallet?
//
//   WithChainSdks=true dotnet run samples/queries/09-was-my-wallet-reached.cs URL WALLET [BLOCKS]
//
// URL is a node of Ethereum or another EVM chain (http://HOST:8545). Reads its newest 100 blocks, or BLOCKS: whole blocks, so that
// the node is not asked about transfers of the wallet. The feed must have the package Nethereum.Web3.

using System.Globalization;
using ChainWatch;
using ChainWatch.Collecting;
using ChainWatch.Ethereum;
using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Nethereum;
using ChainWatch.Notebooks;
using ChainWatch.Rpc;
using ChainWatch.Sources;
using ChainWatch.Tracing;
using Nethereum.Web3;

if (args.Length < 2)
{
    Console.Error.WriteLine("error: no node or no wallet: give both, as in: dotnet run 09-was-my-wallet-reached.cs http://127.0.0.1:8545 0x3333333333333333333333333333333333333333");
    return 1;
}

if (!int.TryParse(args.Length > 2 ? args[2] : "100", CultureInfo.InvariantCulture, out int blocks) || blocks < 1)
{
    Console.Error.WriteLine($"error: '{args[2]}' is not a number of blocks");
    return 1;
}

try
{
    RpcEndpoint endpoint = RpcEndpoint.Parse(args[0]);
    Address wallet = NethereumAddress.Parse(args[1]);

    // What you have already, and what becomes of it.
    Web3 web3 = new(args[0]);
    EthereumTransferSource source = web3.AsTransferSource(endpoint);

    SourceProfile node = await source.ProbeAsync();
    ListSet lists = ListSet.Embedded;
    TraceRequest request = new()
    {
        From = [lists["ofac-sdn"].Entity("Lazarus Group")],
        To = [wallet.OnChain(node.Chain)],
        MaxHops = 4,
        Stops = new StopRule { Lists = lists.StopLists },
        Tokens = lists.TokenLists[0],
        Lists = lists,
        Window = new TraceWindow(FirstBlock: Math.Max(0, node.Head.Height - blocks + 1), LastBlock: node.Head.Height),
    };
    TransferGraph graph = await new Collector(source, new CollectOptions { Way = CollectWay.Blocks, AddressQueries = false }).CollectAsync(request);
    TraceResult result = Tracer.Trace(graph, request);

    Finding finding = result.Findings.Single();
    Console.WriteLine($"{node.Name} ({node.ClientVersion}), {node.Chain}, blocks {request.Window.FirstBlock} to {request.Window.LastBlock}: {finding.Verdict}\n");
    foreach (Exposure exposure in result.Exposures.Where(e => !e.IsSeed))
    {
        exposure.Path.ToTable(
            ("time (UTC)", t => t.Time),
            ("from", t => t.From),
            ("to", t => t.To),
            ("amount", t => t.ToAmount()))
            .Titled($"{exposure.Hops} hops, order {exposure.Order}")
            .Print();

        // From here on it is Nethereum again: what the payer has left.
        decimal left = Web3.Convert.FromWei(await web3.Eth.GetBalance.SendRequestAsync(exposure.Path[^1].From.ToNethereum()));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{exposure.Path[^1].From} has {left} of the chain's coin left.\n"));
    }

    result.Coverage.Gaps.ToTable(("what is missing", g => g.Kind), ("how", g => g.Detail)).Titled("Coverage").Print();
    return 0;
}
catch (ChainWatchException e)
{
    Console.Error.WriteLine($"error: {e.Message}");
    return 1;
}
