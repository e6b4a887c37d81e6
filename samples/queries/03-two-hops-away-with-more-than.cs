#!/usr/bin/env dotnet
#:project ../../src/ChainWatch/ChainWatch.csproj
#:property PublishAot=false

// Who is exactly N hops away from the addresses of the Ronin theft that OFAC lists, or from the Bybit theft, and received
// more than X ether over such paths?
//
//   dotnet run samples/queries/03-two-hops-away-with-more-than.cs [HOPS] [ETHER]

using System.Globalization;
using System.Numerics;
using ChainWatch;
using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Sources;
using ChainWatch.Tracing;

int hops = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 2;
string least = args.Length > 1 ? args[1] : "1000";
if (!Amount.TryParseDecimal(least, 18, out Amount threshold))
{
    Console.Error.WriteLine($"error: '{least}' is not an amount of ether");
    return 1;
}

string folder = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
ListSet lists = ListSet.Embedded;
TransferGraph graph = await TransferGraph.ReadAsync(new TransferFileSource(
    [Path.Combine(folder, "../data/bybit-2025.csv"), Path.Combine(folder, "../data/ronin-2022.csv")], declaredComplete: false));
TraceResult result = Tracer.Trace(graph, new TraceRequest
{
    From = [lists["ofac-sdn"].Entity("Lazarus Group"), AddressList.Of("Bybit theft", Address.Parse("0x47666fab8bd0ac7003bce3f5c3585383f09486e2"))],
    MaxHops = hops,
    Tokens = lists.TokenLists[0],
});

var rows =
    from exposure in result.Exposures
    where exposure.Hops == hops
    let ether = exposure.PoisonUpperBound.Where(t => t.Asset.IsNative).Aggregate(BigInteger.Zero, (sum, t) => sum + t.Units)
    where ether > threshold.ToBigInteger()
    orderby ether descending
    select (exposure.Address, exposure.List, Ether: Amount.ToDecimalString(ether, 18), exposure.Arrival);

Console.WriteLine($"{hops} hops away, more than {least} ETH (upper bound: every such transfer counts in full)\n");
foreach (var (address, list, ether, arrival) in rows)
{
    Console.WriteLine($"{address}  {ether,26} ETH  since {arrival?.Time:yyyy-MM-dd}  from {list}");
}

return 0;
