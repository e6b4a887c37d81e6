namespace ChainWatch.Tracing.Engine;

/// <summary>
/// What the pass of one list wrote down: the steps by which addresses got their labels, the inflows to addresses of interest,
/// and the few things that do not fit eight bytes a step.
/// </summary>
internal sealed class LaneEvidence(int addresses)
{
    private readonly Dictionary<uint, uint> _arrivals = [];
    private readonly List<AddedStep> _added = [];

    /// <summary>All steps; number n lies at n - 1.</summary>
    public RecordLog<TraceStep> Steps { get; } = new(addresses);

    public RecordLog<InflowRecord> Inflows { get; } = new(addresses / 16);

    /// <summary>Whether any address's arrival is another step than the one of its label.</summary>
    public bool HasArrivals => _arrivals.Count > 0;

    public TraceStep StepAt(uint number) => Steps[number - 1L];

    /// <summary>The number of a new step.</summary>
    /// <exception cref="InvalidOperationException">Step numbers are used up (2^32).</exception>
    public uint Add(TraceStep step)
    {
        if (Steps.Count == uint.MaxValue)
        {
            throw new InvalidOperationException("a trace holds at most 4,294,967,295 steps");
        }

        Steps.Add(step);
        return (uint)Steps.Count;
    }

    public uint Add(TraceStep step, uint tail, uint head, PathOrder order)
    {
        uint number = Add(step);
        _added.Add(new AddedStep(number, tail, head, order));
        return number;
    }

    /// <summary>The ends of a step that the caller added; false for the step of a transfer in the columns.</summary>
    public bool TryGetAdded(uint number, out AddedStep step)
    {
        int low = 0;
        int high = _added.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = _added[middle].Step < number ? (middle + 1, high) : (low, middle);
        }

        step = low < _added.Count ? _added[low] : default;
        return step.Step == number && number != 0;
    }

    /// <summary>The arrival of an address that is kept aside, or 0.</summary>
    public uint ArrivalAside(uint address) => HasArrivals && _arrivals.TryGetValue(address, out uint step) ? step : 0;

    /// <summary>
    /// Keeps the first arrival at an address's hops: a better known order with the same hops leaves it as it was, a nearer path
    /// is the new one.
    /// </summary>
    public void NoteArrival(uint address, uint before, uint label, uint stepBefore)
    {
        if (!LabelByte.AreAsNear(before, label))
        {
            _arrivals.Remove(address);
        }
        else
        {
            _arrivals.TryAdd(address, stepBefore);
        }
    }

    public void RestoreArrival(uint address, uint aside)
    {
        if (aside == 0)
        {
            _arrivals.Remove(address);
        }
        else
        {
            _arrivals[address] = aside;
        }
    }

    public EvidenceMark Mark() => new(Steps.Count, Inflows.Count, _added.Count);

    public void RollBack(EvidenceMark mark)
    {
        Steps.Truncate(mark.Steps);
        Inflows.Truncate(mark.Inflows);
        _added.RemoveRange(mark.AddedSteps, _added.Count - mark.AddedSteps);
    }
}
