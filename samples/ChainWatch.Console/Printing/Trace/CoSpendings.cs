using ChainWatch.Heuristics;
using ChainWatch.Tracing;
using Spectre.Console;

namespace ChainWatch.Console.Printing.Trace;

/// <summary>Who spent together with a listed address: a finding of its own.</summary>
internal static class CoSpendings
{
    private const int RowsMax = 25;

    public static void Write(Page page, TraceResult result)
    {
        if (result.CoSpendings.Count == 0)
        {
            return;
        }

        page.Heading("Spent together with a listed address, as inputs of one transaction");
        foreach (CoSpending spending in result.CoSpendings.Take(RowsMax))
        {
            page.Line($"{spending.Address}", 2, Styles.Strong);
            page.Line($"with {spending.Listed} ({spending.List}), {Words.Block(spending.Position)}{(spending.CoinJoin == CoinJoinRule.None ? "" : $", in a CoinJoin by its shape ({CoinJoins.NameOf(spending.CoinJoin)}): says nothing of the owners")}", 5);
            if (spending.Tx is TxId tx)
            {
                page.Line($"tx   {tx.ToString(spending.Position.Chain)}", 5, Styles.Faint);
            }
        }

        if (result.CoSpendings.Count > RowsMax)
        {
            page.Line($"and {Words.Number(result.CoSpendings.Count - RowsMax)} more: --format json", 2, Styles.Faint);
        }

        page.Line("not a hop: it suggests one owner, and CoinJoins break that rule", 2, Styles.Faint);
    }
}
