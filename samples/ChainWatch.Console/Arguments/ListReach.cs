using ChainWatch.Console.Printing;
using ChainWatch.Lists;

namespace ChainWatch.Console.Arguments;

/// <summary>Lists that are asked about a day after their own: they cannot know what came on since.</summary>
internal static class ListReach
{
    /// <summary>One sentence for each day at which some of the lists end before the day asked.</summary>
    public static IReadOnlyList<string> Beyond(IEnumerable<AddressList> lists, DateOnly? asOf) =>
    [
        .. lists.Where(list => list.Manifest is not null && list.AsOf < asOf)
            .Select(list => (list.Manifest!.Name, list.AsOf)).Distinct()
            .GroupBy(list => list.AsOf, list => list.Name).OrderBy(group => group.Key)
            .Select(group => $"the lists speak only to {Words.Day(group.Key)} ({string.Join(", ", group.Order(StringComparer.Ordinal))}), and {Words.Day(asOf)} is asked"),
    ];

    /// <summary>The same of every list that a trace used.</summary>
    public static IReadOnlyList<string> Beyond(Tracing.TraceRequest request) =>
        Beyond(request.From.Concat(request.Lists?.AddressLists ?? []), request.AsOf);
}
