using ChainWatch.Lists;
using ChainWatch.Tracing;
using Microsoft.Extensions.Logging;

namespace ChainWatch.Hosting;

/// <summary>How old the lists are that are watched for; tells once of each that becomes too old.</summary>
internal sealed class ListFreshness(WatchLimits limits, TimeProvider clock, ILogger logger)
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>The lists that have a date. Those made on the spot have none.</summary>
    public IReadOnlyList<ListStatus> Of(TraceRequest request)
    {
        DateTimeOffset now = clock.GetUtcNow();
        DateOnly today = DateOnly.FromDateTime(now.UtcDateTime);
        return [.. request.From.Where(l => l.Manifest is not null).Select(l => Of(l, now, today))];
    }

    /// <summary>Warns of a list when it becomes too old; again where it was renewed meanwhile.</summary>
    public void Warn(TraceRequest request)
    {
        IReadOnlyList<ListStatus> lists = Of(request);
        _told.IntersectWith(lists.Where(l => l.IsTooOld).Select(l => l.Name));
        foreach (ListStatus list in lists.Where(l => l.IsTooOld && _told.Add(l.Name)))
        {
            Log.ListTooOld(logger, list.Name, list.AsOf, limits.ListAgeDaysMax);
        }
    }

    private ListStatus Of(AddressList list, DateTimeOffset now, DateOnly today) => new(
        list.Name,
        list.AsOf,
        now - new DateTimeOffset(list.AsOf, TimeOnly.MinValue, TimeSpan.Zero),
        today.DayNumber - list.AsOf.DayNumber > limits.ListAgeDaysMax);
}
