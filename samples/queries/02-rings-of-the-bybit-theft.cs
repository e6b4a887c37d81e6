#!/usr/bin/env dotnet
#:project ../../src/ChainWatch/ChainWatch.csproj
#:property PublishAot=false

// What does the theft of 2025-02-21 from Bybit, attributed to TraderTraitor by the FBI, look like ring by ring?
//
//   dotnet run samples/queries/02-rings-of-the-bybit-theft.cs [FOLDER]
//
// One address took 400,000 ether, and split them over forty within hours. The sample follows one trail of it, five hops
// far. The drawing is saved as bybit-rings.svg in FOLDER (here, if none is given).

using ChainWatch;
using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Notebooks;
using ChainWatch.Sources;
using ChainWatch.Tracing;

string data = Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, "../data");
string folder = args.Length > 0 ? args[0] : ".";
ListSet lists = ListSet.Embedded;
TransferGraph graph = await TransferGraph.ReadAsync(new TransferFileSource([Path.Combine(data, "bybit-2025.csv")], declaredComplete: false));
TraceResult result = Tracer.Trace(graph, new TraceRequest
{
    From = [AddressList.Of("Bybit theft", Address.Parse("0x47666fab8bd0ac7003bce3f5c3585383f09486e2"))],
    MaxHops = 5,
    Tokens = lists.TokenLists[0],
    Lists = lists,
});

Asset ether = Asset.Native(Chain.Ethereum);
bool NamedByFbi(Exposure e) => lists.Screen(e.Address).Matches.Any(m => m.Entry.Authority.Name == "FBI");
var rings = result.Exposures.GroupBy(e => e.Hops).OrderBy(ring => ring.Key).ToArray();
rings.ToTable(
    ("hop", ring => ring.Key),
    ("addresses", ring => ring.Count()),
    ("attributed by FBI", ring => ring.Count(NamedByFbi)),
    ("pay on", ring => ring.Count(e => e.StopReason.Length == 0)),
    ("first arrival", ring => ring.Min(e => e.Arrival?.Time)),
    ("ether in over the trail", ring => ring.SelectMany(e => e.PoisonUpperBound).In(ether).Round(2)))
    .Titled("The Bybit theft of 2025-02-21, ring by ring")
    .Print();

Console.WriteLine();
rings.Skip(1).ToChart(ring => $"hop {ring.Key}", ring => ring.SelectMany(e => e.PoisonUpperBound).In(ether).Round(2)).Titled("Ether that came in, by hop").Print();

Console.WriteLine();
FlowGraph flow = result.ToGraph().Titled("The trail of the Bybit theft, 2025-02-21 to 2025-03-02");
Console.Write(flow.Fold(4));

Exposure farthest = result.Exposures.Where(e => !e.IsSeed).MaxBy(e => e.Hops)!;
Console.WriteLine();
farthest.Path.ToTable(
    ("time (UTC)", step => step.Time),
    ("from", step => step.From),
    ("to", step => step.To),
    ("amount", step => step.ToAmount(lists.TokenLists[0]).Round(2)))
    .ShortAddresses()
    .Titled($"A path of {farthest.Hops} hops, order {farthest.Order}")
    .Print();

int named = result.Exposures.Count(e => !e.IsSeed && NamedByFbi(e));
Console.WriteLine($"\n{result.Exposures.Count(e => !e.IsSeed)} addresses within {result.Request.MaxHops} hops; the FBI attributes {named} of them. Saved {flow.SaveSvg(Path.Combine(folder, "bybit-rings.svg"))}");
