namespace ChainWatch.Benchmarks;

/// <summary>
/// An answer found in another way than the tracer's: round by round, for every address the earliest transfer by which it
/// can be reached with exactly that many hops. An address that is reached earlier than with any smaller number of hops is
/// in the next frontier, and opens its later transfers. It knows nothing of labels, groups or stops.
/// </summary>
public static class FrontierSearch
{
    private const int Never = int.MaxValue;

    /// <summary>How many addresses are reached first with 0, 1, … hops.</summary>
    /// <param name="addresses">How many addresses there are.</param>
    /// <param name="from">Who paid, by transfer, in strict chain order.</param>
    /// <param name="to">Who was paid.</param>
    /// <param name="seeds">Where the funds start.</param>
    /// <param name="hopsMax">The most hops of a path.</param>
    public static int[] CountByHops(int addresses, int[] from, int[] to, IEnumerable<int> seeds, int hopsMax)
    {
        List<int>[] paymentsOf = new List<int>[addresses];
        for (int i = 0; i < from.Length; i++)
        {
            (paymentsOf[from[i]] ??= []).Add(i);
        }

        int[] counts = new int[hopsMax + 1];
        int[] earliestSoFar = new int[addresses];
        Array.Fill(earliestSoFar, Never);
        Dictionary<int, int> frontier = seeds.Distinct().ToDictionary(seed => seed, _ => -1);
        for (int hops = 0; hops <= hopsMax; hops++)
        {
            Dictionary<int, int> next = [];
            foreach ((int address, int arrival) in frontier)
            {
                counts[hops] += earliestSoFar[address] == Never ? 1 : 0;
                earliestSoFar[address] = arrival;
            }

            foreach ((int address, int arrival) in frontier)
            {
                foreach (int transfer in paymentsOf[address] ?? [])
                {
                    int target = to[transfer];
                    if (transfer > arrival && target != address && transfer < earliestSoFar[target] && transfer < next.GetValueOrDefault(target, Never))
                    {
                        next[target] = transfer;
                    }
                }
            }

            frontier = next;
        }

        return counts;
    }
}
