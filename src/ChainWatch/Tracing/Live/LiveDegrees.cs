using ChainWatch.Graph;
using ChainWatch.Labels;

namespace ChainWatch.Tracing.Live;

/// <summary>How many followed transfers touch every address so far, as blocks come and go: for the degree limit.</summary>
internal sealed class LiveDegrees
{
    private readonly int _max;
    private readonly int[] _history;
    private readonly Dictionary<Address, int> _counts = [];
    private readonly BlockStack<List<(Address Address, int Before)>> _marks = new();

    /// <summary>Counts history.</summary>
    /// <param name="history">The rules over it; null where there is none.</param>
    /// <param name="max">The limit.</param>
    /// <param name="endGroup">The first group that is not history.</param>
    public LiveDegrees(LaneRules? history, int max, int endGroup)
    {
        _max = max;
        _history = new int[history?.Log.AddressTable.Length ?? 0];
        if (history is not null && endGroup > 0)
        {
            DegreeLimit.Count(history.Log, history.Filter, max, _history, history.Log.EndOf(endGroup - 1));
        }
    }

    /// <summary>Counts the transfers of blocks.</summary>
    /// <param name="block">The blocks.</param>
    /// <param name="inHistory">The numbers of their addresses in history's log, or -1.</param>
    /// <param name="filter">Tells which transfers are followed.</param>
    /// <param name="labels">The label of every labelled address.</param>
    /// <returns>The stops in them.</returns>
    public ChainStops Append(ChainLog block, int[] inHistory, TransferFilter filter, IReadOnlyDictionary<Address, StopLabel> labels)
    {
        int[] degree = [.. block.AddressTable.Select((address, number) => Of(address, inHistory[number]))];
        int[] before = [.. degree];
        IReadOnlyList<(int Group, int Address)> crossings = DegreeLimit.Count(block, filter, _max, degree, block.Entries.Length);
        List<(Address, int)> mark = [];
        for (int number = 0; number < degree.Length; number++)
        {
            if (degree[number] != before[number])
            {
                mark.Add((block.AddressTable[number], before[number]));
                _counts[block.AddressTable[number]] = degree[number];
            }
        }

        _marks.Push(mark);
        return new ChainStops(block, labels, _max, before, crossings);
    }

    /// <summary>Takes back what was appended last.</summary>
    public void Undo()
    {
        foreach ((Address address, int before) in _marks.Pop())
        {
            _counts[address] = before;
        }
    }

    private int Of(Address address, int number) => _counts.TryGetValue(address, out int count) ? count : number >= 0 ? _history[number] : 0;
}
