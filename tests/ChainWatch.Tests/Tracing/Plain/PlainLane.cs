using System.Runtime.InteropServices;
using ChainWatch.Graph;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Tracing.Plain;

/// <summary>
/// The labels of one list on one chain in one direction: how near every address is to the list, so far. The scan is the
/// clock: groups are given in chain order (or in reverse, for <em>sent</em>), and every prefix of a path is processed
/// before its last transfer, so one pass is exact for all addresses and all numbers of hops.
/// </summary>
/// <remarks>
/// Tail and head are meant in the direction of the trace: for <em>received</em> the tail pays the head, for <em>sent</em>
/// the head pays the tail.
/// </remarks>
internal sealed class PlainLane
{
    private readonly PlainRules _rules;
    private readonly ChainLog _log;
    private readonly bool _reversed;
    private readonly bool _throughOpaque;
    private readonly HashSet<int> _designatedSeeds;
    private readonly bool[]? _interest;
    private readonly LabelState[] _states;
    private readonly List<EvidenceStep> _steps = [];
    private readonly List<InflowEvent> _inflows = [];
    private readonly List<CoinJoinEvent> _coinJoins = [];
    private readonly List<NoAddressEvent> _noAddress = [];
    private readonly PlainFixpoint _fixpoint;

    /// <param name="rules">What the lanes share.</param>
    /// <param name="seeds">The seeds' numbers.</param>
    /// <param name="designatedSeeds">Those from which (or to which) a direct transfer counts at any amount.</param>
    /// <param name="interest">The addresses whose inflows are kept; null for all.</param>
    /// <param name="reversed">True for <em>sent</em>: groups come in reverse order.</param>
    /// <param name="throughOpaque">Trace through opaque stops as if they were any address.</param>
    public PlainLane(PlainRules rules, IReadOnlyCollection<int> seeds, HashSet<int> designatedSeeds, bool[]? interest, bool reversed, bool throughOpaque)
    {
        _rules = rules;
        _log = rules.Log;
        _reversed = reversed;
        _throughOpaque = throughOpaque;
        _designatedSeeds = designatedSeeds;
        _interest = interest;
        _states = new LabelState[_log.AddressTable.Length];
        Array.Fill(_states, LabelState.Start);
        foreach (int seed in seeds)
        {
            _states[seed].Reach = _states[seed].Through = Label.Seed;
        }

        _fixpoint = new PlainFixpoint(this);
    }

    public ReadOnlySpan<LabelState> States => _states;

    public ReadOnlySpan<EvidenceStep> Steps => CollectionsMarshal.AsSpan(_steps);

    public ReadOnlySpan<InflowEvent> Inflows => CollectionsMarshal.AsSpan(_inflows);

    public PlainRules Rules => _rules;

    public bool Reversed => _reversed;

    /// <summary>Whether opaque stops are traced through as if they were any address.</summary>
    public bool ThroughOpaque => _throughOpaque;

    /// <summary>The CoinJoins that funds of the list entered (for <em>sent</em>: that funds towards it left), in the order of the trace.</summary>
    public ReadOnlySpan<CoinJoinEvent> CoinJoins => CollectionsMarshal.AsSpan(_coinJoins);

    /// <summary>The movements in which funds of the list reached outputs without an address, which are not followed.</summary>
    public ReadOnlySpan<NoAddressEvent> NoAddress => CollectionsMarshal.AsSpan(_noAddress);

    /// <summary>Takes all groups of a block.</summary>
    public void Append(int block)
    {
        BlockInfo info = _log.BlockTable[block];
        int last = info.FirstGroup + info.GroupCount - 1;
        for (int i = 0; i < info.GroupCount; i++)
        {
            AppendGroup(_reversed ? last - i : info.FirstGroup + i);
        }
    }

    private void AppendGroup(int group)
    {
        int start = _log.Groups.StartOf(group);
        if (_log.EndOf(group) == start + 1 && _log.Entries.MultiOf(start) < 0)
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
        PlainFilter.Verdict verdict = _rules.Filter.VerdictOf(i);
        (int source, int target) = (_log.Entries.SourceOf(i)[0], _log.Entries.TargetOf(i)[0]);
        (int tail, int head) = _reversed ? (target, source) : (source, target);
        if (verdict == PlainFilter.Verdict.Dust)
        {
            OfferDust(i, tail, head, group);
            return;
        }

        int label = verdict == PlainFilter.Verdict.Followed ? LeavingLabel(tail, group) : Label.Unreached;
        if (label == Label.Unreached)
        {
            return;
        }

        label += Label.OneHop;
        if (Label.HopsOf(label) > _rules.MaxHops)
        {
            return;
        }

        MarkTracedOn(tail);
        NoteInflow(new InflowEvent(i, tail, head, _states[tail].ThroughStep, label));
        if (Improves(head, label, group))
        {
            Offer(head, label, AddStep(new EvidenceStep(i, tail, head, _states[tail].ThroughStep, PathOrder.Proven)), group);
        }
    }

    /// <summary>The label with which an address may be left at a group, from what was known before the group.</summary>
    internal int LeavingLabel(int address, int group)
    {
        int label = _states[address].Through;
        return label is Label.Unreached or Label.Seed || _reversed || !IsClosedByDegree(address, group) ? label : Label.Unreached;
    }

    /// <summary>Whether an address that is reached inside a group may be left inside it, and under which rule.</summary>
    internal PlainRules.AddressStop KindInGroup(int address, int group)
    {
        PlainRules.AddressStop kind = _rules.KindOf(address);
        return kind == PlainRules.AddressStop.Opaque && _throughOpaque ? PlainRules.AddressStop.None
            : kind == PlainRules.AddressStop.None && IsClosedByDegree(address, group) ? PlainRules.AddressStop.Opaque
            : kind;
    }

    internal bool Improves(int address, int label, int group) =>
        label < _states[address].Reach || (label < _states[address].Through && MayPassLater(address, group));

    /// <summary>Gives an address a label, where it is better than what it has.</summary>
    internal void Offer(int address, int label, int step, int group)
    {
        ref LabelState state = ref _states[address];
        if (Label.IsNearer(label, state.Reach))
        {
            state.ArrivalStep = step;
        }

        if (label < state.Reach)
        {
            (state.Reach, state.ReachStep) = (label, step);
        }

        if (label < state.Through && !Label.IsDust(label) && MayPassLater(address, group))
        {
            (state.Through, state.ThroughStep) = (label, step);
        }

    }

    /// <summary>
    /// A direct dust transfer from (or to) a designated seed is a finding at any amount, and is not traced on. False where
    /// the tail is no such seed.
    /// </summary>
    internal bool OfferDust(int entry, int tail, int head, int group)
    {
        if (!_designatedSeeds.Contains(tail) || tail == head)
        {
            return false;
        }

        NoteInflow(new InflowEvent(entry, tail, head, -1, Label.DirectDust));
        if (Label.DirectDust < _states[head].Reach)
        {
            Offer(head, Label.DirectDust, AddStep(new EvidenceStep(entry, tail, head, -1, PathOrder.Proven)), group);
        }

        return true;
    }

    internal int AddStep(EvidenceStep step)
    {
        _steps.Add(step);
        return _steps.Count - 1;
    }

    internal void NoteInflow(InflowEvent inflow)
    {
        if (_interest is null || _interest[inflow.Head])
        {
            _inflows.Add(inflow);
        }
    }

    /// <summary>Takes that funds of the list entered a CoinJoin.</summary>
    internal void NoteCoinJoin(CoinJoinEvent coinJoin)
    {
        _coinJoins.Add(coinJoin);
        foreach (int tail in coinJoin.Tails)
        {
            if (!_states[tail].IntoCoinJoin)
            {
                _states[tail].IntoCoinJoin = true;
            }
        }
    }

    /// <summary>Takes that funds of the list went into an output without an address.</summary>
    internal void NoteNoAddress(NoAddressEvent reached) => _noAddress.Add(reached);

    internal void MarkTracedOn(int address)
    {
        if (!_states[address].TracedOn)
        {
            _states[address].TracedOn = true;
        }
    }

    // Reversed, an address is reached by the transfer that leaves it in chain order: the crossing is judged there.
    private bool MayPassLater(int address, int group) =>
        (_rules.KindOf(address) == PlainRules.AddressStop.None || (_throughOpaque && _rules.KindOf(address) == PlainRules.AddressStop.Opaque))
        && !(_reversed && IsClosedByDegree(address, group));

    private bool IsClosedByDegree(int address, int group) =>
        !_throughOpaque && group >= _rules.CrossingOf(address);

}
