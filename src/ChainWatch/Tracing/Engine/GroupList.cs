using System.Numerics;

namespace ChainWatch.Tracing.Engine;

/// <summary>Positions, noted in any order and more than once; read as ascending and distinct. Cleared without giving its memory back.</summary>
internal sealed class GroupList
{
    // Below, comparing is faster than counting.
    private const int CountingLengthMin = 512;
    private const int DigitBitsMax = 11;
    private int[] _groups = new int[32];
    private int[] _spare = [];
    private int _count;

    /// <summary>Forgets everything.</summary>
    public void Clear() => _count = 0;

    /// <summary>Notes a position.</summary>
    public void Add(int group)
    {
        // Neighbours are often of one position.
        if (_count > 0 && _groups[_count - 1] == group)
        {
            return;
        }

        if (_count == _groups.Length)
        {
            Array.Resize(ref _groups, _groups.Length * 2);
        }

        _groups[_count++] = group;
    }

    /// <summary>What was noted, ascending, each once. Good until more is noted.</summary>
    public ReadOnlySpan<int> Sort()
    {
        if (_count < CountingLengthMin)
        {
            _groups.AsSpan(0, _count).Sort();
        }
        else
        {
            SortByDigits();
        }

        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            if (kept == 0 || _groups[kept - 1] != _groups[i])
            {
                _groups[kept++] = _groups[i];
            }
        }

        _count = kept;
        return _groups.AsSpan(0, kept);
    }

    private void SortByDigits()
    {
        int max = 0;
        foreach (int group in _groups.AsSpan(0, _count))
        {
            max = Math.Max(max, group);
        }

        if (_spare.Length < _count)
        {
            _spare = new int[_groups.Length];
        }

        // As few rounds as there can be, and of digits all alike: so the fewest that are counted.
        int bits = BitOperations.Log2((uint)max | 1) + 1;
        int rounds = (bits + DigitBitsMax - 1) / DigitBitsMax;
        int digitBits = (bits + rounds - 1) / rounds;
        Span<int> next = stackalloc int[1 << digitBits];
        for (int shift = 0; shift < bits; shift += digitBits)
        {
            next.Clear();
            foreach (int group in _groups.AsSpan(0, _count))
            {
                next[(group >> shift) & (next.Length - 1)]++;
            }

            int place = 0;
            foreach (ref int digit in next)
            {
                (digit, place) = (place, place + digit);
            }

            foreach (int group in _groups.AsSpan(0, _count))
            {
                _spare[next[(group >> shift) & (next.Length - 1)]++] = group;
            }

            (_groups, _spare) = (_spare, _groups);
        }
    }
}
