#!/usr/bin/env dotnet
#:project ../../src/ChainWatch/ChainWatch.csproj
#:property PublishAot=false

// What came on a list between two days, what went off, and which findings does that change?
//
//   dotnet run samples/queries/07-two-list-dates.cs [BEFORE] [AFTER]
//
// On 2022-04-14 OFAC listed the address of the Ronin theft. Within three weeks it added seven more, through which the money
// had gone on. The same transfers, asked again with the longer list, tell more: seven addresses that were one hop away are
// now on the list, and who was two hops away is one hop away.

using System.Globalization;
using ChainWatch;
using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Notebooks;
using ChainWatch.Sources;
using ChainWatch.Tracing;

DateOnly before = default, after = default;
if (!IsDay(args.Length > 0 ? args[0] : "2022-04-14", out before) || !IsDay(args.Length > 1 ? args[1] : "2022-05-06", out after))
{
    Console.Error.WriteLine("error: expected two days as YYYY-MM-DD");
    return 1;
}

static bool IsDay(string text, out DateOnly day) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

string data = Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, "../data");
ListSet lists = ListSet.Embedded;
AddressList sdn = lists["ofac-sdn"];

// An entry whose dates are known only within bounds may be in force: it counts as such on both days.
bool InForce(ListEntry entry, DateOnly day) => entry.InForceOn(day) != Trilean.No;
var changes = sdn.Entries
    .Select(e => (Entry: e, Before: InForce(e, before), After: InForce(e, after)))
    .Where(c => c.Before != c.After)
    .ToArray();

changes.GroupBy(c => c.Entry.Entity).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToTable(
    ("entity", g => g.Key),
    ("came on", g => g.Count(c => c.After)),
    ("went off", g => g.Count(c => c.Before)),
    ("chains", g => string.Join(", ", g.Select(c => c.Entry.Address.Chain.Name).Distinct().Order(StringComparer.Ordinal))))
    .Titled($"{sdn.Name}: addresses that came on or went off after {before:yyyy-MM-dd}, up to {after:yyyy-MM-dd}")
    .Noted($"In force: {sdn.Entries.Count(e => InForce(e, before)):N0} entries then, {sdn.Entries.Count(e => InForce(e, after)):N0} later.")
    .Print();

TransferGraph graph = await TransferGraph.ReadAsync(new TransferFileSource([Path.Combine(data, "ronin-2022.csv")], declaredComplete: false));
Dictionary<Address, Exposure> AsOf(DateOnly day) => Tracer.Trace(graph, new TraceRequest
{
    From = [sdn.Entity("Lazarus Group")],
    MaxHops = 4,
    Tokens = lists.TokenLists[0],
    AsOf = day,
}).Exposures.ToDictionary(e => e.Address);

Dictionary<Address, Exposure> then = AsOf(before);
Dictionary<Address, Exposure> now = AsOf(after);
Asset ether = Asset.Native(Chain.Ethereum);
static string Words(Exposure? e) => e is null ? "not reached" : e.IsSeed ? "listed" : $"{e.Hops} hop{(e.Hops == 1 ? "" : "s")}";
var changed = then.Keys.Union(now.Keys)
    .Select(address => (Address: address, Then: then.GetValueOrDefault(address), Now: now.GetValueOrDefault(address)))
    .Where(c => Words(c.Then) != Words(c.Now))
    .OrderBy(c => c.Now?.Hops ?? int.MaxValue).ThenByDescending(c => c.Now?.PoisonUpperBound.In(ether).Units).ThenBy(c => c.Address)
    .ToArray();

Console.WriteLine();
changed.GroupBy(c => (Then: Words(c.Then), Now: Words(c.Now))).ToTable(
    ($"as of {before:yyyy-MM-dd}", g => g.Key.Then),
    ($"as of {after:yyyy-MM-dd}", g => g.Key.Now),
    ("addresses", g => g.Count()))
    .Titled("Findings that change: Lazarus Group on ofac-sdn, the Ronin transfers, within 4 hops")
    .Print();

Console.WriteLine();
changed.ToTable(
    ("address", c => c.Address),
    ($"{before:yyyy-MM-dd}", c => Words(c.Then)),
    ($"{after:yyyy-MM-dd}", c => Words(c.Now)),
    ("ether from listed addresses, at most", c => c.Now?.PoisonUpperBound.In(ether)))
    .Titled("The largest of them")
    .Head(14)
    .Print();

Console.WriteLine($"\n{changes.Count(c => c.After)} addresses came on and {changes.Count(c => c.Before)} went off; {changed.Length} findings changed, {then.Count} addresses were within reach then and {now.Count} are now.");
return 0;
