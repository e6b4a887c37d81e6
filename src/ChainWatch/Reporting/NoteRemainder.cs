using ChainWatch.Heuristics;
using ChainWatch.Tracing;
using static ChainWatch.Reporting.MarkdownText;

namespace ChainWatch.Reporting;

/// <summary>What the paths do not show: addresses that spent together with listed ones, and transfers that were not followed.</summary>
internal static class NoteRemainder
{
    public static void WriteCoSpendings(INoteText text, TraceResult result)
    {
        int count = result.CoSpendings.Count;
        if (count == 0)
        {
            text.Paragraph("None found.");
            return;
        }

        text.Paragraph($"Inputs of one transaction suggest one owner. That is a heuristic, which CoinJoins break, and no hop. {ReportWords.Count(count, "finding", "findings")}{NoteWords.FirstOf(count)}.");
        text.Table(["Address", "Spent together with", "List", "Block", "Transaction"], result.CoSpendings.Take(NoteWords.RowsMax).Select(c => new[]
        {
            Code(c.Address.ToString()),
            Code(c.Listed.ToString()),
            Quote(c.List),
            ReportWords.Plain(c.Position.Block),
            $"{(c.Tx is TxId tx ? Code(tx.ToString(c.Position.Chain)) : "not given")}{(c.CoinJoin == CoinJoinRule.None ? "" : $" (a CoinJoin by its shape, {CoinJoins.NameOf(c.CoinJoin)}: says nothing of the owners)")}",
        }));
    }

    public static void WriteNotFollowed(INoteText text, TraceResult result, NoteWords words)
    {
        int count = result.NotFollowed.Count;
        if (count == 0)
        {
            text.Paragraph("Every transfer in the data was followed.");
            return;
        }

        text.Paragraph($"Transfers in the data that were left out, by asset and reason. {ReportWords.Count(count, "row", "rows")}{NoteWords.FirstOf(count)}.");
        text.Table(["Asset", "Reason", "Transfers"], result.NotFollowed.Take(NoteWords.RowsMax).Select(n => new[]
        {
            Quote(words.Symbols.NameOf(n.Asset)), ReasonOf(n.Reason), ReportWords.Number(n.Count),
        }));
    }

    private static string ReasonOf(NotFollowedReason reason) => reason switch
    {
        NotFollowedReason.ZeroValue => "moves nothing",
        NotFollowedReason.Dust => "below the minimum asked for",
        NotFollowedReason.UnrecognisedToken => "token not on the token list",
        NotFollowedReason.MintOrBurn => "mint or burn (zero address)",
        NotFollowedReason.ToItself => "payer and payee are the same",
        NotFollowedReason.OutsideWindow => "outside the window asked for",
        NotFollowedReason.NoOrigin => "no origin (coinbase, block reward)",
        NotFollowedReason.NoAddress => "output without an address",
        _ => ReportWords.Of(reason),
    };
}
