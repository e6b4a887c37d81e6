using System.Runtime.InteropServices;
using ChainWatch.Graph.Storage;
using ChainWatch.Tracing.Engine;

namespace ChainWatch.Tracing;

/// <summary>How much a one-pass lane writes down while it runs. What it does not, a second pass does when it is first asked for.</summary>
internal enum KeptEvidence
{
    /// <summary>Labels alone.</summary>
    Labels,

    /// <summary>Labels, and the steps by which they came.</summary>
    Steps,

    /// <summary>Steps, and what came to the addresses of interest.</summary>
    Inflows,
}

/// <summary>
/// The lane of the one-pass engine: a byte per address, and kernels that take runs of plain transfers at memory speed.
/// Positions with several transfers, or with a movement of several inputs or outputs, go to the same fixpoint as in the plain
/// lane, where any address that they leave was reached.
/// </summary>
internal sealed class DenseLane : Lane
{
    private readonly KeptEvidence _kept;
    private readonly HashSet<int>? _interest;
    private readonly OnePassLane _labels;
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

    /// <param name="question">What is asked; at most <see cref="LabelByte.HopsMax"/> hops.</param>
    /// <param name="kept">What is written down at once.</param>
    /// <param name="interest">The addresses whose inflows are kept; null for all that are reached.</param>
    /// <param name="undoable">Keep what is needed to undo blocks.</param>
    /// <param name="path">The vector path.</param>
    public DenseLane(LaneQuestion question, KeptEvidence kept, HashSet<int>? interest, bool undoable, VectorPath path)
        : base(question)
    {
        (_kept, _interest, Path) = (kept, interest, path);
        LaneRules rules = question.Rules;
        int addresses = rules.Log.AddressTable.Length;
        _plan = new PassPlan(question);
        IEnumerable<int> interesting = interest ?? Enumerable.Range(0, addresses);
        _labels = new OnePassLane(
            new LaneSettings
            {
                Addresses = addresses,
                MaxHops = rules.MaxHops,
                Reversed = question.Reversed,
                KeepsSteps = kept != KeptEvidence.Labels,
                KeepsUndo = undoable,
                Interest = kept == KeptEvidence.Inflows ? new InterestSet([.. interesting.Select(a => (uint)a)], addresses) : null,
                Path = path,
            },
            question.Seeds.Select(s => (uint)s));
        foreach (int stop in _plan.ClosedAtFirst)
        {
            _labels.SetNotLeft((uint)stop, true);
        }

        _fixpoint = new GroupFixpoint(this);
        if (undoable)
        {
            _marks = [];
            _asideUndo = [];
            _tracedOnUndo = [];
        }
    }

    public override string Engine => Path switch { VectorPath.Avx512 => "one-pass (AVX-512)", VectorPath.Avx2 => "one-pass (AVX2)", _ => "one-pass (portable)" };

    /// <summary>The vector path.</summary>
    public VectorPath Path { get; }

    public override void Append(int first, int end)
    {
        if (first == end)
        {
            return;
        }

        _appended = (Math.Min(_appended.First, first), Math.Max(_appended.End, end));
        _tracedOn = null;
        if (Question.Reversed)
        {
            AppendBackward(first, end);
        }
        else
        {
            AppendForward(first, end);
        }
    }

    public override void Mark() => _marks!.Push(new DenseMark(_labels.Mark(), _asideUndo!.Count, _tracedOnUndo!.Count, _inflowsInGroups.Count, _appended, MarkNotes()));

    public override void Undo()
    {
        DenseMark mark = _marks!.Pop();
        _labels.RollBack(mark.Labels);
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

        byte own = _labels.Labels[address];
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

    internal override int ReachOf(int address)
    {
        byte own = _labels.Labels[address];
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
        byte own = _labels.Labels[address];
        return own < LabelByte.Unreached ? LabelOf(own) : Label.Unreached;
    }

    internal override int LeavingStep(int address) => (int)_labels.StepOf((uint)address) - 1;

    internal override bool Improves(int address, int label, int group) => ByteOf(label) < (_labels.Labels[address] & LabelByte.Reach);

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
        _tracedOnInGroups ??= new BitRow(_labels.Addresses);
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
                DenseLane full = new(Question, KeptEvidence.Inflows, _interest, undoable: false, Path);
                if (_appended.End > _appended.First)
                {
                    full.Append(_appended.First, _appended.End);
                }

                _full = full;
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

    private void AppendForward(int first, int end)
    {
        int entry = _plan.StartOf(first);
        int stop = _plan.StartOf(end);
        int group = first;
        int crossing = _plan.CrossingsBefore(first);
        while (entry < stop)
        {
            int nextCrossing = crossing < _plan.Crossings.Length ? _plan.Crossings[crossing].Group : int.MaxValue;
            if (nextCrossing == group)
            {
                _labels.SetNotLeft((uint)_plan.Crossings[crossing++].Address, true);
                continue;
            }

            int next = Math.Min(_plan.NextSpecial(entry, stop), nextCrossing < end ? _plan.StartOf(nextCrossing) : stop);
            if (next > entry)
            {
                _labels.Append(_plan.Columns, entry, next);
                group += next - entry;
                entry = next;
            }
            else
            {
                AppendSpecial(entry, group++);
                entry = _plan.StartOf(group);
            }
        }
    }

    private void AppendBackward(int first, int end)
    {
        int entry = _plan.StartOf(end);
        int stop = _plan.StartOf(first);
        int group = end;
        int crossing = _plan.CrossingsBefore(end) - 1;
        while (entry > stop)
        {
            int nextCrossing = crossing >= 0 ? _plan.Crossings[crossing].Group : -1;
            int next = Math.Max(_plan.LastSpecialEnd(stop, entry), nextCrossing >= first ? _plan.StartOf(nextCrossing) : stop);
            if (next < entry)
            {
                _labels.Append(_plan.Columns, next, entry);
                group -= entry - next;
                entry = next;
            }
            else
            {
                group--;
                entry = _plan.StartOf(group);
                AppendSpecial(entry, group);
            }

            for (; crossing >= 0 && _plan.Crossings[crossing].Group >= group; crossing--)
            {
                Open(_plan.Crossings[crossing].Address);
            }
        }
    }

    // Reversed, below its crossing an address can be left: how it was reached above is kept aside.
    private void Open(int address)
    {
        byte label = _labels.Labels[address];
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

    // A position that is no single plain transfer, or one that a designated seed pays dust.
    private void AppendSpecial(int entry, int group)
    {
        if (_plan.IsSingle(entry))
        {
            OfferDust(entry, _plan.TailOf(entry), _plan.HeadOf(entry), group);
        }
        else if (_plan.MayEnter(group, _labels.Labels))
        {
            _fixpoint.Run(group);
        }
    }

    // A place in the records to which the lane can be taken back.
    private readonly record struct DenseMark(LaneMark Labels, int Aside, int TracedOn, int InflowsInGroups, (int First, int End) Appended, (int CoinJoins, int NoAddress) Notes);
}
