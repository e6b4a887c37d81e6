using ChainWatch.Graph;

namespace ChainWatch.Tracing.Live;

/// <summary>
/// One list on one chain: the labels of all addresses as blocks come and go. What history gave stays where the one pass left it;
/// what blocks change lies over it, by address, since every block numbers its addresses anew.
/// </summary>
/// <param name="list">The list.</param>
/// <param name="history">The lane over what came before the first block; null where there was nothing.</param>
/// <param name="historyEnd">The first group that history does not hold.</param>
internal sealed class LiveLane(TracedList list, Lane? history, int historyEnd)
{
    // Steps of history keep their numbers; those of blocks are numbered from here on.
    private const int LiveFirst = 1 << 30;

    private readonly LaneView? _history = history is null ? null : new LaneView(history, list, historyEnd);
    private readonly Dictionary<Address, LabelState> _states = [];
    private readonly List<LiveStep> _steps = [];
    private readonly BlockStack<Mark> _marks = new();

    /// <summary>The list.</summary>
    public TracedList List => list;

    /// <summary>What is known of an address.</summary>
    public LabelState StateOf(Address address) => StateOf(address, history?.Question.Rules.Log.NumberOf(address) ?? -1);

    /// <summary>The path that ends with a step, in chain order.</summary>
    public IReadOnlyList<PathStep> PathTo(int step)
    {
        List<PathStep> path = [];
        for (; step >= LiveFirst; step = _steps[step - LiveFirst].Previous)
        {
            path.Add(_steps[step - LiveFirst].Transfer);
        }

        path.Reverse();
        return LaneView.FromFirst([.. step >= 0 ? _history!.PathTo(step) : [], .. path]);
    }

    /// <summary>The list's address at the other end of the path that ends with a step, or the address itself.</summary>
    public Address SeedOf(Address address, int step)
    {
        for (; step >= LiveFirst; step = _steps[step - LiveFirst].Previous)
        {
            address = _steps[step - LiveFirst].Transfer.From;
        }

        return step >= 0 ? _history!.SeedOf(-1, step) : address;
    }

    /// <summary>Takes blocks that follow on those before.</summary>
    /// <param name="rules">The rules over their transfers.</param>
    /// <param name="watched">The watched wallets among their addresses.</param>
    /// <param name="inHistory">The numbers of their addresses in history's log, or -1.</param>
    /// <param name="isDesignated">Whether a direct transfer from a seed counts at any amount.</param>
    public LiveBlock Append(LaneRules rules, HashSet<int> watched, int[] inHistory, Func<Address, bool> isDesignated)
    {
        ChainLog log = rules.Log;
        int[] seeds = [.. Enumerable.Range(0, log.AddressTable.Length).Where(n => list.IsSeed(log.AddressTable[n]))];
        LaneQuestion question = new(rules, seeds, [.. seeds.Where(s => isDesignated(log.AddressTable[s]))], Reversed: false, ThroughOpaque: false);
        LabelState?[] states = new LabelState?[log.AddressTable.Length];
        LabelState Known(int number) => states[number] ??= StateOf(log.AddressTable[number], inHistory[number]);
        SparseLane lane = new(question, watched, undoable: false, before: number => Over(Known(number), Below));
        lane.Append(0, log.Groups.Length);
        Dictionary<int, int> before = watched.ToDictionary(w => w, w => Known(w).Reach);
        LaneView view = new(lane, list, log.Groups.Length);
        Mark mark = new(_steps.Count, []);
        Take(lane, view, mark);
        _marks.Push(mark);
        LiveSightings sightings = new(lane, view, watched);
        return new LiveBlock
        {
            List = list,
            Inflows = [.. lane.Inflows().Select(i => Describe(i, view, mark, before[i.Head]))],
            Notes = sightings.Notes(),
            Payments = sightings.Payments(),
        };
    }

    /// <summary>Takes back what was appended last.</summary>
    public void Undo()
    {
        Mark mark = _marks.Pop();
        foreach ((Address address, LabelState? old) in mark.Old)
        {
            if (old is LabelState state)
            {
                _states[address] = state;
            }
            else
            {
                _states.Remove(address);
            }
        }

        _steps.RemoveRange(mark.Steps, _steps.Count - mark.Steps);
    }

    private LabelState StateOf(Address address, int number) =>
        _states.TryGetValue(address, out LabelState state) ? state
        : number >= 0 && history is not null ? history.StateOf(number)
        : LabelState.Start;

    private void Take(SparseLane lane, LaneView view, Mark mark)
    {
        for (int i = 0; i < lane.StepCount; i++)
        {
            EvidenceStep step = lane.StepAt(i);
            _steps.Add(new LiveStep(view.Describe(step.Entry, step.Tail, step.Head, step.Order, isFirst: false), Above(step.Previous, mark)));
        }

        foreach (int number in lane.Touched)
        {
            Address address = lane.Question.Rules.Log.AddressTable[number];
            mark.Old.Add((address, _states.TryGetValue(address, out LabelState old) ? old : null));
            _states[address] = Over(lane.StateOf(number), step => Above(step, mark));
        }
    }

    private LiveInflow Describe(InflowEvent inflow, LaneView view, Mark mark, int reachBefore)
    {
        int before = Above(inflow.Previous, mark);
        Address tail = view.Rules.Log.AddressTable[inflow.Tail];
        PathStep last = view.Describe(inflow.Entry, inflow.Tail, inflow.Head, OrderAfter(inflow.Label), isFirst: before < 0);
        return new LiveInflow
        {
            Wallet = view.Rules.Log.AddressTable[inflow.Head],
            Hops = Label.HopsOf(inflow.Label),
            HopsBefore = reachBefore == Label.Unreached ? null : Label.HopsOf(reachBefore),
            IsDust = Label.IsDust(inflow.Label),
            IsFromDesignated = before < 0 && view.Record.Question.Designated.Contains(inflow.Tail),
            Seed = SeedOf(tail, before),
            Path = LaneView.FromFirst([.. PathTo(before), last]),
        };
    }

    // Steps from before, as the lane of a block sees them; and as they are numbered here.
    private static int Below(int step) => step < 0 ? -1 : -2 - step;

    private static int Above(int step, Mark mark) => step switch { -1 => -1, >= 0 => LiveFirst + mark.Steps + step, _ => -2 - step };

    private static LabelState Over(LabelState state, Func<int, int> number)
    {
        (state.ReachStep, state.ThroughStep, state.ArrivalStep) = (number(state.ReachStep), number(state.ThroughStep), number(state.ArrivalStep));
        return state;
    }

    private static PathOrder OrderAfter(int label) => Label.IsDust(label) ? PathOrder.Proven : Label.OrderOf(label);

    private sealed record Mark(int Steps, List<(Address Address, LabelState? Old)> Old);

    /// <summary>A step that a block brought.</summary>
    private readonly record struct LiveStep(PathStep Transfer, int Previous);
}
