using System.Collections;

namespace ChainWatch.Graph.Storage;

/// <summary>
/// The addresses of a chain in canonical order, appended ones among the others. These are sorted when they are first asked for;
/// the base is not looked at but to find their places.
/// </summary>
internal sealed class CanonicalOrder(AddressColumn addresses) : IReadOnlyList<Address>
{
    private readonly Lazy<(int[] Numbers, int[] Places)> _appended = new(() => Sort(addresses));

    /// <inheritdoc/>
    public int Count => addresses.Length;

    /// <summary>Their numbers, in that order.</summary>
    public IEnumerable<int> Numbers => addresses.Length == addresses.BaseLength ? Enumerable.Range(0, addresses.Length) : Merge();

    /// <inheritdoc/>
    public Address this[int place]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)place, (uint)Count, nameof(place));
            if (addresses.Length == addresses.BaseLength)
            {
                return addresses[place];
            }

            (int[] numbers, int[] places) = _appended.Value;
            int at = Array.BinarySearch(places, place);
            return addresses[at >= 0 ? numbers[at] : place - ~at];
        }
    }

    public IEnumerator<Address> GetEnumerator() => Numbers.Select(number => addresses[number]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<int> Merge()
    {
        (int[] numbers, int[] places) = _appended.Value;
        int next = 0;
        for (int place = 0; place < Count; place++)
        {
            yield return next < places.Length && places[next] == place ? numbers[next++] : place - next;
        }
    }

    // For every appended address, in order, its number and its place: how many of the base come before, and of the appended.
    private static (int[] Numbers, int[] Places) Sort(AddressColumn addresses)
    {
        int[] numbers = [.. Enumerable.Range(addresses.BaseLength, addresses.Length - addresses.BaseLength)];
        Array.Sort(numbers, addresses.Compare);
        int[] places = new int[numbers.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            int low = i == 0 ? 0 : places[i - 1] - (i - 1);
            int high = addresses.BaseLength;
            while (low < high)
            {
                int middle = low + ((high - low) / 2);
                (low, high) = addresses.Compare(middle, numbers[i]) < 0 ? (middle + 1, high) : (low, middle);
            }

            places[i] = low + i;
        }

        return (numbers, places);
    }
}
