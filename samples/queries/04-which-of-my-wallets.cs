#!/usr/bin/env dotnet
#:project ../../src/ChainWatch/ChainWatch.csproj
#:property PublishAot=false

// Which of my 10,000 customers' wallets are within four hops of addresses that OFAC lists for Lazarus Group, or that the FBI
// attributes to the Bybit theft?
//
//   dotnet run samples/queries/04-which-of-my-wallets.cs [FILE] [FOLDER]
//
// FILE holds addresses, one a line or in a CSV's column `address`. Without it the query makes up 10,000 customers: 9,960 with
// addresses that nobody uses, and 40 with real ones of the two sample cases, as a bank would have them: unknowingly. One
// pass over the transfers answers for all of them; exposed-wallets.csv in FOLDER (here, if none is given) has the rows.

using System.Security.Cryptography;
using ChainWatch;
using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Notebooks;
using ChainWatch.Sources;
using ChainWatch.Tracing;

const int Customers = 10_000;
const int EveryRealOne = 250;

string data = Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, "../data");
string folder = args.Length > 1 ? args[1] : ".";
ListSet lists = ListSet.Embedded;
TransferGraph graph = await TransferGraph.ReadAsync(new TransferFileSource(
    [Path.Combine(data, "bybit-2025.csv"), Path.Combine(data, "ronin-2022.csv")], declaredComplete: false));

IReadOnlyList<Address> real = graph.Chains[0].Addresses;
Address MadeUp(int customer) => Address.FromPayload(Chain.Ethereum, AddressKind.Evm, SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"customer {customer}")).AsSpan(0, 20));
Address[] wallets;
try
{
    wallets = args.Length > 0
        ? [.. AddressFile.Read(args[0]).Select(row => row.Address).Distinct()]
        : [.. Enumerable.Range(0, Customers).Select(i => i % EveryRealOne == 0 ? real[i / EveryRealOne * 10 % real.Count] : MadeUp(i))];
}
catch (ChainWatchException e)
{
    Console.Error.WriteLine($"error: {e.Message}");
    return 1;
}

TraceResult result = Tracer.Trace(graph, new TraceRequest
{
    From = [lists["ofac-sdn"].Entity("Lazarus Group"), lists["dprk-attributed"].Select("Bybit")],
    To = wallets,
    MaxHops = 4,
    Stops = new StopRule { Lists = lists.StopLists },
    Tokens = lists.TokenLists[0],
    Lists = lists,
});

result.Findings.GroupBy(f => f.List).ToTable(
    ("list", list => list.Key),
    ("wallets", list => list.Count()),
    ("themselves on it", list => list.Count(f => f.IsSeed)),
    ("1 hop", list => list.Count(f => f.Hops == 1)),
    ("2 hops", list => list.Count(f => f.Hops == 2)),
    ("3 hops", list => list.Count(f => f.Hops == 3)),
    ("4 hops", list => list.Count(f => f.Hops == 4)),
    ("incomplete", list => list.Count(f => f.Verdict == Verdict.Incomplete)),
    ("none found", list => list.Count(f => f.Verdict == Verdict.NoneFound)))
    .Titled($"{wallets.Length:N0} wallets, within {result.Request.MaxHops} hops")
    .Noted("Incomplete: no path in these two files, and nobody says that they hold every transfer.")
    .Print();

Asset ether = Asset.Native(Chain.Ethereum);
Table exposed = result.Findings.Where(f => f.Verdict == Verdict.Exposed).OrderBy(f => f.Hops).ThenBy(f => f.Wallet).ToTable(
    ("hops", f => f.Hops),
    ("customer", f => Array.IndexOf(wallets, f.Wallet).ToString("00000")),
    ("wallet", f => f.Wallet),
    ("list", f => f.List),
    ("since", f => f.Exposure?.Arrival?.Time is DateTimeOffset time ? DateOnly.FromDateTime(time.UtcDateTime) : null),
    ("ether at most", f => f.Exposure is { IsSeed: false } e ? e.PoisonUpperBound.In(ether).Round(4) : null),
    ("order", f => f.Exposure?.Order));
Console.WriteLine();
Console.Write(exposed.Titled("The nearest of them").Head(12));

int hit = result.Findings.Where(f => f.Verdict == Verdict.Exposed).Select(f => f.Wallet).Distinct().Count();
Console.WriteLine($"\n{hit} of {wallets.Length:N0} wallets are exposed. Saved {exposed.SaveCsv(Path.Combine(folder, "exposed-wallets.csv"))}");
return 0;
