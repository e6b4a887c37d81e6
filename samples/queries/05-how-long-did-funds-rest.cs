#!/usr/bin/env dotnet
#:project ../../src/ChainWatch/ChainWatch.csproj
#:property PublishAot=false

// How long did the funds rest at each hop?
//
//   dotnet run samples/queries/05-how-long-did-funds-rest.cs [FOLDER]
//
// Money on the run moves within minutes, or waits until nobody looks. For every address that paid on: how long after the
// first arrival it began to, and when half of what it paid had left. Two cases side by side: the thefts from Ronin (2022)
// and Bybit (2025). The drawing is saved as rest.svg in FOLDER (here, if none is given).

using System.Numerics;
using ChainWatch;
using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Notebooks;
using ChainWatch.Sources;
using ChainWatch.Tracing;

string data = Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, "../data");
string folder = args.Length > 0 ? args[0] : ".";
ListSet lists = ListSet.Embedded;
TransferGraph graph = await TransferGraph.ReadAsync(new TransferFileSource(
    [Path.Combine(data, "bybit-2025.csv"), Path.Combine(data, "ronin-2022.csv")], declaredComplete: false));
TraceResult result = Tracer.Trace(graph, new TraceRequest
{
    From =
    [
        AddressList.Of("Bybit", Address.Parse("0x47666fab8bd0ac7003bce3f5c3585383f09486e2")),
        AddressList.Of("Ronin", Address.Parse("0x098B716B8Aaf21512996dC57EB0615e2383E2f96")),
    ],
    MaxHops = 5,
    Tokens = lists.TokenLists[0],
});

Asset ether = Asset.Native(Chain.Ethereum);
var rests = (
    from theft in result.Exposures.GroupBy(e => e.List)
    // Whatever an address paid on over the trail came in somewhere else.
    let payments = theft.SelectMany(e => e.Inflows).Select(i => i.Transfer).Where(t => t.Asset == ether).OrderBy(t => t.Time).ToLookup(t => t.From)
    from e in theft
    where !e.IsSeed && payments[e.Address].Any() && e.Arrival?.Time is not null
    let paid = payments[e.Address].ToArray()
    let arrived = e.Arrival!.Time!.Value
    orderby theft.Key, e.Hops, arrived
    select (Theft: theft.Key, e.Hops, e.Address, Received: e.PoisonUpperBound.In(ether), Arrived: arrived, Paid: paid.In(ether),
        Began: paid[0].Time!.Value - arrived, Half: HalfOf(paid).Time!.Value - arrived, Ended: paid[^1].Time!.Value - arrived)).ToArray();

static PathStep HalfOf(PathStep[] payments)
{
    BigInteger all = payments.Aggregate(BigInteger.Zero, (sum, p) => sum + p.Value.ToBigInteger());
    BigInteger sum = 0;
    return payments.First(p => (sum += p.Value.ToBigInteger()) * 2 >= all);
}

rests.ToTable(
    ("theft", r => r.Theft),
    ("hop", r => r.Hops),
    ("address", r => r.Address),
    ("came in", r => r.Received.Round(0)),
    ("paid on", r => r.Paid.Round(0)),
    ("first arrival", r => r.Arrived),
    ("began after", r => r.Began),
    ("half gone after", r => r.Half),
    ("ended after", r => r.Ended))
    .ShortAddresses()
    .Titled("How long funds rested, at each address that paid on")
    .Noted("More paid on than came in: the address had other income that these files lack.")
    .Print();

Console.WriteLine();
Chart rest = rests.ToChart(r => $"{r.Theft}, hop {r.Hops}: {r.Address.ToShortString()}", r => r.Half).Titled("Time until half of the ether had been paid on");
rest.Print();

Console.WriteLine();
result.Exposures.Where(e => e.List == "Bybit").SelectMany(e => e.Inflows).Select(i => i.Transfer).Where(t => t.Asset == ether)
    .ToTimeChart(t => t.Time, TimeSpan.FromHours(3)).Titled("Bybit: transfers of ether along the trail, by three hours").Print();

var longest = rests.MaxBy(r => r.Half);
var shortest = rests.MinBy(r => r.Half);
Console.WriteLine($"\nThe longest rest was at hop {longest.Hops} of {longest.Theft} ({longest.Half.TotalDays:0.0} days), the shortest at hop {shortest.Hops} of {shortest.Theft} ({shortest.Half.TotalMinutes:0} minutes). Saved {rest.SaveSvg(Path.Combine(folder, "rest.svg"))}");
