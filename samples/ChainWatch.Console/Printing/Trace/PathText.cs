using ChainWatch.Lists;
using ChainWatch.Tracing;

namespace ChainWatch.Console.Printing.Trace;

/// <summary>A path, transfer by transfer, with what is known of the addresses on it.</summary>
internal sealed class PathText(Page page, KnownNames names, AmountText amounts)
{
    public void Write(IReadOnlyList<PathStep> path)
    {
        int number = 0;
        foreach (PathStep step in path)
        {
            bool isFirst = number++ == 0;
            // In chain order: of the next transfer the payer is the payee of this one, and is not told again.
            page.Line($"{number}. {When(step)}  {amounts.Of(step)}{Marks(step, isFirst)}", 2, Styles.Strong);
            if (isFirst)
            {
                WriteAddress("from", step.From);
            }

            WriteAddress("to  ", step.To);
            if (step.Tx is TxId tx)
            {
                page.Line($"tx    {tx.ToString(step.Position.Chain)}", 5, Styles.Faint);
            }
        }
    }

    /// <summary>What the path carries and how well it stands.</summary>
    public void WriteMeasures(Exposure exposure)
    {
        page.Line($"order {Words.Of(exposure.Order)}; {Words.Count(exposure.Transactions, "transaction")}, {Words.Count(exposure.Intermediaries, "intermediary", "intermediaries")}", 2);
        if (exposure.Bottleneck is PathStep bottleneck)
        {
            page.Line($"smallest transfer on this path: {amounts.Of(bottleneck)}", 2);
        }

        string toward = exposure.Direction == Direction.Received ? $"of all transfers that brought such funds to {exposure.Address}" : $"of all transfers that took funds of {exposure.Address} that way";
        page.Line($"poison upper bound, the sum {toward}: {amounts.Of(exposure.PoisonUpperBound)}", 2);
        if (exposure.SeedListing is ListingMoment moment)
        {
            string answer = moment switch
            {
                ListingMoment.Before => "no, it had not come on",
                ListingMoment.Inside => "yes",
                ListingMoment.After => "no, it had gone off",
                _ => "not known",
            };
            string dates = exposure.SeedEntry is not Designation d ? "" : d.WentOff is DateBounds off ? $"came on {d.CameOn}, went off {off}, " : $"came on {d.CameOn}, ";
            page.Line($"listed when the money moved: {answer} ({dates}this transfer {Words.Time(exposure.SeedTransfer?.Time)})", 2);
        }
    }

    private void WriteAddress(string side, Address address)
    {
        page.Line($"{side}  {address}", 5);
        foreach (string name in names.Of(address))
        {
            page.Line(name, 11, Styles.Faint);
        }
    }

    private static string When(PathStep step) => $"{(step.Time is null ? "" : $"{Words.Time(step.Time)}  ")}{Words.Block(step.Position)}";

    private static string Marks(PathStep step, bool isFirst)
    {
        List<string> marks = [];
        if (!isFirst && step.Order != PathOrder.Proven)
        {
            marks.Add(step.Order == PathOrder.SameTransaction ? "same transaction as the one before" : "order within the block assumed");
        }

        if (step.Payers > 1)
        {
            marks.Add($"one of {Words.Number(step.Payers)} payers");
        }

        if (step.IsConversion)
        {
            marks.Add("conversion");
        }

        if (step.IsInternal)
        {
            marks.Add("internal");
        }

        if (step.IsToContract)
        {
            marks.Add("to a contract");
        }

        if (step.IsThroughOpaque)
        {
            marks.Add("OUT OF AN OPAQUE STOP");
        }

        if (step.Evidence == EdgeEvidence.Heuristic)
        {
            marks.Add("by a heuristic");
        }

        return marks.Count == 0 ? "" : $"  [{string.Join(", ", marks)}]";
    }
}
