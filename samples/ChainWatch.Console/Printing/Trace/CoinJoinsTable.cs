using ChainWatch.Heuristics;
using ChainWatch.Tracing;

namespace ChainWatch.Console.Printing.Trace;

/// <summary>The CoinJoins that funds of the lists entered, and what went on through outputs without an address.</summary>
internal static class CoinJoinsTable
{
    private const int RowsMax = 25;

    public static void Write(Page page, TraceResult result)
    {
        foreach (ThroughNoAddress through in result.ThroughNoAddress.Where(t => t.Transactions > 0))
        {
            page.Line($"{Words.Count(through.Transactions, "transaction")} took funds of {through.List} on through outputs without an address (bare multisig, non-standard), which are not followed: the answer is incomplete", 2, Styles.Open);
        }

        if (result.CoinJoins.Count == 0)
        {
            return;
        }

        page.Heading(result.Request.ThroughCoinJoin ? "CoinJoins, by their shape: followed, and marked" : "CoinJoins, by their shape: opaque stops, not followed");
        TextTable table = new("!transaction", "!rule", "!nearest address", "#hops", "#participants", "block");
        foreach (EnteredCoinJoin entered in result.CoinJoins.Take(RowsMax))
        {
            table.Add(entered.Tx?.ToString() ?? "", CoinJoins.NameOf(entered.Rule), entered.Address.ToString(), Words.Number(entered.Hops), Words.Number(entered.Participants), Words.Block(entered.Position));
        }

        page.Write(table);
        if (result.CoinJoins.Count > RowsMax)
        {
            page.Line($"and {Words.Number(result.CoinJoins.Count - RowsMax)} more: --format json", 2, Styles.Faint);
        }

        page.Line("participants: input owners that such funds had reached; a CoinJoin is told by its shape, which can be wrong (docs/bitcoin.md)", 2, Styles.Faint);
    }
}
