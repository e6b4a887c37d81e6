using System.Collections.Concurrent;

namespace ChainWatch.Ethereum.Decoding;

/// <summary>Lists of rows that are used again: the events of a full block take a hundred kilobytes, and would be collected like a large object each time.</summary>
internal static class RowPool<T>
{
    private const int KeptMax = 64;
    private const int CapacityMax = 1 << 15;
    private static readonly ConcurrentBag<List<T>> Free = [];

    /// <summary>An empty list.</summary>
    public static List<T> Rent() => Free.TryTake(out List<T>? list) ? list : [];

    /// <summary>Gives a list back; whoever does must not keep it.</summary>
    public static void Return(List<T> list)
    {
        if (list.Capacity <= CapacityMax && Free.Count < KeptMax)
        {
            list.Clear();
            Free.Add(list);
        }
    }
}
