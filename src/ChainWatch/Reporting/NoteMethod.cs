using ChainWatch.Tracing;
using static ChainWatch.Reporting.MarkdownText;

namespace ChainWatch.Reporting;

/// <summary>How the answer was found, under which rules, and what it cannot say.</summary>
internal static class NoteMethod
{
    public static void Write(INoteText text, TraceResult result, NoteWords words)
    {
        text.Paragraph("A hop is one transfer of value between two different addresses; an address of a list is hop 0, and who it pays directly is hop 1. Along a path the transfers ascend in chain order, so that funds leave an address only after they got there; transfers of one transaction may follow one another in any order, and where a source does not tell the order inside a block it is assumed and marked. The number of hops is the least over all such paths in the data covered. Services, contracts and opaque conduits are reported and not traced through; contracts are followed inside one transaction. Every list is traced apart.");
        text.Bullets([.. Rules(result.Request, words)]);
        text.Paragraph("What this note cannot say:");
        text.Bullets(
        [
            "Exposure is not guilt: a path shows that funds could have come this way, not who knew of it or that the coins are the same.",
            "Lists are not exhaustive (OFAC FAQ 562): an address that no list names may belong to a listed person.",
            "No legal rule fixes a number of hops, and no de-minimis amount exists. The 50 % rule is about ownership of entities, which is not assessed here.",
            "An attribution is the statement of whoever makes it and no sanctions designation.",
            "No path in the data covered does not mean that there is no path.",
        ]);
    }

    private static IEnumerable<string> Rules(TraceRequest request, NoteWords words)
    {
        yield return $"Hops asked for: {ReportWords.Plain(request.MaxHops)}. Direction: {ReportWords.Of(request.Direction)}.";
        yield return request.Stops.Lists.Count > 0
            ? $"Stop lists: {string.Join(", ", request.Stops.Lists.Select(l => Quote(l.Name)))}. Degree limit: {(request.Stops.MaxDegree is int degree ? ReportWords.Number(degree) : "none")}."
            : $"No stop list was used. Degree limit: {(request.Stops.MaxDegree is int limit ? ReportWords.Number(limit) : "none")}.";
        yield return request.AnyToken
            ? "Tokens that are not on the token list were followed, too: anybody can make one that looks like another."
            : $"Followed: coins, and the {ReportWords.Count(request.Tokens.Tokens.Count, "token", "tokens")} of the token list {Quote(request.Tokens.Name)}, by contract.";
        yield return request.MinValues.Count == 0
            ? "No minimum amount."
            : $"Minimum amounts: {string.Join(", ", request.MinValues.OrderBy(m => m.Key).Select(m => Quote(words.Symbols.Display(m.Key, m.Value))))}.";
        if (request.ThroughCoinJoin)
        {
            yield return "CoinJoins were followed, and are marked: who paid whom in one cannot be told.";
        }

        if (request.StrictOrder)
        {
            yield return "Only paths of proven order were admitted.";
        }

        if (request.Window != TraceWindow.All)
        {
            yield return $"Only transfers in the window were followed: {Window(request.Window)}.";
        }
    }

    private static string Window(TraceWindow window)
    {
        List<string> bounds = [];
        if (window.FirstBlock is long firstBlock)
        {
            bounds.Add($"from block {ReportWords.Plain(firstBlock)}");
        }

        if (window.LastBlock is long lastBlock)
        {
            bounds.Add($"to block {ReportWords.Plain(lastBlock)}");
        }

        if (window.FirstTime is DateTimeOffset firstTime)
        {
            bounds.Add($"from {ReportWords.Time(firstTime)}");
        }

        if (window.LastTime is DateTimeOffset lastTime)
        {
            bounds.Add($"to {ReportWords.Time(lastTime)}");
        }

        return string.Join(", ", bounds);
    }
}
