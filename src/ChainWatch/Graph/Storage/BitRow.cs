using System.Numerics;

namespace ChainWatch.Graph.Storage;

/// <summary>A bit per number from 0, in words of 64 that stay in place. All 0 at first.</summary>
internal sealed unsafe class BitRow
{
    private PinnedArray<ulong> _words;

    /// <param name="length">How many bits.</param>
    public BitRow(int length)
    {
        Length = length;
        _words = PinnedArray<ulong>.Filled(WordsIn(length), 0);
    }

    public int Length { get; private set; }

    /// <summary>The words; what is beyond the last bit is 0. Valid while this object lives and does not grow.</summary>
    public ulong* Pointer => _words.Pointer;

    public ReadOnlySpan<ulong> Words => _words.Span;

    public bool this[int number]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)number, (uint)Length, nameof(number));
            return (_words.Pointer[number >> 6] >> (number & 63) & 1) != 0;
        }

        set
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)number, (uint)Length, nameof(number));
            ulong bit = 1UL << (number & 63);
            _words.Pointer[number >> 6] = value ? _words.Pointer[number >> 6] | bit : _words.Pointer[number >> 6] & ~bit;
        }
    }

    /// <summary>Makes room for more numbers, half as many again at once; their bits are 0.</summary>
    public void Grow(int length)
    {
        int words = WordsIn(length);
        if (words > _words.Length)
        {
            _words = _words.Grown(Math.Max(words, _words.Length + (_words.Length / 2)), 0);
        }

        Length = Math.Max(Length, length);
    }

    /// <summary>Sets all bits to 0.</summary>
    public void Clear() => _words.Span.Clear();

    /// <summary>Sets all bits.</summary>
    public void SetAll()
    {
        _words.Span.Fill(ulong.MaxValue);
        _words.Span[WordsIn(Length)..].Clear();
        if ((Length & 63) != 0)
        {
            _words.Span[WordsIn(Length) - 1] = ulong.MaxValue >> (64 - (Length & 63));
        }
    }

    /// <summary>The first bit that is set, from <paramref name="from"/> up to <paramref name="end"/>, or <paramref name="end"/>.</summary>
    public int Next(int from, int end)
    {
        if (from >= end)
        {
            return end;
        }

        ReadOnlySpan<ulong> words = _words.Span;
        int word = from >> 6;
        ulong bits = words[word] & (ulong.MaxValue << (from & 63));
        while (bits == 0)
        {
            if (++word >= (end + 63) >> 6)
            {
                return end;
            }

            bits = words[word];
        }

        return Math.Min(end, (word << 6) + BitOperations.TrailingZeroCount(bits));
    }

    /// <summary>The last bit that is set, from <paramref name="first"/> up to <paramref name="end"/>, or <paramref name="first"/> - 1.</summary>
    public int Last(int first, int end)
    {
        if (first >= end)
        {
            return first - 1;
        }

        ReadOnlySpan<ulong> words = _words.Span;
        int word = (end - 1) >> 6;
        ulong bits = words[word] & (ulong.MaxValue >> (63 - ((end - 1) & 63)));
        while (bits == 0)
        {
            if (--word < first >> 6)
            {
                return first - 1;
            }

            bits = words[word];
        }

        return Math.Max(first - 1, (word << 6) + BitOperations.Log2(bits));
    }

    /// <summary>How many bits are set.</summary>
    public int Count()
    {
        long count = 0;
        foreach (ulong word in _words.Span)
        {
            count += BitOperations.PopCount(word);
        }

        return (int)count;
    }

    /// <summary>How many bits are set here and not in another row of the same length.</summary>
    public long CountExcept(BitRow other)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(other.Length, Length);
        long count = 0;
        for (int i = 0; i < _words.Length; i++)
        {
            count += BitOperations.PopCount(_words.Pointer[i] & ~other._words.Pointer[i]);
        }

        return count;
    }

    private static int WordsIn(int length) => (int)(((long)length + 63) / 64);
}
