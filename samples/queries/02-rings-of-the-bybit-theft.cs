#!/usr/bin/env dotnet
#:project ../../src/ChainWatch/ChainWatch.csproj
#:property PublishAot=false

// What does the Bybit theft of 2025-02-21 look like, ring by ring?
//
//   dotnet run samples/queries/02-rings-of-the-bybit-theft.cs

using System.Numerics;
using ChainWatch;
using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Sources;
using ChainWatch.Tracing;

string folder = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
ListSet lists = ListSet.Embedded;
TransferGraph graph = await TransferGraph.ReadAsync(new TransferFileSource([Path.Combine(folder, "../data/bybit-2025.csv")], declaredComplete: false));
TraceResult result = Tracer.Trace(graph, new TraceRequest
{
    From = [AddressList.Of("Bybit theft", Address.Parse("0x47666fab8bd0ac7003bce3f5c3585383f09486e2"))],
    MaxHops = 5,
    Tokens = lists.TokenLists[0],
});

Console.WriteLine("hop  addresses  named by the FBI  first arrival     ether that came in over the trail");
foreach (var ring in result.Exposures.GroupBy(e => e.Hops).OrderBy(g => g.Key))
{
    int namedByFbi = ring.Count(e => lists.Screen(e.Address).Matches.Any(m => m.Entry.Authority.Name == "FBI"));
    DateTimeOffset? first = ring.Min(e => e.Arrival?.Time);
    BigInteger ether = ring.SelectMany(e => e.PoisonUpperBound).Where(t => t.Asset.IsNative).Aggregate(BigInteger.Zero, (sum, t) => sum + t.Units);
    Console.WriteLine($"{ring.Key,3}  {ring.Count(),9}  {namedByFbi,16}  {first?.ToString("yyyy-MM-dd HH:mm"),-16}  {Amount.ToDecimalString(ether, 18)}");
}

Exposure farthest = result.Exposures.Where(e => !e.IsSeed).MaxBy(e => e.Hops)!;
Console.WriteLine($"\nA path of {farthest.Hops} hops, order {farthest.Order}:");
foreach (PathStep step in farthest.Path)
{
    string unit = step.Asset.IsNative ? "ETH" : lists.TokenLists[0].Find(step.Asset)!.Symbol;
    Console.WriteLine($"  {step.Time:yyyy-MM-dd HH:mm}  {step.From} -> {step.To}  {step.Value.ToDecimalString(18)} {unit}");
}
