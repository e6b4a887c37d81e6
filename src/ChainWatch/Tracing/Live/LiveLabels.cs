using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using ChainWatch.Graph;
using ChainWatch.Graph.Storage;
using ChainWatch.Tracing.Engine;

namespace ChainWatch.Tracing.Live;

/// <summary>
/// The labels of one list by the addresses' numbers while blocks come and go, and the steps by which they came. They go on from
/// those of a lane over history, whose tables are taken over.
/// </summary>
/// <remarks>
/// Memory: 6 bytes an address of the log, and 8 bytes a step (24 where it is one of several transfers at a position or of a
/// movement with several sides); to take back the last blocks, 16 bytes for each label that one of them changed.
/// </remarks>
internal sealed unsafe class LiveLabels
{
    // The label of Label, which needs ten bits at most, and whether the address is a stop.
    private const ushort NotLeft = 0x8000;
    private const ushort Reach = 0x7fff;
    private const ushort Unreached = Reach;
    private readonly LaneEvidence _evidence;
    private readonly Dictionary<int, int> _dust = [];
    private readonly BlockStack<Mark> _marks = new();
    private readonly ushort _limit;
    private PinnedArray<ushort> _labels;
    private PinnedArray<uint> _stepOf;
    private Mark _mark = new(default);

    /// <param name="history">The lane over history: it is not to be used any more.</param>
    /// <param name="addressCount">How many addresses there are so far.</param>
    public LiveLabels(Lane history, int addressCount)
    {
        _limit = (ushort)(history.Question.Rules.MaxHops * Label.OneHop);
        if (history is DenseLane dense)
        {
            (OnePassLane labels, IReadOnlyDictionary<int, LabelAside> aside) = dense.HandOver();
            _evidence = labels.Evidence;
            _stepOf = labels.StepTable!;
            _labels = new PinnedArray<ushort>(labels.Addresses);
            Take(labels.Labels);
            foreach ((int address, LabelAside beside) in aside.Where(a => a.Value.DustStep >= 0))
            {
                _dust[address] = beside.DustStep;
            }
        }
        else
        {
            _evidence = new LaneEvidence(1 << 16);
            _stepOf = PinnedArray<uint>.Filled(addressCount, 0);
            _labels = PinnedArray<ushort>.Filled(addressCount, Unreached);
            Take((SparseLane)history);
        }

        foreach (int stop in history.Question.Rules.Stops.Kinds.Keys.Concat(history.Question.Rules.Stops.Crossings.Select(c => c.Address)))
        {
            SetNotLeft(stop, true);
        }
    }

    /// <summary>How many steps there are.</summary>
    public long StepCount => _evidence.Steps.Count;

    /// <summary>Makes room for more addresses, half as many again at once; none of them is reached.</summary>
    public void Grow(int addressCount)
    {
        if (addressCount > _labels.Length)
        {
            int room = (int)Math.Clamp(_labels.Length + ((long)_labels.Length / 2), addressCount, Math.Max(addressCount, Array.MaxLength));
            _labels = _labels.Grown(room, Unreached);
            _stepOf = _stepOf.Grown(room, 0);
        }
    }

    /// <summary>Whether a path may go on from an address, within the hops asked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayLeave(int address) => _labels.Pointer[address] < _limit;

    /// <summary>Whether an address is one of the list's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsSeed(int address) => _labels.Pointer[address] == Label.Seed;

    /// <summary>Asks the processor for an address's label.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchTail(int tail)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(_labels.Pointer + tail);
        }
    }

    /// <summary>Asks the processor for what a transfer will need, where its tail may be left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchTransfer(int tail, int head)
    {
        if (Sse.IsSupported && MayLeave(tail))
        {
            Sse.Prefetch0(_labels.Pointer + head);
            Sse.Prefetch0(_stepOf.Pointer + tail);
            Sse.Prefetch0(_stepOf.Pointer + head);
        }
    }

    /// <summary>The label with which an address may be left; unreached for a stop.</summary>
    public int LeavingLabel(int address) => Checked(address) < Unreached ? _labels.Pointer[address] : Label.Unreached;

    /// <summary>The step that had reached an address which is left, or -1.</summary>
    public int StepOf(int address) => (int)_stepOf.Span[address] - 1;

    /// <summary>Whether a label is better than what an address has.</summary>
    public bool Improves(int address, int label) => label < (Checked(address) & Reach);

    /// <summary>The best label so far, direct dust included.</summary>
    public int ReachOf(int address) => Reached(Checked(address), _dust.ContainsKey(address));

    /// <summary>The best label as it was when the block at hand began.</summary>
    public int ReachBefore(int address)
    {
        int change = _mark.Changes.FindIndex(c => c.Address == address);
        ushort label = change < 0 ? Checked(address) : _mark.Changes[change].Label;
        return Reached(label, _dust.ContainsKey(address) && !_mark.Dust.Contains(address));
    }

    /// <summary>What is known of an address.</summary>
    public LabelState StateOf(int address)
    {
        LabelState state = LabelState.Start;
        ushort own = Checked(address);
        if ((own & Reach) != Unreached)
        {
            uint aside = _evidence.ArrivalAside((uint)address);
            (state.Reach, state.ReachStep) = (own & Reach, StepOf(address));
            state.ArrivalStep = aside != 0 ? (int)aside - 1 : state.ReachStep;
        }

        if ((own & NotLeft) == 0)
        {
            (state.Through, state.ThroughStep) = (state.Reach, state.ReachStep);
        }

        if (_dust.TryGetValue(address, out int dust) && Label.DirectDust < state.Reach)
        {
            (state.Reach, state.ReachStep, state.ArrivalStep) = (Label.DirectDust, dust, dust);
        }

        return state;
    }

    /// <summary>Gives an address a label that is better than what it has, or direct dust.</summary>
    public void Offer(int address, int label, int step)
    {
        if (Label.IsDust(label))
        {
            if (_dust.TryAdd(address, step))
            {
                _mark.Dust.Add(address);
            }

            return;
        }

        ushort before = Checked(address);
        NoteChange(address);
        // As the evidence counts: four to a hop.
        _evidence.NoteArrival((uint)address, (uint)(before & Reach) >> 1, (uint)label >> 1, _stepOf.Pointer[address]);
        _stepOf.Pointer[address] = (uint)(step + 1);
        _labels.Pointer[address] = (ushort)((before & NotLeft) | label);
    }

    /// <summary>From here on an address is a stop.</summary>
    public void Close(int address)
    {
        Checked(address);
        NoteChange(address);
        SetNotLeft(address, true);
    }

    /// <summary>Takes that a new address is a seed, or a stop.</summary>
    public void Set(int address, bool isSeed, bool isStop) => _labels.Span[address] = isSeed ? (ushort)Label.Seed : isStop ? (ushort)(Unreached | NotLeft) : Unreached;

    /// <summary>A step of evidence.</summary>
    public EvidenceStep StepAt(int step, ChainLog log)
    {
        uint number = (uint)step + 1;
        TraceStep found = _evidence.StepAt(number);
        (int entry, int previous) = ((int)found.Transfer, (int)found.Previous - 1);
        return _evidence.TryGetAdded(number, out AddedStep added)
            ? new EvidenceStep(entry, (int)added.Tail, (int)added.Head, previous, added.Order)
            : new EvidenceStep(entry, log.Entries.SourceOf(entry)[0], log.Entries.TargetOf(entry)[0], previous, PathOrder.Proven);
    }

    /// <summary>Adds a step; its number.</summary>
    public int AddStep(in EvidenceStep step, ChainLog log)
    {
        TraceStep plain = new((uint)step.Entry, (uint)(step.Previous + 1));
        bool isPlain = step.Order == PathOrder.Proven && log.Entries.SourceOf(step.Entry)[0] == step.Tail && log.Entries.TargetOf(step.Entry)[0] == step.Head;
        return (int)(isPlain ? _evidence.Add(plain) : _evidence.Add(plain, (uint)step.Tail, (uint)step.Head, step.Order)) - 1;
    }

    /// <summary>Adds the step of a plain transfer whose order to the one before is proven; its number.</summary>
    public int AddPlainStep(int entry, int previous) => (int)_evidence.Add(new TraceStep((uint)entry, (uint)(previous + 1))) - 1;

    /// <summary>Begins a block that can be taken back.</summary>
    public void Begin()
    {
        _mark = new Mark(_evidence.Mark());
        _marks.Push(_mark);
    }

    /// <summary>Takes back the last block.</summary>
    /// <param name="addressCount">How many addresses there were before it: the numbers from there on are given anew.</param>
    /// <param name="addressEnd">How many there were after it.</param>
    public void Undo(int addressCount, int addressEnd)
    {
        Mark mark = _marks.Pop();
        for (int i = mark.Changes.Count - 1; i >= 0; i--)
        {
            Change old = mark.Changes[i];
            _labels.Pointer[old.Address] = old.Label;
            _stepOf.Pointer[old.Address] = old.Step;
            _evidence.RestoreArrival((uint)old.Address, old.Arrival);
        }

        mark.Dust.ForEach(address => _dust.Remove(address));
        _evidence.RollBack(mark.Evidence);
        for (int address = addressCount; address < addressEnd; address++)
        {
            Set(address, isSeed: false, isStop: false);
        }

        _mark = new Mark(default);
    }

    /// <summary>Sets a bit for every address from which a path may go on.</summary>
    public void MarkLeft(BitRow left)
    {
        for (int address = 0; address < Math.Min(left.Length, _labels.Length); address++)
        {
            if (MayLeave(address))
            {
                left[address] = true;
            }
        }
    }

    private void Take(ReadOnlySpan<byte> labels)
    {
        for (int address = 0; address < labels.Length; address++)
        {
            byte label = labels[address];
            int reach = LabelByte.IsReached(label) ? (LabelByte.HopsOf(label) * Label.OneHop) + (int)LabelByte.OrderOf(label) : Unreached;
            _labels.Pointer[address] = (ushort)(reach | ((label & LabelByte.NotLeft) != 0 ? NotLeft : 0));
        }
    }

    private void Take(SparseLane history)
    {
        for (int i = 0; i < history.StepCount; i++)
        {
            AddStep(history.StepAt(i), history.Question.Rules.Log);
        }

        foreach (int address in history.Touched)
        {
            LabelState state = history.StateOf(address);
            if (Label.IsDust(state.Reach))
            {
                _dust[address] = state.ReachStep;
                (state.Reach, state.ReachStep, state.ArrivalStep) = (state.Through, state.ThroughStep, state.ThroughStep);
            }

            if (state.Reach != Label.Unreached)
            {
                _labels.Span[address] = (ushort)state.Reach;
                _stepOf.Span[address] = (uint)(state.ReachStep + 1);
                _evidence.RestoreArrival((uint)address, state.ArrivalStep == state.ReachStep ? 0 : (uint)(state.ArrivalStep + 1));
            }
        }
    }

    private static int Reached(ushort label, bool hasDust)
    {
        int reach = (label & Reach) == Unreached ? Label.Unreached : label & Reach;
        return hasDust ? Math.Min(reach, Label.DirectDust) : reach;
    }

    private void SetNotLeft(int address, bool notLeft)
    {
        ref ushort label = ref _labels.Span[address];
        if (label != Label.Seed)
        {
            label = (ushort)((label & Reach) | (notLeft ? NotLeft : 0));
        }
    }

    private void NoteChange(int address) =>
        _mark.Changes.Add(new Change(address, _stepOf.Pointer[address], _evidence.ArrivalAside((uint)address), _labels.Pointer[address]));

    private ushort Checked(int address) => _labels.Span[address];

    private readonly record struct Change(int Address, uint Step, uint Arrival, ushort Label);

    private sealed record Mark(EvidenceMark Evidence)
    {
        public List<Change> Changes { get; } = [];

        public List<int> Dust { get; } = [];
    }
}
