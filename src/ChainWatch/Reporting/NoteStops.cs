using ChainWatch.Heuristics;
using ChainWatch.Labels;
using ChainWatch.Tracing;
using static ChainWatch.Reporting.MarkdownText;

namespace ChainWatch.Reporting;

/// <summary>What lies behind the stops: services to ask, and leads through opaque stops with what went in and came out.</summary>
internal static class NoteStops
{
    public static void Write(INoteText text, TraceResult result, NoteWords words)
    {
        Exposure[] services = [.. result.Exposures.Where(e => e.Label?.Kind == StopKind.Service)];
        Exposure[] opaque = [.. result.Exposures.Where(e => e.StopReason == "degree" || e.Label?.Kind == StopKind.Opaque)];
        Finding[] leads = [.. FindingOrder.Of(result).Where(f => f.Lead is not null)];
        BeyondOpaque[] beyond = [.. result.BeyondOpaque.Where(b => b.Addresses > 0)];
        ThroughNoAddress[] noAddress = [.. result.ThroughNoAddress.Where(t => t.Transactions > 0)];
        if (services.Length + opaque.Length + leads.Length + beyond.Length + result.CoinJoins.Count + noAddress.Length == 0)
        {
            text.Paragraph("No service and no opaque stop was reached.");
            return;
        }

        if (services.Length > 0)
        {
            text.Paragraph($"Services: the chain cannot say what happened inside. The next step is to ask them. {ReportWords.Count(services.Length, "row", "rows")}{NoteWords.FirstOf(services.Length)}.");
            WriteTable(text, services, words);
        }

        if (opaque.Length > 0)
        {
            text.Paragraph($"Opaque stops: conduits that are not traced through. {ReportWords.Count(opaque.Length, "row", "rows")}{NoteWords.FirstOf(opaque.Length)}.");
            WriteTable(text, opaque, words);
        }

        text.Bullets([.. beyond.Select(b => $"{Quote(b.List)}, {ReportWords.Of(b.Direction)}: {ReportWords.Count(b.Addresses, "further address lies", "further addresses lie")} within the hops asked for only if opaque stops are traced through.")]);
        if (result.CoinJoins.Count > 0)
        {
            text.Paragraph($"CoinJoins that such funds entered, by the shape of the transaction: {(result.Request.ThroughCoinJoin ? "they were followed, and the steps are marked" : "they are not followed")}. {ReportWords.Count(result.CoinJoins.Count, "row", "rows")}{NoteWords.FirstOf(result.CoinJoins.Count)}.");
            text.Table(["Transaction", "Rule", "List", "Direction", "Nearest address", "Hops"], result.CoinJoins.Take(NoteWords.RowsMax).Select(c => new[]
            {
                c.Tx is TxId tx ? Code(tx.ToString(c.Position.Chain)) : $"block {ReportWords.Plain(c.Position.Block)}",
                CoinJoins.NameOf(c.Rule),
                Quote(c.List),
                ReportWords.Of(c.Direction),
                Code(c.Address.ToString()),
                words.Hops(c.Hops),
            }));
        }

        text.Bullets([.. noAddress.Select(t => $"{Quote(t.List)}, {ReportWords.Of(t.Direction)}: {ReportWords.Count(t.Transactions, "transaction", "transactions")} took such funds on through outputs without an address (bare multisig, non-standard), which are not followed.")]);
        foreach (Finding finding in leads)
        {
            WriteLead(text, finding, words);
        }
    }

    private static void WriteTable(INoteText text, Exposure[] stops, NoteWords words) => text.Table(
        ["Address", "List", "Direction", "Hops", "Why it is a stop", "Funds of the list, at most"],
        stops.Take(NoteWords.RowsMax).Select(e => new[]
        {
            Code(e.Address.ToString()),
            Quote(e.List),
            ReportWords.Of(e.Direction),
            words.Hops(e.Hops),
            e.Label is StopLabel label ? NoteWords.LabelOf(label) : e.StopReason,
            words.Totals(e.PoisonUpperBound),
        }));

    private static void WriteLead(INoteText text, Finding finding, NoteWords words)
    {
        Lead lead = finding.Lead!;
        text.Heading(3, $"Lead: {Code(finding.Wallet.ToString())}, {NoteWords.DirectionOf(finding.Direction, finding.List)}");
        text.Paragraph($"A way of {words.Hops(lead.Hops)} exists only if opaque stops are traced through like any address. It is a lead and no path: what came out of such a stop need not be what went in. Labelling a hub as a service settles it.");
        text.Steps(lead.Path.Select((step, i) => words.Step(step, i == 0)));
        text.Table(["Opaque stop", "Went in", "Came out"], lead.Stops.Select(stop => new[]
        {
            stop.Label is StopLabel label ? $"{Code(stop.Address.ToString())} ({NoteWords.LabelOf(label)})"
                : stop.DegreeCrossing is ChainPosition crossing ? $"{Code(stop.Address.ToString())} (degree limit crossed at block {ReportWords.Plain(crossing.Block)})"
                : Code(stop.Address.ToString()),
            words.Totals(stop.WentIn),
            words.Totals(stop.CameOut),
        }).Concat(lead.CoinJoins.Select(stop => new[]
        {
            $"CoinJoin {(stop.Tx is TxId tx ? Code(tx.ToString(stop.Position.Chain)) : $"at block {ReportWords.Plain(stop.Position.Block)}")} ({CoinJoins.NameOf(stop.Rule)}, by its shape)",
            words.Totals([stop.WentIn]),
            words.Totals([stop.CameOut]),
        })));
    }
}
