using System.Runtime.CompilerServices;
using ChainWatch.Graph;

namespace ChainWatch.Tracing;

/// <summary>
/// The filters and stops of the last questions over a log: they take a look at every transfer, and questions that
/// follow one another mostly have them in common. Lives as long as the log.
/// </summary>
internal sealed class RulesCache
{
    private const int Kept = 4;
    private static readonly ConditionalWeakTable<ChainLog, RulesCache> _caches = [];
    private readonly List<(FilterKey Key, TransferFilter Filter)> _filters = [];
    private readonly List<(TransferFilter Filter, StopRule Rule, ChainStops Stops)> _stops = [];
    private readonly Lock _lock = new();

    public static RulesCache Of(ChainLog log) => _caches.GetValue(log, _ => new RulesCache());

    public TransferFilter FilterOf(ChainLog log, TraceRequest request)
    {
        FilterKey key = new(request.Tokens, request.AnyToken, request.MinValues, request.Window);
        lock (_lock)
        {
            int known = _filters.FindIndex(f => f.Key == key);
            if (known >= 0)
            {
                return _filters[known].Filter;
            }

            TransferFilter filter = new(log, request);
            Keep(_filters, (key, filter));
            return filter;
        }
    }

    public ChainStops StopsOf(ChainLog log, TransferFilter filter, StopRule rule)
    {
        lock (_lock)
        {
            int known = _stops.FindIndex(s => ReferenceEquals(s.Filter, filter) && s.Rule == rule);
            if (known >= 0)
            {
                return _stops[known].Stops;
            }

            ChainStops stops = new(log, filter, rule);
            Keep(_stops, (filter, rule, stops));
            return stops;
        }
    }

    private static void Keep<T>(List<T> list, T item)
    {
        if (list.Count == Kept)
        {
            list.RemoveAt(0);
        }

        list.Add(item);
    }

    // Two token lists, or two sets of minimum values, are the same where they are one object: a copied request shares them.
    private sealed record FilterKey(object Tokens, bool AnyToken, object MinValues, TraceWindow Window)
    {
        public bool Equals(FilterKey? other) => other is not null && ReferenceEquals(Tokens, other.Tokens) && AnyToken == other.AnyToken
            && ReferenceEquals(MinValues, other.MinValues) && Window == other.Window;

        public override int GetHashCode() => HashCode.Combine(RuntimeHelpers.GetHashCode(Tokens), AnyToken, RuntimeHelpers.GetHashCode(MinValues), Window);
    }
}
