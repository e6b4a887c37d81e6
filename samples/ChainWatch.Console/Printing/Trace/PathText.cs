using ChainWatch.Heuristics;
using ChainWatch.Lists;
using ChainWatch.Tracing;

namespace ChainWatch.Console.Printing.Trace;

/// <summary>A path, transfer by transfer, with what is known of the addresses on it.</summary>
internal sealed class PathText(Page page, KnownNames names, AmountText amounts)
{
    public void Write(IReadOnlyList<PathStep> path) => Write(path, []);

    /// <summary>Writes a path; of a peel chain the first and the last link, and one line for those in between.</summary>
    public void Write(IReadOnlyList<PathStep> path, IReadOnlyList<PeelChain> peels)
    {
        int number = 0;
        foreach (PathStep step in path)
        {
            bool isFirst = number++ == 0;
            PeelChain? peel = peels.FirstOrDefault(p => number - 1 > p.FirstStep && number < p.FirstStep + p.Length);
            if (peel is not null)
            {
                if (number - 2 == peel.FirstStep)
                {
                    page.Line($"   … a peel chain of {Words.Number(peel.Length)} transactions, steps {peel.FirstStep + 1} to {peel.FirstStep + peel.Length}: one coin spent again and again, its larger rest goes on (a heuristic)", 2);
                }

                continue;
            }

            // In chain order: of the next transfer the payer is the payee of this one, and is not told again.
            page.Line($"{number}. {When(step)}  {amounts.Of(step)}{Marks(step, isFirst)}", 2, Styles.Strong);
            if (isFirst || peels.Any(p => number == p.FirstStep + p.Length))
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

    /// <summary>The view by coin beside the view by address; nothing where the data tell no coins.</summary>
    public void WriteByCoin(Exposure exposure)
    {
        if (!exposure.AreCoinsKnown || exposure.IsDust)
        {
            return;
        }

        if (exposure.ByCoin is not CoinExposure coin)
        {
            page.Line($"by coin: no; within these hops no output that descends from {exposure.List} is on a way to {exposure.Address}. The link holds by address alone", 2, Styles.Open);
            return;
        }

        bool isSame = coin.Path.Select(s => (s.From, s.To, s.Position)).SequenceEqual(exposure.Path.Select(s => (s.From, s.To, s.Position)));
        page.Line($"by coin: yes, {Words.Count(coin.Hops, "hop")}{(isSame ? ", by this very path: each transaction spends the output that the one before made" : ", by this path:")}", 2, Styles.Found);
        if (!isSame)
        {
            Write(coin.Path, coin.PeelChains);
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

        if (step.CoinJoin != CoinJoinRule.None)
        {
            marks.Add($"A COINJOIN BY ITS SHAPE: {CoinJoins.NameOf(step.CoinJoin)}");
        }

        if (step.BatchPayees > 0)
        {
            marks.Add($"a batch of payouts to {Words.Number(step.BatchPayees)} addresses");
        }

        if (step.From == step.To)
        {
            marks.Add("change to itself, no hop");
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
