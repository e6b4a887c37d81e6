#!/usr/bin/env dotnet
#:project ../../src/ChainWatch/ChainWatch.csproj
#:project ../../src/ChainWatch.NBitcoin/ChainWatch.NBitcoin.csproj
#:property PublishAot=false

// With NBitcoin's RPCClient: in a Bitcoin node's newest blocks, whose funds reached an address that OFAC lists, within two hops?
//
//   WithChainSdks=true dotnet run samples/queries/10-who-paid-a-listed-address.cs URL [NETWORK] [BLOCKS]
//
// URL is a node's, as http://user:password@127.0.0.1:8332; NETWORK is main, testnet, testnet4, signet or regtest (main). Reads its
// newest 100 blocks, or BLOCKS: whole blocks, so that the node learns no address. The feed must have the package NBitcoin.

using System.Globalization;
using ChainWatch;
using ChainWatch.Bitcoin;
using ChainWatch.Collecting;
using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.NBitcoin;
using ChainWatch.Notebooks;
using ChainWatch.Sources;
using ChainWatch.Tracing;
using NBitcoin;
using NBitcoin.RPC;

if (args.Length == 0 || !Uri.TryCreate(args[0], UriKind.Absolute, out Uri? url) || url.UserInfo.Length == 0)
{
    Console.Error.WriteLine("error: no node: give its URL with user and password, as in: dotnet run 10-who-paid-a-listed-address.cs http://user:password@127.0.0.1:8332");
    return 1;
}

if (Network.GetNetwork(args.Length > 1 ? args[1] : "main") is not Network network)
{
    Console.Error.WriteLine($"error: '{args[1]}' is no network; expected main, testnet, testnet4, signet or regtest");
    return 1;
}

if (!int.TryParse(args.Length > 2 ? args[2] : "100", CultureInfo.InvariantCulture, out int blocks) || blocks < 1)
{
    Console.Error.WriteLine($"error: '{args[2]}' is not a number of blocks");
    return 1;
}

try
{
    // What you have already, and what becomes of it.
    RPCClient rpc = new(Uri.UnescapeDataString(url.UserInfo), new UriBuilder(url) { UserName = "", Password = "" }.Uri, network);
    BitcoinTransferSource source = rpc.AsTransferSource();

    SourceProfile node = await source.ProbeAsync();
    ListSet lists = ListSet.Embedded;
    TraceRequest request = new()
    {
        From = [lists["ofac-sdn"]],
        Direction = Direction.Sent,
        MaxHops = 2,
        Stops = new StopRule { Lists = lists.StopLists },
        Lists = lists,
        Window = new TraceWindow(FirstBlock: Math.Max(0, node.Head.Height - blocks + 1), LastBlock: node.Head.Height),
    };
    TransferGraph graph = await new Collector(source, new CollectOptions { Way = CollectWay.Blocks, AddressQueries = false }).CollectAsync(request);
    TraceResult result = Tracer.Trace(graph, request);

    Console.WriteLine($"{node.Name} ({node.ClientVersion}), {node.Chain}, block {node.Head.Height} of {node.Head.Time:yyyy-MM-dd HH:mm:ss}\n");
    Asset coin = Asset.Native(node.Chain);
    Exposure[] payers = [.. result.Exposures.Where(e => !e.IsSeed)];
    payers.ToTable(
        ("hops", e => e.Hops),
        ("address", e => e.Address),
        ("paid (UTC)", e => e.Arrival?.Time),
        ("at most", e => e.PoisonUpperBound.In(coin)),
        ("whom OFAC lists", e => e.Seed),
        ("as", e => e.SeedEntry.Entity))
        .Titled($"Paid a listed address within {request.MaxHops} hops in blocks {request.Window.FirstBlock} to {request.Window.LastBlock}")
        .Head(20)
        .Print();

    Console.WriteLine();
    result.Coverage.Gaps.ToTable(("what is missing", g => g.Kind), ("how", g => g.Detail)).Titled("Coverage").Print();
    BitcoinAddress[] theirs = [.. payers.Where(e => e.Address.Kind != AddressKind.Text).Select(e => e.Address.ToBitcoinAddress())];
    Console.WriteLine($"\n{payers.Length} addresses; for NBitcoin:");
    Array.ForEach(theirs, a => Console.WriteLine($"{a}  {a.GetType().Name}"));
    return 0;
}
catch (ChainWatchException e)
{
    Console.Error.WriteLine($"error: {e.Message}");
    return 1;
}
