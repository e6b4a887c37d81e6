using System.Runtime.InteropServices;
using ChainWatch.Graph;

namespace ChainWatch.Tests.Graph.Twin;

/// <summary>The blocks' times, as far as the sources tell them: the earliest, where they differ.</summary>
internal sealed class BlockTimes
{
    private const long Unknown = long.MaxValue;
    private readonly Dictionary<long, long> _ticks = [];

    public void Note(long block, DateTimeOffset? time)
    {
        ref long known = ref CollectionsMarshal.GetValueRefOrAddDefault(_ticks, block, out bool exists);
        known = Math.Min(exists ? known : Unknown, time?.UtcTicks ?? Unknown);
    }

    public DateTimeOffset? Of(long block) => _ticks[block] is not Unknown and long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
}
