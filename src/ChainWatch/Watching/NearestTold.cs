using System.Runtime.InteropServices;
using ChainWatch.Tracing;

namespace ChainWatch.Watching;

/// <summary>How near wallets were told to be, by the alerts that stand. Notes do not count.</summary>
internal sealed class NearestTold
{
    private readonly Dictionary<(string List, Direction Direction, Address Wallet), int[]> _counts = [];

    /// <summary>The fewest hops told; null where nothing was.</summary>
    public int? HopsOf(string list, Direction direction, Address wallet) =>
        _counts.TryGetValue((list, direction, wallet), out int[]? counts) && Array.FindIndex(counts, c => c > 0) is >= 0 and int hops ? hops : null;

    /// <summary>An alert stands.</summary>
    public void Add(Alert alert) => Count(alert, 1);

    /// <summary>It stands no more, or is in doubt.</summary>
    public void Remove(Alert alert) => Count(alert, -1);

    private void Count(Alert alert, int change)
    {
        if (alert.IsNote)
        {
            return;
        }

        ref int[]? counts = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, (alert.List, alert.Direction, alert.Wallet), out _);
        if (counts is null || counts.Length <= alert.Hops)
        {
            Array.Resize(ref counts, alert.Hops + 1);
        }

        counts[alert.Hops] += change;
    }
}
