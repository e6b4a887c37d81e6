using ChainWatch.Heuristics;
using ChainWatch.Lists;
using ChainWatch.Tracing;
using Spectre.Console;

namespace ChainWatch.Console.Printing.Trace;

/// <summary>The answer for each watched wallet, and the evidence of those that are exposed or have a lead.</summary>
internal sealed class Findings(Page page, TraceResult result, PathText paths, AmountText amounts)
{
    private const int RowsMax = 50;
    private const int PathsMax = 10;

    public void Write(IReadOnlyDictionary<Address, string> references)
    {
        WriteTables(references);
        WriteScreenings();
        WriteAbsent();
        WriteReasons();
        Finding[] exposed = [.. result.Findings.Where(f => f.Exposure is not null).OrderBy(f => f.Exposure!.Hops).ThenBy(f => f.Wallet)];
        foreach (Finding finding in exposed.Where(f => !f.Exposure!.IsSeed).Take(PathsMax))
        {
            page.Heading($"{(finding.Direction == Direction.Received ? "How funds from" : "How funds reached")} {finding.List} {(finding.Direction == Direction.Received ? "reached" : "from")} {finding.Wallet}");
            paths.Write(finding.Exposure!.Path, finding.Exposure.PeelChains);
            paths.WriteByCoin(finding.Exposure);
            paths.WriteMeasures(finding.Exposure);
        }

        WriteMore(exposed.Count(f => !f.Exposure!.IsSeed) - PathsMax, "path");
        Finding[] leads = [.. result.Findings.Where(f => f.Lead is not null)];
        foreach (Finding finding in leads.Take(PathsMax))
        {
            WriteLead(finding, finding.Lead!);
        }

        WriteMore(leads.Length - PathsMax, "lead");
    }

    private void WriteTables(IReadOnlyDictionary<Address, string> references)
    {
        foreach (IGrouping<string, Finding> list in result.Findings.GroupBy(f => f.List))
        {
            page.Heading($"Answer for {list.Key}");
            WriteTable([.. list], references);
        }

        if (result.Findings.Any(f => f.IsSeed))
        {
            page.Line("hops 0: the wallet itself is one of the list's own addresses", 2, Styles.Faint);
        }
    }

    private void WriteTable(Finding[] findings, IReadOnlyDictionary<Address, string> references)
    {
        bool hasReferences = references.Values.Any(reference => reference.Length > 0);
        TextTable table = new(["!verdict", result.Coverage.IsComplete ? "#hops" : "#at most", "!wallet", .. hasReferences ? ["ref"] : Array.Empty<string>(), .. IsBoth ? ["!direction"] : Array.Empty<string>()]);
        foreach (Finding finding in findings.OrderBy(f => Rank(f.Verdict)).ThenBy(f => f.Hops ?? 0).ThenBy(f => f.Wallet).Take(RowsMax))
        {
            Style style = finding.Verdict switch { Verdict.Exposed => Styles.Found, Verdict.Incomplete => Styles.Open, _ => Styles.Strong };
            table.Add(style, [
                Words.Of(finding.Verdict),
                finding.Hops is int hops ? Words.Number(hops) : "",
                finding.Wallet.ToString(),
                .. hasReferences ? [references.GetValueOrDefault(finding.Wallet, "")] : Array.Empty<string>(),
                .. IsBoth ? [Words.Of(finding.Direction)] : Array.Empty<string>(),
            ]);
        }

        page.Write(table);
        WriteMore(findings.Length - RowsMax, "answer");
    }

    private bool IsBoth => result.Request.Direction == Direction.Both;

    private static int Rank(Verdict verdict) => verdict switch { Verdict.Exposed => 0, Verdict.Incomplete => 1, _ => 2 };

    private void WriteScreenings()
    {
        Finding[] matched = [.. result.Findings.Where(f => f.Screening is { Matches.Count: > 0 }).DistinctBy(f => f.Wallet)];
        foreach (Finding finding in matched.Take(RowsMax))
        {
            string says = string.Join("; ", finding.Screening!.Matches.Select(m => Words.Of(m.Entry, m.Status)).Distinct(StringComparer.Ordinal));
            page.Line($"{finding.Wallet} is itself on a list: {says}", 2, Styles.Found);
        }

        // One statement serves all wallets that no list names.
        if (result.Findings.Select(f => f.Screening).FirstOrDefault(s => s is { Matches.Count: 0 }) is Screening none)
        {
            int count = result.Findings.Where(f => f.Screening is { Matches.Count: 0 }).DistinctBy(f => f.Wallet).Count();
            page.Line($"{(count == 1 ? "the wallet" : $"{Words.Number(count)} wallets")}: {none.Statement}", 2);
        }
    }

    // Nothing found of a wallet that the data do not hold says little.
    private void WriteAbsent()
    {
        Address[] absent = [.. result.Findings.Where(f => !f.InData).Select(f => f.Wallet).Distinct()];
        foreach (Address wallet in absent.Take(RowsMax))
        {
            page.Line($"{wallet}: the data hold no transfer of this wallet", 2, Styles.Open);
        }

        WriteMore(absent.Length - RowsMax, "wallet");
    }

    private void WriteReasons()
    {
        foreach (IGrouping<string, Finding> reason in result.Findings.SelectMany(f => f.Reasons.Select(r => (f, r))).GroupBy(x => x.r, x => x.f))
        {
            string whom = result.Findings.Count == 1 ? "" : $" ({Words.Count(reason.Count(), "answer")})";
            page.Line($"incomplete: {reason.Key}{whom}", 2, Styles.Open);
        }
    }

    private void WriteLead(Finding finding, Lead lead)
    {
        page.Heading($"A lead, not a path: {finding.List} and {finding.Wallet} through opaque stops ({Words.Count(lead.Hops, "hop")})");
        foreach (OpaqueStop stop in lead.Stops)
        {
            string what = stop.Label is not null ? KnownNames.Of(stop.Label) : $"over the degree limit since {(stop.DegreeCrossing is ChainPosition p ? Words.Block(p) : "")}";
            page.Line($"{stop.Address}  {what}", 2, Styles.Strong);
            page.Line($"went in  {amounts.Of(stop.WentIn)}", 5);
            page.Line($"came out {amounts.Of(stop.CameOut)}", 5);
        }

        foreach (CoinJoinStop stop in lead.CoinJoins)
        {
            page.Line($"{stop.Tx?.ToString() ?? Words.Block(stop.Position)}  a CoinJoin by its shape ({CoinJoins.NameOf(stop.Rule)})", 2, Styles.Strong);
            page.Line($"went in  {amounts.Of([stop.WentIn])}", 5);
            page.Line($"came out {amounts.Of([stop.CameOut])}", 5);
        }

        paths.Write(lead.Path);
        page.Line("what came out of a mixer or bridge need not be what went in; labelling a hub as a service (--stop-at) settles it; --through-coinjoin follows CoinJoins", 2, Styles.Faint);
    }

    private void WriteMore(int count, string what)
    {
        if (count > 0)
        {
            page.Line($"and {Words.Count(count, $"more {what}")}: --format json", 2, Styles.Faint);
        }
    }
}
