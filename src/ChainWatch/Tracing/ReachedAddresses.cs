using System.Collections;

namespace ChainWatch.Tracing;

/// <summary>
/// The exposures of all addresses that one list reaches, by hops, then chain, then address. They are made when they are read:
/// of twenty million addresses one keeps four bytes each, and not an object. Where they are few they are kept, too, so that
/// what each found out (its path, its inflows) is found out once.
/// </summary>
internal sealed class ReachedAddresses : IReadOnlyList<Exposure>
{
    private const int KeptMax = 1 << 16;
    private readonly (LaneView Lane, CoinView? Coins)[] _views;
    private readonly int[] _addresses;
    private readonly List<(int First, int View)> _runs = [];
    private readonly Exposure?[]? _kept;

    public ReachedAddresses((LaneView Lane, CoinView? Coins)[] views)
    {
        _views = views;
        int[][] counts = [.. views.Select(v => CountByHops(v.Lane))];
        int most = counts.Length == 0 ? 0 : counts.Max(c => c.Length);
        int total = 0;
        int[][] next = [.. counts.Select(c => new int[c.Length])];
        for (int hops = 0; hops < most; hops++)
        {
            for (int view = 0; view < views.Length; view++)
            {
                if (hops < counts[view].Length && counts[view][hops] > 0)
                {
                    _runs.Add((total, view));
                    next[view][hops] = total;
                    total = checked(total + counts[view][hops]);
                }
            }
        }

        _addresses = new int[total];
        for (int view = 0; view < views.Length; view++)
        {
            LaneView lane = views[view].Lane;
            foreach (int address in lane.Record.Reached())
            {
                _addresses[next[view][lane.HopsOf(address)]++] = address;
            }
        }

        _kept = total <= KeptMax ? new Exposure?[total] : null;
    }

    public int Count => _addresses.Length;

    public Exposure this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            if (_kept is null)
            {
                return Make(index, RunOf(index));
            }

            return _kept[index] ??= Make(index, RunOf(index));
        }
    }

    public IEnumerator<Exposure> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static int[] CountByHops(LaneView lane)
    {
        int[] counts = new int[lane.Rules.MaxHops + 1];
        foreach (int address in lane.Record.Reached())
        {
            counts[lane.HopsOf(address)]++;
        }

        return counts;
    }

    private Exposure Make(int index, int view) => new(_views[view].Lane, _addresses[index], _views[view].Coins);

    private int RunOf(int index)
    {
        int low = 0;
        int high = _runs.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) >>> 1;
            (low, high) = _runs[middle].First <= index ? (middle, high) : (low, middle - 1);
        }

        return _runs[low].View;
    }
}
