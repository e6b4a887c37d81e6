namespace ChainWatch.Graph.Building;

/// <summary>
/// Every so many addresses' key, small enough for the cache, so that a search touches few rows. Keys are far from evenly
/// spread over all addresses of a Bitcoin network, and nearly so between two samples.
/// </summary>
internal sealed class AddressSamples
{
    private const int SamplesMax = 4096;
    private const int StepMin = 64;

    private readonly ulong[] _keys;
    private readonly int _step;
    private readonly int _count;

    /// <summary>Reads the keys of at most 4096 ranks.</summary>
    /// <param name="count">How many addresses there are.</param>
    /// <param name="keyAt">The key of a rank; null where it is kept as text.</param>
    public AddressSamples(int count, Func<int, ulong?> keyAt)
    {
        _count = count;
        _step = Math.Max(StepMin, (int)(((long)count + SamplesMax - 1) / SamplesMax));
        _keys = new ulong[(int)(((long)count + _step - 1) / _step)];
        ulong next = ulong.MaxValue;
        for (int i = _keys.Length - 1; i >= 0; i--)
        {
            // A text has no key; the next address that has one says as much, for all keys stand in order.
            for (int rank = i * _step; rank < Math.Min(count, (i + 1L) * _step); rank++)
            {
                if (keyAt(rank) is ulong key)
                {
                    next = key;
                    break;
                }
            }

            _keys[i] = next;
        }
    }

    /// <summary>Between which ranks a key's addresses are, the first inclusive and the second exclusive, and what keys stand there.</summary>
    public (int Low, int High, ulong LowKey, ulong HighKey) Between(ulong key)
    {
        int first = LowerBound(key);
        int before = Math.Max(0, first - 1);
        int behind = first < _keys.Length && _keys[first] == key ? key == ulong.MaxValue ? _keys.Length : LowerBound(key + 1) : first;
        bool isLast = behind == _keys.Length;
        return (before * _step, isLast ? _count : behind * _step, _keys.Length == 0 ? 0 : _keys[before], isLast ? ulong.MaxValue : _keys[behind]);
    }

    // The first sample that is not below the key. Without branches that cannot be foretold.
    private int LowerBound(ulong key)
    {
        int low = 0;
        int count = _keys.Length;
        while (count > 0)
        {
            int half = count >> 1;
            bool isBelow = _keys[low + half] < key;
            low = isBelow ? low + half + 1 : low;
            count = isBelow ? count - half - 1 : half;
        }

        return low;
    }
}
