using System.Runtime.InteropServices;
using ChainWatch.Graph.Storage;
using ChainWatch.Tracing.Engine;

namespace ChainWatch.Tracing;

/// <summary>
/// The lane of the one-pass engine: a byte per address, and kernels that take runs of plain transfers at memory speed. It is
/// driven by its <see cref="LaneBatch"/>, alone or together with others.
/// </summary>
internal sealed class DenseLane : Lane
{
    private readonly KeptEvidence _kept;
    private readonly HashSet<int>? _interest;
    private readonly ILaneLabels _labels;
    private readonly LabelColumn _column;
    private readonly OnePassLane? _undoable;
    private readonly PassPlan _plan;
    private readonly GroupFixpoint _fixpoint;
    private readonly Dictionary<int, LabelAside> _aside = [];
    private readonly Stack<DenseMark>? _marks;
    private readonly List<(int Address, LabelAside Old)>? _asideUndo;
    private readonly List<int>? _tracedOnUndo;
    private readonly List<(long Before, InflowEvent Inflow)> _inflowsInGroups = [];
    private BitRow? _tracedOnInGroups;
    private BitRow? _tracedOn;
    private DenseLane? _full;
    private (int First, int End) _appended = (int.MaxValue, 0);

    /// <param name="spec">What is asked, and what is written down at once.</param>
    /// <param name="plan">The plan of the batch.</param>
    /// <param name="labels">Where the labels are kept.</param>
    /// <param name="undoable">The labels, where blocks may be taken back.</param>
    /// <param name="path">The vector path.</param>
    public DenseLane(LaneSpec spec, PassPlan plan, ILaneLabels labels, OnePassLane? undoable, VectorPath path)
        : base(spec.Question)
    {
        (_kept, _interest, Path) = (spec.Kept, spec.Interest, path);
        (_plan, _labels, _column, _undoable) = (plan, labels, labels.Column, undoable);
        foreach (int stop in plan.ClosedAtFirst(spec.Question))
        {
            Close(stop);
        }

        _fixpoint = new GroupFixpoint(this);
        if (undoable is not null)
        {
            _marks = [];
            _asideUndo = [];
            _tracedOnUndo = [];
        }
    }

    public override string Engine => Path switch { VectorPath.Avx512 => "one-pass (AVX-512)", VectorPath.Avx2 => "one-pass (AVX2)", _ => "one-pass (portable)" };

    /// <summary>The vector path.</summary>
    public VectorPath Path { get; }

    public override void Mark() => _marks!.Push(new DenseMark(_undoable!.Mark(), _asideUndo!.Count, _tracedOnUndo!.Count, _inflowsInGroups.Count, _appended, MarkNotes()));

    public override void Undo()
    {
        DenseMark mark = _marks!.Pop();
        _undoable!.RollBack(mark.Labels);
        for (int i = _asideUndo!.Count - 1; i >= mark.Aside; i--)
        {
            _aside[_asideUndo[i].Address] = _asideUndo[i].Old;
        }

        for (int i = mark.TracedOn; i < _tracedOnUndo!.Count; i++)
        {
            _tracedOnInGroups![_tracedOnUndo[i]] = false;
        }

        _asideUndo.RemoveRange(mark.Aside, _asideUndo.Count - mark.Aside);
        _tracedOnUndo.RemoveRange(mark.TracedOn, _tracedOnUndo.Count - mark.TracedOn);
        _inflowsInGroups.RemoveRange(mark.InflowsInGroups, _inflowsInGroups.Count - mark.InflowsInGroups);
        UndoNotes(mark.Notes);
        _appended = mark.Appended;
        _tracedOn = null;
    }

    public override IEnumerable<int> Reached()
    {
        BitRow reached = ReachedBits();
        for (int address = reached.Next(0, reached.Length); address < reached.Length; address = reached.Next(address + 1, reached.Length))
        {
            yield return address;
        }
    }

    public override long CountBeyond(ILaneRecord nearer) => nearer is DenseLane dense ? ReachedBits().CountExcept(dense.ReachedBits()) : base.CountBeyond(nearer);

    public override LabelState StateOf(int address)
    {
        if (_kept == KeptEvidence.Labels)
        {
            return Full.StateOf(address);
        }

        byte own = _column[address];
        LabelState state = LabelState.Start;
        int step = (int)_labels.StepOf((uint)address) - 1;
        if (LabelByte.IsReached(own))
        {
            (state.Reach, state.ReachStep, state.ArrivalStep) = (LabelOf(own), step, (int)_labels.ArrivalOf((uint)address) - 1);
        }

        if ((own & LabelByte.NotLeft) == 0)
        {
            (state.Through, state.ThroughStep) = (state.Reach, state.ReachStep);
        }

        if (_aside.TryGetValue(address, out LabelAside aside))
        {
            Add(ref state, aside);
        }

        return state;
    }

    public override bool IsTracedOn(int address) => _kept == KeptEvidence.Labels
        ? Full.IsTracedOn(address)
        : _tracedOnInGroups?[address] == true || (Wanted?.Contains(address) != false ? _tracedOn ??= FindTracedOn(Wanted) : FindTracedOn([address]))[address];

    public override EvidenceStep StepAt(int step)
    {
        if (_kept == KeptEvidence.Labels)
        {
            return Full.StepAt(step);
        }

        uint number = (uint)step + 1;
        TraceStep found = _labels.Evidence.StepAt(number);
        (int entry, int previous) = ((int)found.Transfer, (int)found.Previous - 1);
        return _labels.Evidence.TryGetAdded(number, out AddedStep added)
            ? new EvidenceStep(entry, (int)added.Tail, (int)added.Head, previous, added.Order)
            : new EvidenceStep(entry, _plan.TailOf(entry), _plan.HeadOf(entry), previous, PathOrder.Proven);
    }

    public override IEnumerable<InflowEvent> Inflows()
    {
        if (_kept != KeptEvidence.Inflows)
        {
            foreach (InflowEvent inflow in Full.Inflows())
            {
                yield return inflow;
            }

            yield break;
        }

        // Those of the fixpoints stand between those of the kernels.
        RecordLog<InflowRecord> inflows = _labels.Evidence.Inflows;
        int added = 0;
        for (long i = 0; i <= inflows.Count; i++)
        {
            for (; added < _inflowsInGroups.Count && _inflowsInGroups[added].Before == i; added++)
            {
                yield return _inflowsInGroups[added].Inflow;
            }

            if (i < inflows.Count)
            {
                InflowRecord inflow = inflows[i];
                yield return new InflowEvent((int)inflow.Transfer, _plan.TailOf((int)inflow.Transfer), _plan.HeadOf((int)inflow.Transfer), (int)inflow.Previous - 1, LabelOf(inflow.Label));
            }
        }
    }

    /// <summary>What a trace takes over that goes on from here: the lane itself is not to be used any more. Of one that runs alone and keeps steps.</summary>
    internal (OnePassLane Labels, IReadOnlyDictionary<int, LabelAside> Aside) HandOver() => ((OnePassLane)_labels, _aside);

    /// <summary>Takes that the batch goes on with some groups.</summary>
    internal void Extend(int first, int end)
    {
        _appended = (Math.Min(_appended.First, first), Math.Max(_appended.End, end));
        _tracedOn = null;
    }

    /// <summary>From here on an address is a stop.</summary>
    internal void Close(int address) => _labels.SetNotLeft((uint)address, true);

    /// <summary>Reversed, below its crossing an address can be left: how it was reached above is kept aside.</summary>
    internal void Open(int address)
    {
        byte label = _column[address];
        if (LabelByte.IsReached(label) && !LabelByte.IsSeed(label))
        {
            SetAside(address, AsideOf(address) with
            {
                ClosedLabel = (byte)(label & LabelByte.Reach),
                ClosedStep = (int)_labels.StepOf((uint)address) - 1,
                ClosedArrival = (int)_labels.ArrivalOf((uint)address) - 1,
            });
        }

        _labels.Reopen((uint)address);
    }

    /// <summary>Takes a position that is more than a plain transfer, by the same fixpoint as in the plain lane.</summary>
    internal void AppendGroup(int group) => _fixpoint.Run(group);

    /// <summary>Has everything written down, by a second pass where the first did not.</summary>
    internal void WriteDown() => _ = _kept == KeptEvidence.Labels ? Full : this;

    internal override int ReachOf(int address)
    {
        byte own = _column[address];
        int reach = LabelByte.IsReached(own) ? LabelOf(own) : Label.Unreached;
        if (_aside.Count > 0 && _aside.TryGetValue(address, out LabelAside aside))
        {
            reach = Math.Min(reach, LabelByte.IsReached(aside.ClosedLabel) ? LabelOf(aside.ClosedLabel) : Label.Unreached);
            reach = aside.DustStep >= 0 ? Math.Min(reach, Label.DirectDust) : reach;
        }

        return reach;
    }

    // The byte tells whether it may be left: the pass closes and opens addresses where they cross a degree limit.
    internal override int LeavingLabel(int address, int group)
    {
        byte own = _column[address];
        return own < LabelByte.Unreached ? LabelOf(own) : Label.Unreached;
    }

    internal override int LeavingStep(int address) => (int)_labels.StepOf((uint)address) - 1;

    internal override bool Improves(int address, int label, int group) => ByteOf(label) < (_column[address] & LabelByte.Reach);

    internal override void Offer(int address, int label, int step, int group)
    {
        if (Label.IsDust(label))
        {
            SetAside(address, AsideOf(address) with { DustStep = step < 0 ? int.MaxValue : step });
            return;
        }

        _labels.Offer((uint)address, ByteOf(label), (uint)(step + 1));
    }

    internal override int AddStep(EvidenceStep step) => _kept == KeptEvidence.Labels
        ? -1
        : (int)_labels.Evidence.Add(new TraceStep((uint)step.Entry, (uint)(step.Previous + 1)), (uint)step.Tail, (uint)step.Head, step.Order) - 1;

    internal override void NoteInflow(InflowEvent inflow)
    {
        if (_kept == KeptEvidence.Inflows && _interest?.Contains(inflow.Head) != false)
        {
            _inflowsInGroups.Add((_labels.Evidence.Inflows.Count, inflow));
        }
    }

    internal override void MarkTracedOn(int address)
    {
        if (_kept == KeptEvidence.Labels)
        {
            return;
        }

        _tracedOnInGroups ??= new BitRow(_column.Length);
        if (!_tracedOnInGroups[address])
        {
            _tracedOnInGroups[address] = true;
            _tracedOnUndo?.Add(address);
        }
    }

    protected override void MarkIntoCoinJoin(int address) => SetAside(address, AsideOf(address) with { IntoCoinJoin = true });

    // A trace that goes on is asked about all of them when it is copied.
    private HashSet<int>? Wanted => _marks is null ? _interest : null;

    private BitRow ReachedBits()
    {
        BitRow reached = _labels.Reached();
        foreach ((int address, LabelAside aside) in _aside)
        {
            reached[address] |= aside.DustStep >= 0 || LabelByte.IsReached(aside.ClosedLabel);
        }

        return reached;
    }

    private BitRow FindTracedOn(HashSet<int>? wanted)
    {
        TracedOn tracedOn = new(Question, _plan, wanted);
        RecordLog<TraceStep> steps = _labels.Evidence.Steps;
        byte[] hops = new byte[steps.Count];
        for (long i = 0; i < steps.Count; i++)
        {
            TraceStep step = steps[i];
            hops[i] = (byte)(step.Previous == 0 ? 1 : hops[step.Previous - 1] + 1);
            if (hops[i] == Rules.MaxHops)
            {
                continue;
            }

            // A step of the caller's has its head aside; of a transfer in the columns it is the transfer's.
            int entry = (int)step.Transfer;
            int head = _plan.IsSingle(entry) ? _plan.HeadOf(entry) : StepAt((int)i).Head;
            if (tracedOn.Wants(head) && !(_aside.Count > 0 && AsideOf(head).DustStep == i))
            {
                tracedOn.Reach(head, entry);
            }
        }

        return tracedOn.Find(_appended);
    }

    private static int LabelOf(byte label) => ((label & LabelByte.Reach) / LabelByte.OneHop * Label.OneHop) + (int)LabelByte.OrderOf(label);

    private static byte ByteOf(int label) => (byte)((Label.HopsOf(label) * LabelByte.OneHop) + (int)Label.OrderOf(label));

    // The lane that wrote down everything, from a second pass over the same groups.
    private DenseLane Full
    {
        get
        {
            if (_full is null)
            {
                LaneBatch second = new([new LaneSpec(Question, KeptEvidence.Inflows, _interest)], undoable: false, Path);
                if (_appended.End > _appended.First)
                {
                    second.Append(_appended.First, _appended.End);
                }

                _full = second.Lanes[0];
            }

            return _full;
        }
    }

    private static void Add(ref LabelState state, LabelAside aside)
    {
        if (LabelByte.IsReached(aside.ClosedLabel))
        {
            int closed = LabelOf(aside.ClosedLabel);
            // Reached earlier in the trace: it keeps its place unless the later one is better, and the arrival unless that is nearer.
            if (!Label.IsNearer(state.Reach, closed))
            {
                state.ArrivalStep = aside.ClosedArrival;
            }

            if (closed <= state.Reach)
            {
                (state.Reach, state.ReachStep) = (closed, aside.ClosedStep);
            }
        }

        if (aside.DustStep >= 0 && Label.DirectDust < state.Reach)
        {
            (state.Reach, state.ReachStep, state.ArrivalStep) = (Label.DirectDust, aside.DustStep, aside.DustStep);
        }

        state.IntoCoinJoin = aside.IntoCoinJoin;
    }

    private LabelAside AsideOf(int address) => _aside.TryGetValue(address, out LabelAside aside) ? aside : LabelAside.None;

    private void SetAside(int address, LabelAside aside)
    {
        ref LabelAside known = ref CollectionsMarshal.GetValueRefOrAddDefault(_aside, address, out bool exists);
        _asideUndo?.Add((address, exists ? known : LabelAside.None));
        known = aside;
    }

    // A place in the records to which the lane can be taken back.
    private readonly record struct DenseMark(LaneMark Labels, int Aside, int TracedOn, int InflowsInGroups, (int First, int End) Appended, (int CoinJoins, int NoAddress) Notes);
}
