using System.Globalization;
using ChainWatch;
using ChainWatch.Collecting;
using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Reporting;
using ChainWatch.Sources;
using ChainWatch.Tests.Watching;
using ChainWatch.Tracing;
using ChainWatch.Watching;

// What the design shows of the library, line by line, against the packages alone. A test restores, builds and runs it.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
CancellationToken cancellationToken = CancellationToken.None;

ListSet lists = ListSet.Load("lists");
Screening screening = lists.Screen(Address.Parse("0x098B716B8Aaf21512996dC57EB0615e2383E2f96"));
Console.WriteLine($"screened: {screening.Matches[0].Status} {screening.Matches[0].Entry.Entity}");

// A chain of one's own, where the collector and the watcher fetch from.
Address wallet = Address.Parse("0x002c93452d54B6d64bfA9879fCaB14a74f1BDD44");
Address thief = screening.Address;
ScriptedChain node = new(Chain.Ethereum);
node.Mine(Payment(thief, wallet, 5));
TraceRequest request = new() { From = [lists["ofac-sdn"].Entity("Lazarus Group")], To = [wallet], MaxHops = 4 };
Collector collector = new(node);
TransferGraph graph = await collector.CollectAsync(request, progress: null, cancellationToken);
TraceResult result = Tracer.Trace(graph, request);
Report.WriteMarkdown(result, Console.Out);
Console.WriteLine($"collected: {result.Findings.Single(f => f.Exposure is not null).Verdict}");

using (Watcher watcher = Watcher.Open("state", new WatchRequest { Trace = request, Since = 0 }, [node]))
{
    // Here nothing more comes than what is there: the first wait ends the watch. A real one waits for some seconds.
    using CancellationTokenSource enough = new();
    try
    {
        await foreach (Alert alert in watcher.WatchAsync((_, cancel) => Task.FromCanceled(Cancelled(enough)), enough.Token))
        {
            Console.WriteLine($"alert: {alert.State} {alert.Reason}");
        }
    }
    catch (OperationCanceledException)
    {
        Console.WriteLine("watched");
    }
}

TransferGraph theft = await TransferGraph.ReadAsync(new TransferFileSource(["transfers.csv"], declaredComplete: false));
using (FileStream file = File.Create("case.cwg"))
{
    theft.Save(file);
}

TransferGraph reopened = TransferGraph.Open("case.cwg");
TraceResult rings = Tracer.Trace(reopened, request with { From = [AddressList.Of("case 42", [thief])], To = [], Tokens = lists.TokenLists[0] });
foreach (var ring in rings.Exposures.GroupBy(e => e.Hops).OrderBy(g => g.Key))
{
    Console.WriteLine($"ring {ring.Key}: {ring.Count()}");
}

await Readmes.RepositoryAsync();
await Readmes.CoreAsync();

static Transfer Payment(Address from, Address to, ulong ether) =>
    new(new ChainPosition(Chain.Ethereum, 0, 0), from, to, Asset.Native(Chain.Ethereum), Amount.From(ether * 1_000_000_000_000_000_000));

static CancellationToken Cancelled(CancellationTokenSource source)
{
    source.Cancel();
    return source.Token;
}
