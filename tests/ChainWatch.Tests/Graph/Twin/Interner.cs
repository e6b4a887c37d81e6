using System.Runtime.InteropServices;
using ChainWatch.Graph;

namespace ChainWatch.Tests.Graph.Twin;

/// <summary>Gives every distinct value a number, and can renumber them in the values' own order.</summary>
internal sealed class Interner<T>
    where T : notnull, IEquatable<T>, IComparable<T>
{
    private readonly Dictionary<T, int> _numbers = [];

    public int NumberOf(T value)
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, value, out bool known);
        if (!known)
        {
            number = _numbers.Count - 1;
        }

        return number;
    }

    /// <summary>The values by number.</summary>
    public T[] Values()
    {
        T[] values = new T[_numbers.Count];
        foreach ((T value, int number) in _numbers)
        {
            values[number] = value;
        }

        return values;
    }

    /// <summary>The values in order, and for every number the value's rank.</summary>
    /// <param name="text">A text by whose code units the values are ordered; null for their own order. Made once a value.</param>
    public (T[] Values, int[] Rank) Sort(Func<T, string>? text = null)
    {
        T[] values = Values();
        int[] numbers = [.. Enumerable.Range(0, values.Length)];
        if (text is null)
        {
            Array.Sort(values, numbers);
        }
        else
        {
            T[] byNumber = values;
            Array.Sort(Array.ConvertAll(values, value => text(value)), numbers, StringComparer.Ordinal);
            values = Array.ConvertAll(numbers, number => byNumber[number]);
        }

        int[] rank = new int[numbers.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            rank[numbers[i]] = i;
        }

        return (values, rank);
    }

    /// <summary>The map from values to their ranks. The interner is not to be used afterwards.</summary>
    public Dictionary<T, int> TakeNumbers(T[] sorted)
    {
        for (int i = 0; i < sorted.Length; i++)
        {
            _numbers[sorted[i]] = i;
        }

        return _numbers;
    }
}
