using System.Collections;

namespace ChainWatch.Tracing;

/// <summary>Lists one after another, as one; none is copied.</summary>
internal sealed class ConcatenatedList<T>(IReadOnlyList<IReadOnlyList<T>> lists) : IReadOnlyList<T>
{
    public int Count { get; } = checked(lists.Sum(l => l.Count));

    public T this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            int list = 0;
            for (; index >= lists[list].Count; list++)
            {
                index -= lists[list].Count;
            }

            return lists[list][index];
        }
    }

    public IEnumerator<T> GetEnumerator() => lists.SelectMany(l => l).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
