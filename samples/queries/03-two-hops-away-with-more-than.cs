#!/usr/bin/env dotnet
#:project ../../src/ChainWatch/ChainWatch.csproj
#:property PublishAot=false

// Who is exactly N hops away from the addresses of the Ronin theft that OFAC lists, or from the Bybit theft, and received
// more than X ether over such paths?
//
//   dotnet run samples/queries/03-two-hops-away-with-more-than.cs [HOPS] [ETHER]
//
// The first ring is mostly the thief's own; the second is where others begin. The amount is an upper bound: every transfer
// that came in over the trail counts in full.

using System.Globalization;
using ChainWatch;
using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Notebooks;
using ChainWatch.Sources;
using ChainWatch.Tracing;

string least = args.Length > 1 ? args[1] : "1000";
if (!int.TryParse(args.Length > 0 ? args[0] : "2", CultureInfo.InvariantCulture, out int hops) || hops is < 1 or > TraceRequest.HopsMax)
{
    Console.Error.WriteLine($"error: '{args[0]}' is not a number of hops from 1 to {TraceRequest.HopsMax}");
    return 1;
}

if (!Amount.TryParseDecimal(least, 18, out Amount threshold))
{
    Console.Error.WriteLine($"error: '{least}' is not an amount of ether");
    return 1;
}

string data = Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, "../data");
ListSet lists = ListSet.Embedded;
TransferGraph graph = await TransferGraph.ReadAsync(new TransferFileSource(
    [Path.Combine(data, "bybit-2025.csv"), Path.Combine(data, "ronin-2022.csv")], declaredComplete: false));
TraceResult result = Tracer.Trace(graph, new TraceRequest
{
    From = [lists["ofac-sdn"].Entity("Lazarus Group"), AddressList.Of("Bybit theft", Address.Parse("0x47666fab8bd0ac7003bce3f5c3585383f09486e2"))],
    MaxHops = hops,
    Tokens = lists.TokenLists[0],
});

Asset ether = Asset.Native(Chain.Ethereum);
var found = (
    from exposure in result.Exposures
    where exposure.Hops == hops
    let received = exposure.PoisonUpperBound.In(ether)
    where received.Units > threshold.ToBigInteger()
    orderby received descending
    select (Exposure: exposure, Received: received)).ToArray();

found.ToTable(
    ("address", f => f.Exposure.Address),
    ("received at most", f => f.Received),
    ("since", f => f.Exposure.Arrival?.Time is DateTimeOffset time ? DateOnly.FromDateTime(time.UtcDateTime) : null),
    ("from", f => f.Exposure.List),
    ("named by", f => string.Join(", ", lists.Screen(f.Exposure.Address).Matches.Select(m => m.Entry.Authority.Name).Distinct())))
    .Titled($"{hops} hops away, more than {least} ETH")
    .Noted("Upper bound: every such transfer counts in full.")
    .Print();

Console.WriteLine();
found.Select(f => f.Exposure).ToGraph(result.Request).Titled("How it got there").Print();

Console.WriteLine($"\n{found.Length} of {result.Exposures.Count(e => e.Hops == hops)} addresses that are {hops} hops away received more than {least} ETH.");
return 0;
