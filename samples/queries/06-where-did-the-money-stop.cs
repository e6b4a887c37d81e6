#!/usr/bin/env dotnet
#:project ../../src/ChainWatch/ChainWatch.csproj
#:property PublishAot=false

// Where did the Bybit money stop, and why?
//
//   dotnet run samples/queries/06-where-did-the-money-stop.cs [FOLDER]
//
// A trace ends for a reason: at a service that must be asked, at a contract, at a mixer or bridge that cannot be seen
// through, at the limit of hops, or because nothing more is in the data. This asks with every label at hand, those of a
// scrape of Etherscan, too. The drawing is saved as bybit-ends.svg and bybit-ends.html in FOLDER (here, if none is given).

using ChainWatch;
using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Notebooks;
using ChainWatch.Sources;
using ChainWatch.Tracing;

string here = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
string folder = args.Length > 0 ? args[0] : ".";
ListSet lists = ListSet.Load(Path.Combine(here, "../../lists"));
TransferGraph graph = await TransferGraph.ReadAsync(new TransferFileSource([Path.Combine(here, "../data/bybit-2025.csv")], declaredComplete: false));
TraceResult result = Tracer.Trace(graph, new TraceRequest
{
    From = [AddressList.Of("Bybit theft", Address.Parse("0x47666fab8bd0ac7003bce3f5c3585383f09486e2"))],
    MaxHops = 5,
    Stops = new StopRule { Lists = lists.StopLists },
    Tokens = lists.TokenLists[0],
    Lists = lists,
});

Asset ether = Asset.Native(Chain.Ethereum);
string NamedBy(Address address) => string.Join(", ", lists.Screen(address).Matches.Select(m => m.Entry.Authority.Name).Distinct());
Exposure[] ends = [.. result.Exposures.Where(e => !e.IsSeed && e.StopReason.Length > 0)];

ends.GroupBy(e => (e.StopReason, NamedBy: NamedBy(e.Address))).OrderByDescending(g => g.SelectMany(e => e.PoisonUpperBound).In(ether)).ToTable(
    ("why it ends", g => g.Key.StopReason),
    ("attributed by", g => g.Key.NamedBy.Length > 0 ? g.Key.NamedBy : null),
    ("addresses", g => g.Count()),
    ("ether that came in", g => g.SelectMany(e => e.PoisonUpperBound).In(ether).Round(2)),
    ("and tokens", g => string.Join(" + ", g.SelectMany(e => e.PoisonUpperBound).Where(t => !t.Asset.IsNative).GroupBy(t => t.Asset)
        .Select(a => a.In(a.Key, lists.TokenLists[0]).Round(2)))))
    .Titled("Where the trail ends, and why")
    .Noted("no-onward-transfer: nothing more is in the data. That is no end on the chain: the file holds what five addresses paid, and not what these did later.")
    .Print();

Console.WriteLine();
ends.GroupBy(e => e.Hops).OrderBy(g => g.Key).ToChart(g => $"hop {g.Key}, {g.Count()} ends", g => g.SelectMany(e => e.PoisonUpperBound).In(ether).Round(2))
    .Titled("Ether that ends at each hop")
    .Noted("An upper bound: what came in over the trail counts in full, also what joined it on the way, so that these are more than the 400,001 ETH that the first address paid.")
    .Print();

Console.WriteLine();
ends.OrderByDescending(e => e.PoisonUpperBound.In(ether)).ThenBy(e => e.Address).ToTable(
    ("address", e => e.Address),
    ("hop", e => e.Hops),
    ("ether", e => e.PoisonUpperBound.In(ether).Round(2)),
    ("first arrival", e => e.Arrival?.Time),
    ("attributed by", e => NamedBy(e.Address)))
    .Titled("The largest ends")
    .Head(6)
    .Print();

// A label can be of an address that the data hold and that no value reached: a router that was only called.
var services = lists.StopLists.SelectMany(l => l.Labels).Where(l => graph.Chains[0].Addresses.Contains(l.Address)).DistinctBy(l => l.Address).ToArray();
Console.WriteLine();
services.ToTable(
    ("named service in the data", l => l.Name),
    ("category", l => l.Category),
    ("address", l => l.Address),
    ("reached by value", l => result.Exposures.Any(e => e.Address == l.Address)))
    .Noted("Not followed: " + string.Join(", ", result.NotFollowed.GroupBy(n => n.Reason).Select(g => $"{g.Sum(n => n.Count)} {g.Key}")) + ".")
    .Print();

FlowGraph flow = result.ToGraph().Titled("Where the Bybit money stopped, as far as the data go");
string svg = flow.SaveSvg(Path.Combine(folder, "bybit-ends.svg"));
flow.SaveHtml(Path.Combine(folder, "bybit-ends.html"));

Exposure[] atFbi = [.. ends.Where(e => NamedBy(e.Address).Contains("FBI"))];
int labelled = ends.Count(e => e.Label is not null);
Console.WriteLine($"\n{atFbi.SelectMany(e => e.PoisonUpperBound).In(ether).Round(0)} end at {atFbi.Length} addresses that the FBI names; {(labelled == 0 ? "no" : labelled)} labelled service, contract, mixer or bridge was reached. Saved {svg} and .html");
