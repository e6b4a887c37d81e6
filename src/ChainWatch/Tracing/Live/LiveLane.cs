using System.Runtime.CompilerServices;

namespace ChainWatch.Tracing.Live;

/// <summary>
/// One list on one chain: its labels as blocks come and go. The trace shows it those positions alone that may concern it; it takes
/// them by the same rules as the lanes of a whole log.
/// </summary>
internal sealed class LiveLane : Lane
{
    private readonly LiveLabels _labels;
    private readonly LiveAddresses _addresses;
    private readonly LaneView _view;
    private readonly GroupFixpoint _fixpoint;
    private readonly List<InflowEvent> _inflows = [];
    private readonly List<LiveNote> _notes = [];
    private readonly List<PathStep> _payments = [];

    /// <param name="list">The list.</param>
    /// <param name="history">Its lane over what came before the first block; it is not to be used any more.</param>
    /// <param name="addresses">The addresses so far.</param>
    public LiveLane(TracedList list, Lane history, LiveAddresses addresses)
        : base(history.Question)
    {
        (List, _addresses) = (list, addresses);
        _labels = new LiveLabels(history, addresses.Count);
        _labels.MarkLeft(addresses.Left);
        _view = new LaneView(this, list, int.MaxValue);
        _fixpoint = new GroupFixpoint(this);
    }

    /// <summary>The list.</summary>
    public TracedList List { get; }

    public override string Engine => "live";

    public override bool NotesConduits => false;

    /// <summary>What is known of an address.</summary>
    public LabelState StateOf(Address address) => Log.NumberOf(address) is >= 0 and int number && number < _addresses.Count ? StateOf(number) : LabelState.Start;

    /// <summary>The path that ends with a step, in chain order.</summary>
    public IReadOnlyList<PathStep> PathTo(int step) => _view.PathTo(step);

    /// <summary>The list's address at the other end of the path that ends with a step, or the address itself.</summary>
    public Address SeedOf(Address address, int step) => step < 0 ? address : _view.SeedOf(-1, step);

    /// <summary>Begins a block, whose addresses have their numbers already.</summary>
    /// <param name="rules">The rules over the log with the block.</param>
    public void Begin(LaneRules rules)
    {
        GoOn(rules);
        Mark();
        _inflows.Clear();
        _notes.Clear();
        _payments.Clear();
    }

    /// <summary>Makes room for more addresses.</summary>
    public void Grow(int addressCount) => _labels.Grow(addressCount);

    /// <summary>Takes that a new address is a seed, or has a label that stops.</summary>
    public void Set(int address, bool isSeed, bool isDesignated, bool isStop)
    {
        _labels.Set(address, isSeed, isStop);
        if (isDesignated)
        {
            Question.Designated.Add(address);
        }
    }

    /// <summary>From here on the degree limit stops an address.</summary>
    public void Close(int address) => _labels.Close(address);

    /// <summary>Whether an address is left with any label.</summary>
    public bool IsLeft(int address) => _labels.LeavingLabel(address) != Label.Unreached;

    /// <summary>Whether a path may go on from an address, within the hops asked for.</summary>
    public bool MayLeave(int address) => _labels.MayLeave(address);

    /// <summary>Asks the processor for the labels of addresses that are left.</summary>
    public void PrefetchTails(ReadOnlySpan<int> tails)
    {
        foreach (int tail in tails)
        {
            _labels.PrefetchTail(tail);
        }
    }

    /// <summary>Asks the processor for what transfers will need.</summary>
    public void PrefetchTransfers(ReadOnlySpan<int> tails, ReadOnlySpan<int> heads)
    {
        for (int i = 0; i < tails.Length; i++)
        {
            _labels.PrefetchTransfer(tails[i], heads[i]);
        }
    }

    /// <summary>Takes a plain transfer that is alone at its position, or has nothing to do with the others there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void TakeSingle(int entry, int tail, int head, int group, TransferFilter.Verdict verdict)
    {
        if (_labels.MayLeave(tail))
        {
            Follow(entry, tail, head, group, verdict);
        }

        if (_labels.IsSeed(head))
        {
            NotePayments(entry);
        }
    }

    /// <summary>Whether an address is one of the list's.</summary>
    public bool IsSeed(int address) => _labels.IsSeed(address);

    /// <summary>Takes a position with several transfers, or a movement with several sides.</summary>
    /// <param name="group">The position.</param>
    /// <param name="mayEnter">Whether funds of the list may enter it.</param>
    public void TakeGroup(int group, bool mayEnter)
    {
        if (mayEnter)
        {
            _fixpoint.Run(group);
        }

        for (int entry = Log.Groups.StartOf(group); entry < Log.EndOf(group); entry++)
        {
            NotePayments(entry);
            int multi = Log.Entries.MultiOf(entry);
            if (multi >= 0)
            {
                NoteDust(entry, multi, group);
            }
            else if (Rules.Filter.VerdictOf(entry) != TransferFilter.Verdict.Followed)
            {
                Note(entry, Log.Entries.SourceOf(entry)[0], Log.Entries.TargetOf(entry)[0], group);
            }
        }
    }

    /// <summary>What the block means to the watched wallets.</summary>
    public LiveBlock Describe() => new()
    {
        List = List,
        Inflows = _inflows.Count == 0 ? [] : [.. _inflows.Select(Describe)],
        Notes = _notes.Count == 0 ? [] : [.. _notes],
        Payments = _payments.Count == 0 ? [] : [.. _payments],
    };

    public override void Mark() => _labels.Begin();

    /// <summary>Takes back the last block. The numbers of the addresses that it brought are given anew.</summary>
    /// <param name="addressCount">How many addresses there were before it.</param>
    public void Undo(int addressCount)
    {
        _labels.Undo(addressCount, _addresses.Count);
        Question.Designated.RemoveWhere(address => address >= addressCount);
    }

    public override void Undo() => throw new NotSupportedException("who takes a block back tells how many addresses there were before it");

    public override IEnumerable<int> Reached() => Enumerable.Range(0, _addresses.Count).Where(IsReached);

    public override LabelState StateOf(int address) => _labels.StateOf(address);

    public override bool IsTracedOn(int address) => throw new NotSupportedException("a live trace does not keep where funds went on");

    public override EvidenceStep StepAt(int step) => _labels.StepAt(step, Log);

    public override IEnumerable<InflowEvent> Inflows() => _inflows;

    internal override int ReachOf(int address) => _labels.ReachOf(address);

    internal override int LeavingLabel(int address, int group) => _labels.LeavingLabel(address);

    internal override int LeavingStep(int address) => _labels.StepOf(address);

    internal override bool Improves(int address, int label, int group) => _labels.Improves(address, label);

    internal override void Offer(int address, int label, int step, int group)
    {
        _labels.Offer(address, label, step);
        if (_labels.MayLeave(address))
        {
            _addresses.Left[address] = true;
        }
    }

    internal override int AddStep(EvidenceStep step) => _labels.AddStep(step, Log);

    internal override void NoteInflow(InflowEvent inflow)
    {
        if (_addresses.IsWatched(inflow.Head, Log))
        {
            _inflows.Add(inflow);
        }
    }

    internal override void MarkTracedOn(int address)
    {
        // Nobody asks.
    }

    protected override void MarkIntoCoinJoin(int address)
    {
        // Conduits are not written down.
    }

    private void Follow(int entry, int tail, int head, int group, TransferFilter.Verdict verdict)
    {
        if (verdict == TransferFilter.Verdict.Followed)
        {
            int label = _labels.LeavingLabel(tail) + Label.OneHop;
            int previous = _labels.StepOf(tail);
            NoteInflow(new InflowEvent(entry, tail, head, previous, label));
            if (_labels.Improves(head, label))
            {
                Offer(head, label, _labels.AddPlainStep(entry, previous), group);
            }
        }
        else
        {
            if (verdict == TransferFilter.Verdict.Dust)
            {
                OfferDust(entry, tail, head, group);
            }

            Note(entry, tail, head, group);
        }
    }

    // Outputs below the minimum to watched wallets: from the payer that is nearest to the list.
    private void NoteDust(int entry, int multi, int group)
    {
        if (Rules.Filter.TargetsOf(multi) is not { Dust.Length: > 0 } targets || Rules.IsClosedCoinJoin(multi))
        {
            return;
        }

        int[] payers = [.. Log.MultiAt(multi).Sources.Where(_labels.MayLeave)];
        if (payers.Length > 0 && !payers.Any(Question.Designated.Contains))
        {
            int nearest = payers.Order(Log.AddressOrder).MinBy(_labels.LeavingLabel);
            foreach (int head in targets.Dust.Where(head => !payers.Contains(head)))
            {
                Note(entry, nearest, head, group, NotFollowedReason.Dust);
            }
        }
    }

    private void Note(int entry, int tail, int head, int group)
    {
        if (Rules.Filter.ReasonOf(entry) is NotFollowedReason reason
            && reason is NotFollowedReason.Dust or NotFollowedReason.ZeroValue or NotFollowedReason.UnrecognisedToken
            && !(reason == NotFollowedReason.Dust && Question.Designated.Contains(tail)))
        {
            Note(entry, tail, head, group, reason);
        }
    }

    // What came to a watched wallet from an address that funds of the list had reached, and is not followed.
    private void Note(int entry, int tail, int head, int group, NotFollowedReason reason)
    {
        if (!_addresses.IsWatched(head, Log) || !_labels.MayLeave(tail))
        {
            return;
        }

        int before = _labels.StepOf(tail);
        PathOrder order = before < 0 ? PathOrder.Proven : OrderBetween(_labels.StepAt(before, Log).Entry, entry, group);
        if (Rules.Strict && order != PathOrder.Proven)
        {
            return;
        }

        PathStep last = _view.Describe(entry, tail, head, order, isFirst: before < 0);
        _notes.Add(new LiveNote(LaneView.FromFirst([.. PathTo(before), last]), reason, Label.HopsOf(_labels.LeavingLabel(tail)) + 1));
    }

    // The one before may stand at the same position, where no order is claimed.
    private PathOrder OrderBetween(int before, int entry, int group)
    {
        int key = Log.Entries.TxKeys.OrNone(entry);
        bool isSame = Log.Groups.IndexOf(group) >= 0 || (key >= 0 && key == Log.Entries.TxKeys.OrNone(before));
        return Log.GroupOf(before) != group ? PathOrder.Proven : isSame ? PathOrder.SameTransaction : PathOrder.Assumed;
    }

    // What watched wallets paid to the list's addresses.
    private void NotePayments(int entry)
    {
        int multi = Log.Entries.MultiOf(entry);
        if (multi < 0)
        {
            if (Rules.Filter.VerdictOf(entry) != TransferFilter.Verdict.NotFollowed)
            {
                NotePayments(entry, Log.Entries.SourceOf(entry), Log.Entries.TargetOf(entry)[0]);
            }
        }
        else if (Rules.Filter.TargetsOf(multi) is MultiTargets targets)
        {
            foreach (int target in targets.Followed.Concat(targets.Dust))
            {
                NotePayments(entry, Log.MultiAt(multi).Sources, target);
            }
        }
    }

    private void NotePayments(int entry, ReadOnlySpan<int> payers, int target)
    {
        if (_labels.IsSeed(target))
        {
            foreach (int payer in payers)
            {
                if (payer != target && _addresses.IsWatched(payer, Log))
                {
                    _payments.Add(_view.Describe(entry, payer, target, PathOrder.Proven, isFirst: true));
                }
            }
        }
    }

    private LiveInflow Describe(InflowEvent inflow)
    {
        int before = _labels.ReachBefore(inflow.Head);
        PathOrder order = Label.IsDust(inflow.Label) ? PathOrder.Proven : Label.OrderOf(inflow.Label);
        PathStep last = _view.Describe(inflow.Entry, inflow.Tail, inflow.Head, order, isFirst: inflow.Previous < 0);
        return new LiveInflow
        {
            Wallet = last.To,
            Hops = Label.HopsOf(inflow.Label),
            HopsBefore = before == Label.Unreached ? null : Label.HopsOf(before),
            IsDust = Label.IsDust(inflow.Label),
            IsFromDesignated = inflow.Previous < 0 && Question.Designated.Contains(inflow.Tail),
            Seed = SeedOf(last.From, inflow.Previous),
            Path = LaneView.FromFirst([.. PathTo(inflow.Previous), last]),
        };
    }
}
