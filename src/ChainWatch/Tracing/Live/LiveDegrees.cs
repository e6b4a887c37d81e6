using System.Runtime.Intrinsics.X86;
using ChainWatch.Graph;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Tracing.Live;

/// <summary>How many followed transfers touch every address so far, as blocks come and go: for the degree limit. 4 bytes an address.</summary>
internal sealed unsafe class LiveDegrees
{
    private readonly int _max;
    private readonly BlockStack<int[]> _touched = new();
    private readonly List<int> _now = [];
    private readonly List<(int Group, int Address)> _crossings = [];
    private PinnedArray<int> _counts;

    /// <summary>Counts history.</summary>
    /// <param name="log">The log.</param>
    /// <param name="filter">Tells which of its transfers are followed.</param>
    /// <param name="max">The limit.</param>
    /// <param name="endGroup">The first group that is not history.</param>
    public LiveDegrees(ChainLog log, TransferFilter filter, int max, int endGroup)
    {
        _max = max;
        _counts = PinnedArray<int>.Filled(log.AddressTable.Length, 0);
        HistoryCrossings = endGroup > 0 ? DegreeLimit.Count(log, filter, max, _counts.Span, log.EndOf(endGroup - 1)) : [];
    }

    /// <summary>Where addresses crossed the limit in history, in chain order.</summary>
    public IReadOnlyList<(int Group, int Address)> HistoryCrossings { get; }

    /// <summary>Makes room for more addresses, half as many again at once.</summary>
    public void Grow(int addressCount)
    {
        if (addressCount > _counts.Length)
        {
            _counts = _counts.Grown((int)Math.Clamp(_counts.Length + ((long)_counts.Length / 2), addressCount, Math.Max(addressCount, Array.MaxLength)), 0);
        }
    }

    /// <summary>Asks the processor for the counts of transfers that come next.</summary>
    public void Prefetch(ReadOnlySpan<int> sources, ReadOnlySpan<int> targets)
    {
        int* counts = _counts.Pointer;
        for (int i = 0; Sse.IsSupported && i < sources.Length; i++)
        {
            if (sources[i] >= 0 && Math.Max(sources[i], targets[i]) < _counts.Length)
            {
                Sse.Prefetch0(counts + sources[i]);
                Sse.Prefetch0(counts + targets[i]);
            }
        }
    }

    /// <summary>Counts the transfers of a block, whose addresses there is room for.</summary>
    /// <returns>Where addresses cross the limit in it, in chain order; good until the next block.</returns>
    public IReadOnlyList<(int Group, int Address)> Append(ChainLog log, LiveRows rows, TransferFilter filter)
    {
        _now.Clear();
        _crossings.Clear();
        ReadOnlySpan<int> sources = rows.Sources;
        ReadOnlySpan<int> targets = rows.Targets;
        for (int i = 0; i < sources.Length; i++)
        {
            int entry = rows.First + i;
            if (sources[i] < 0)
            {
                int multi = log.Entries.MultiOf(entry);
                if (filter.TargetsOf(multi) is { Followed: { Length: > 0 } followed })
                {
                    foreach (int address in DegreeLimit.TouchedBy(log.MultiAt(multi).Sources, followed))
                    {
                        Touch(address, entry, log);
                    }
                }
            }
            else if (filter.VerdictOf(entry) == TransferFilter.Verdict.Followed)
            {
                Touch(sources[i], entry, log);
                Touch(targets[i], entry, log);
            }
        }

        _touched.Push([.. _now]);
        return _crossings;
    }

    /// <summary>Takes back what was appended last.</summary>
    public void Undo()
    {
        foreach (int address in _touched.Pop())
        {
            _counts.Span[address]--;
        }
    }

    private void Touch(int address, int entry, ChainLog log)
    {
        _now.Add(address);
        if (++_counts.Span[address] == _max + 1L)
        {
            _crossings.Add((log.GroupOf(entry), address));
        }
    }
}
