using System.Runtime.CompilerServices;
using ChainWatch.Tracing.Engine;

namespace ChainWatch.Tracing;

/// <summary>
/// The plain lane: takes groups one by one, keeps a state for the addresses that were reached and for no others. For questions
/// that touch few groups, which an index has found, and for more hops than the one-pass engine counts.
/// </summary>
internal sealed class SparseLane : Lane, IPass
{
    private readonly int[]? _groups;
    private readonly Func<int, LabelState>? _before;
    private readonly HashSet<int>? _interest;
    private readonly EpochMap<LabelState> _states = new();
    private readonly List<EvidenceStep> _steps = [];
    private readonly List<InflowEvent> _inflows = [];
    private readonly GroupFixpoint _fixpoint;
    private readonly Stack<BlockMark>? _marks;
    private readonly List<(int Address, LabelState Old)>? _undo;

    /// <param name="question">What is asked.</param>
    /// <param name="interest">The addresses whose inflows are kept; null for all.</param>
    /// <param name="undoable">Keep what is needed to undo blocks.</param>
    /// <param name="groups">The groups that matter to the question, ascending, as an index found them; null for all.</param>
    /// <param name="before">What was known of an address before the first group; null: nothing. Steps in it are the caller's, below -1.</param>
    public SparseLane(LaneQuestion question, HashSet<int>? interest, bool undoable, int[]? groups = null, Func<int, LabelState>? before = null)
        : base(question)
    {
        (_interest, _groups, _before) = (interest, groups, before);
        foreach (int seed in question.Seeds)
        {
            _states.GetOrAdd(seed, out _) = LabelState.Start with { Reach = Label.Seed, Through = Label.Seed };
        }

        _fixpoint = new GroupFixpoint(this);
        if (undoable)
        {
            _marks = new Stack<BlockMark>();
            _undo = [];
        }
    }

    public override string Engine => _groups is null ? "plain" : "index";

    public void Append(int first, int end)
    {
        if (_groups is not null)
        {
            Append(_groups.AsSpan(PlaceOf(first)..PlaceOf(end)));
            return;
        }

        for (int i = 0; i < end - first; i++)
        {
            AppendGroup(Question.Reversed ? end - 1 - i : first + i);
        }
    }

    public override void Mark() => _marks!.Push(new BlockMark(_undo!.Count, _steps.Count, _inflows.Count, MarkNotes()));

    public override void Undo()
    {
        BlockMark mark = _marks!.Pop();
        for (int i = _undo!.Count - 1; i >= mark.Undo; i--)
        {
            _states.GetOrAdd(_undo[i].Address, out _) = _undo[i].Old;
        }

        _undo.RemoveRange(mark.Undo, _undo.Count - mark.Undo);
        _steps.RemoveRange(mark.Steps, _steps.Count - mark.Steps);
        _inflows.RemoveRange(mark.Inflows, _inflows.Count - mark.Inflows);
        UndoNotes(mark.Notes);
    }

    /// <summary>The addresses whose state was touched, in no order.</summary>
    public ReadOnlySpan<int> Touched => _states.Keys;

    public override IEnumerable<int> Reached() => _states.Keys.ToArray().Where(IsReached).Order();

    public override LabelState StateOf(int address)
    {
        ref LabelState state = ref _states.Find(address);
        return Unsafe.IsNullRef(ref state) ? Before(address) : state;
    }

    public override bool IsTracedOn(int address) => StateOf(address).TracedOn;

    public override EvidenceStep StepAt(int step) => _steps[step];

    /// <summary>How many steps there are.</summary>
    public int StepCount => _steps.Count;

    public override IEnumerable<InflowEvent> Inflows() => _inflows;

    internal override int ReachOf(int address) => StateOf(address).Reach;

    internal override int LeavingLabel(int address, int group)
    {
        int label = StateOf(address).Through;
        return label is Label.Unreached or Label.Seed || Question.Reversed || !Question.IsClosedByDegree(address, group) ? label : Label.Unreached;
    }

    internal override int LeavingStep(int address) => StateOf(address).ThroughStep;

    internal override bool Improves(int address, int label, int group)
    {
        LabelState state = StateOf(address);
        return label < state.Reach || (label < state.Through && Question.MayPassLater(address, group));
    }

    internal override void Offer(int address, int label, int step, int group)
    {
        ref LabelState state = ref Change(address);
        if (Label.IsNearer(label, state.Reach))
        {
            state.ArrivalStep = step;
        }

        if (label < state.Reach)
        {
            (state.Reach, state.ReachStep) = (label, step);
        }

        if (label < state.Through && !Label.IsDust(label) && Question.MayPassLater(address, group))
        {
            (state.Through, state.ThroughStep) = (label, step);
        }
    }

    internal override int AddStep(EvidenceStep step)
    {
        _steps.Add(step);
        return _steps.Count - 1;
    }

    internal override void NoteInflow(InflowEvent inflow)
    {
        if (_interest is null || _interest.Contains(inflow.Head))
        {
            _inflows.Add(inflow);
        }
    }

    internal override void MarkTracedOn(int address)
    {
        if (!IsTracedOn(address))
        {
            Change(address).TracedOn = true;
        }
    }

    protected override void MarkIntoCoinJoin(int address) => Change(address).IntoCoinJoin = true;

    private void Append(ReadOnlySpan<int> groups)
    {
        for (int i = 0; i < groups.Length; i++)
        {
            AppendGroup(groups[Question.Reversed ? groups.Length - 1 - i : i]);
        }
    }

    // The place of the first group that is not before one.
    private int PlaceOf(int group)
    {
        int place = Array.BinarySearch(_groups!, group);
        return place < 0 ? ~place : place;
    }

    private void AppendGroup(int group)
    {
        int start = Log.Groups.StartOf(group);
        if (Log.EndOf(group) == start + 1 && Log.Entries.MultiOf(start) < 0)
        {
            AppendSingle(start, group);
        }
        else
        {
            _fixpoint.Run(group);
        }
    }

    // The usual case, a position with one plain transfer, needs no fixpoint.
    private void AppendSingle(int i, int group)
    {
        TransferFilter.Verdict verdict = Rules.Filter.VerdictOf(i);
        if (verdict == TransferFilter.Verdict.NotFollowed)
        {
            return;
        }

        (int source, int target) = (Log.Entries.SourceOf(i)[0], Log.Entries.TargetOf(i)[0]);
        (int tail, int head) = Question.Reversed ? (target, source) : (source, target);
        if (verdict == TransferFilter.Verdict.Dust)
        {
            OfferDust(i, tail, head, group);
            return;
        }

        int label = LeavingLabel(tail, group);
        if (label == Label.Unreached)
        {
            return;
        }

        label += Label.OneHop;
        if (Label.HopsOf(label) > Rules.MaxHops)
        {
            return;
        }

        MarkTracedOn(tail);
        int previous = LeavingStep(tail);
        NoteInflow(new InflowEvent(i, tail, head, previous, label));
        if (Improves(head, label, group))
        {
            Offer(head, label, AddStep(new EvidenceStep(i, tail, head, previous, PathOrder.Proven)), group);
        }
    }

    private LabelState Before(int address) => _before?.Invoke(address) ?? LabelState.Start;

    private ref LabelState Change(int address)
    {
        ref LabelState state = ref _states.GetOrAdd(address, out bool isNew);
        if (isNew)
        {
            state = Before(address);
        }

        _undo?.Add((address, state));
        return ref state;
    }

    private readonly record struct BlockMark(int Undo, int Steps, int Inflows, (int CoinJoins, int NoAddress) Notes);
}
