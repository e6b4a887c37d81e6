using System.Collections;

namespace ChainWatch.Graph.Storage;

/// <summary>The blocks that have transfers, ascending: height, time (UTC ticks and one; 0 where no source told it), first position.</summary>
internal sealed class BlockColumn(NumberColumn heights, NumberColumn times, NumberColumn firstGroups, int groups) : IReadOnlyList<BlockInfo>
{
    public NumberColumn Heights => heights;

    public NumberColumn Times => times;

    public NumberColumn FirstGroups => firstGroups;

    /// <summary>How many blocks.</summary>
    public int Length => heights.Count;

    /// <inheritdoc/>
    public int Count => heights.Count;

    /// <inheritdoc/>
    public BlockInfo this[int i]
    {
        get
        {
            int first = firstGroups.At(i);
            int end = i + 1 < Length ? firstGroups.At(i + 1) : groups;
            ulong ticks = times[i];
            return new BlockInfo(checked((long)heights[i]), ticks == 0 ? null : new DateTimeOffset(checked((long)(ticks - 1)), TimeSpan.Zero), first, end - first);
        }
    }

    /// <summary>The block that holds a group.</summary>
    public int OfGroup(int group)
    {
        int low = 0;
        int high = Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = firstGroups.At(middle) <= group ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    public IEnumerator<BlockInfo> GetEnumerator()
    {
        for (int i = 0; i < Length; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
