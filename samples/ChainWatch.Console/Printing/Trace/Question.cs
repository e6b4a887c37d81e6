using System.Globalization;
using ChainWatch.Console.Arguments;
using ChainWatch.Tracing;

namespace ChainWatch.Console.Printing.Trace;

/// <summary>The question in a line, and the rules under which it was answered.</summary>
internal static class Question
{
    public static IEnumerable<Direction> Directions(TraceRequest request) =>
        new[] { Direction.Received, Direction.Sent }.Where(direction => request.Direction.HasFlag(direction));

    public static void Write(Page page, TraceResult result)
    {
        TraceRequest request = result.Request;
        string lists = string.Join(", ", request.From.Select(list => list.Name));
        string hops = Words.Count(request.MaxHops, "hop");
        string question = (request.To.Count, request.Direction) switch
        {
            (0, Direction.Received) => $"Which addresses did funds from {lists} reach within {hops}?",
            (0, Direction.Sent) => $"From which addresses did funds reach {lists} within {hops}?",
            (0, _) => $"Which addresses did funds from {lists} reach, and from which did funds reach it, within {hops}?",
            (1, Direction.Received) => $"Did funds from {lists} reach {request.To[0]} within {hops}?",
            (1, Direction.Sent) => $"Did funds of {request.To[0]} reach {lists} within {hops}?",
            (1, _) => $"Did funds pass between {lists} and {request.To[0]} within {hops}?",
            (_, Direction.Received) => $"Did funds from {lists} reach any of {Words.Number(request.To.Count)} wallets within {hops}?",
            (_, Direction.Sent) => $"Did funds of any of {Words.Number(request.To.Count)} wallets reach {lists} within {hops}?",
            _ => $"Did funds pass between {lists} and any of {Words.Number(request.To.Count)} wallets within {hops}?",
        };
        page.Title(question);
        foreach (string rule in Rules(request))
        {
            page.Line(rule, 2, Styles.Faint);
        }

        foreach (string reason in ListReach.Beyond(request))
        {
            page.Line($"incomplete: {reason}", 2, Styles.Open);
        }
    }

    private static IEnumerable<string> Rules(TraceRequest request)
    {
        if (request.AsOf is DateOnly asOf)
        {
            yield return $"lists as in force on {Words.Day(asOf)}";
        }

        if (request.Stops.Lists.Count == 0)
        {
            yield return "no labels: no address stops the trace" + (request.Stops.MaxDegree is null ? "" : " but those over the degree limit");
        }

        if (request.Stops.MaxDegree is int degree)
        {
            yield return $"an address with more than {Words.Count(degree, "followed transfer")} is an opaque stop from there on";
        }

        AmountText amounts = new(request.Tokens);
        foreach ((Asset asset, Amount minimum) in request.MinValues.OrderBy(pair => pair.Key))
        {
            yield return $"less than {amounts.Of(asset, minimum.ToBigInteger())} is dust and not followed";
        }

        if (request.AnyToken)
        {
            yield return "every token is followed, also those that are not on the token list";
        }

        if (request.ThroughCoinJoin)
        {
            yield return "CoinJoins are followed, and marked: who paid whom in one cannot be told";
        }

        if (request.StrictOrder)
        {
            yield return "only paths of proven order";
        }

        if (request.Window != TraceWindow.All)
        {
            TraceWindow w = request.Window;
            string from = w.FirstBlock?.ToString(CultureInfo.InvariantCulture) ?? Words.Time(w.FirstTime);
            string to = w.LastBlock?.ToString(CultureInfo.InvariantCulture) ?? Words.Time(w.LastTime);
            yield return $"only transfers{(from.Length > 0 ? $" from {from}" : "")}{(to.Length > 0 ? $" up to {to}" : "")}";
        }
    }
}
