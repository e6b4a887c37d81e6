namespace ChainWatch.Tests.Tracing.Engine;

/// <summary>
/// The one-pass lane in its plainest form: the rules of the label byte, transfer by transfer, whole copies for undo. It shares
/// no code with the engine.
/// </summary>
internal sealed class SlowLane
{
    private readonly int _limit;
    private readonly bool _reversed;
    private readonly HashSet<uint> _interest;

    public SlowLane(int addresses, int maxHops, bool reversed, IEnumerable<uint> seeds, HashSet<uint> interest)
    {
        _limit = maxHops * 4;
        _reversed = reversed;
        _interest = interest;
        Labels = new byte[addresses];
        Array.Fill(Labels, (byte)0x7f);
        StepOf = new uint[addresses];
        ArrivalOf = new uint[addresses];
        foreach (uint seed in seeds)
        {
            Labels[seed] = 0;
        }
    }

    public byte[] Labels { get; private set; }

    public uint[] StepOf { get; private set; }

    public uint[] ArrivalOf { get; private set; }

    public List<(uint Transfer, uint Previous)> Steps { get; private set; } = [];

    public List<(uint Transfer, uint Previous, byte Label)> Inflows { get; private set; } = [];

    public void Append(uint[] source, uint[] target, bool[] followed, int from, int to)
    {
        for (int k = from; k < to; k++)
        {
            int i = _reversed ? to - 1 - (k - from) : k;
            if (followed[i])
            {
                Take((uint)i, _reversed ? target[i] : source[i], _reversed ? source[i] : target[i]);
            }
        }
    }

    public void Offer(uint address, byte label, uint transfer, uint previous)
    {
        Steps.Add((transfer, previous));
        Improve(address, label);
    }

    public void SetNotLeft(uint address, bool notLeft)
    {
        if ((Labels[address] & 0x7f) != 0)
        {
            Labels[address] = (byte)((Labels[address] & 0x7f) | (notLeft ? 0x80 : 0));
        }
    }

    public void Reopen(uint address)
    {
        if ((Labels[address] & 0x7f) != 0)
        {
            (Labels[address], StepOf[address], ArrivalOf[address]) = (0x7f, 0, 0);
        }
    }

    /// <summary>A copy that goes its own way.</summary>
    public SlowLane Copy()
    {
        SlowLane copy = (SlowLane)MemberwiseClone();
        copy.Labels = [.. Labels];
        copy.StepOf = [.. StepOf];
        copy.ArrivalOf = [.. ArrivalOf];
        copy.Steps = [.. Steps];
        copy.Inflows = [.. Inflows];
        return copy;
    }

    private void Take(uint transfer, uint tail, uint head)
    {
        int from = Labels[tail];
        if (from >= _limit)
        {
            return;
        }

        byte label = (byte)(from + 4);
        if (_interest.Contains(head))
        {
            Inflows.Add((transfer, StepOf[tail], label));
        }

        if (label < (Labels[head] & 0x7f))
        {
            Steps.Add((transfer, StepOf[tail]));
            Improve(head, label);
        }
    }

    // The step is the last one.
    private void Improve(uint address, byte label)
    {
        int before = Labels[address] & 0x7f;
        if (label >= before)
        {
            return;
        }

        StepOf[address] = (uint)Steps.Count;
        if (label / 4 < before / 4)
        {
            ArrivalOf[address] = (uint)Steps.Count;
        }

        Labels[address] = (byte)((Labels[address] & 0x80) | label);
    }
}
