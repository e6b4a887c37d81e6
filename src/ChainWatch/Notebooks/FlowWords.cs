using ChainWatch.Labels;

namespace ChainWatch.Notebooks;

/// <summary>What a flow says of an address, in words.</summary>
internal static class FlowWords
{
    /// <summary>Seed, watched, stop with its category and name, and why the trace ends there.</summary>
    public static IEnumerable<string> Of(FlowNode node)
    {
        if (node.IsSeed)
        {
            yield return "seed";
        }

        if (node.IsWatched)
        {
            yield return "watched";
        }

        if (node.Stop is StopLabel stop)
        {
            yield return stop.Name.Length > 0 ? $"stop, {StopCategories.NameOf(stop.Category)}: {stop.Name}" : $"stop, {StopCategories.NameOf(stop.Category)}";
        }
        else if (Why(node.StopReason) is { Length: > 0 } why && !node.IsSeed)
        {
            yield return why;
        }
    }

    // That nothing goes on is what a leaf of the drawing shows.
    private static string Why(string stopReason) => stopReason switch
    {
        "no-onward-transfer" => "",
        "hop-limit" => "at the hop limit",
        "degree" => "stop, over the degree limit",
        "opaque:coinjoin" => "stop, into CoinJoins",
        _ => stopReason,
    };
}
