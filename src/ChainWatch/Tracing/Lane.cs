using ChainWatch.Graph;

namespace ChainWatch.Tracing;

/// <summary>
/// The labels of one list on one chain in one direction: how near every address is to the list, so far. The scan is the
/// clock: groups are given in chain order (or in reverse, for <em>sent</em>), and every prefix of a path is processed
/// before its last transfer, so one pass is exact for all addresses and all numbers of hops.
/// </summary>
/// <remarks>
/// Tail and head are meant in the direction of the trace: for <em>received</em> the tail pays the head, for <em>sent</em>
/// the head pays the tail. What is here is common to the engines; they differ in where they keep labels, and in which groups
/// they look at.
/// </remarks>
internal abstract class Lane(LaneQuestion question) : ILaneRecord
{
    private readonly List<CoinJoinEvent> _coinJoins = [];
    private readonly List<NoAddressEvent> _noAddress = [];

    public LaneQuestion Question => question;

    public IReadOnlyList<CoinJoinEvent> CoinJoins => _coinJoins;

    public IReadOnlyList<NoAddressEvent> NoAddress => _noAddress;

    /// <summary>The engine's name, for reports.</summary>
    public abstract string Engine { get; }

    protected LaneRules Rules => question.Rules;

    protected ChainLog Log => question.Rules.Log;

    /// <summary>Begins a block that can be taken back.</summary>
    public abstract void Mark();

    /// <summary>Takes back what was appended since the last mark.</summary>
    public abstract void Undo();

    /// <summary>Whether CoinJoins and outputs without an address are written down.</summary>
    public virtual bool NotesConduits => true;

    public bool IsReached(int address) => ReachOf(address) != Label.Unreached;

    public abstract IEnumerable<int> Reached();

    public virtual long CountBeyond(ILaneRecord nearer) => Reached().LongCount(a => !nearer.IsReached(a));

    public int HopsOf(int address) => Label.HopsOf(ReachOf(address));

    public abstract LabelState StateOf(int address);

    public abstract bool IsTracedOn(int address);

    public abstract EvidenceStep StepAt(int step);

    public abstract IEnumerable<InflowEvent> Inflows();

    /// <summary>The best label so far.</summary>
    internal abstract int ReachOf(int address);

    /// <summary>The label with which an address may be left at a group, from what was known before the group.</summary>
    internal abstract int LeavingLabel(int address, int group);

    /// <summary>The step that had reached an address which is left.</summary>
    internal abstract int LeavingStep(int address);

    internal abstract bool Improves(int address, int label, int group);

    /// <summary>Gives an address a label, where it is better than what it has.</summary>
    internal abstract void Offer(int address, int label, int step, int group);

    internal abstract int AddStep(EvidenceStep step);

    internal abstract void NoteInflow(InflowEvent inflow);

    internal abstract void MarkTracedOn(int address);

    protected abstract void MarkIntoCoinJoin(int address);

    /// <summary>
    /// A direct dust transfer from (or to) a designated seed is a finding at any amount, and is not traced on. False where
    /// the tail is no such seed.
    /// </summary>
    internal bool OfferDust(int entry, int tail, int head, int group)
    {
        if (!question.Designated.Contains(tail) || tail == head)
        {
            return false;
        }

        NoteInflow(new InflowEvent(entry, tail, head, -1, Label.DirectDust));
        if (Label.DirectDust < ReachOf(head))
        {
            Offer(head, Label.DirectDust, AddStep(new EvidenceStep(entry, tail, head, -1, PathOrder.Proven)), group);
        }

        return true;
    }

    /// <summary>Takes that funds of the list entered a CoinJoin.</summary>
    internal void NoteCoinJoin(CoinJoinEvent coinJoin)
    {
        _coinJoins.Add(coinJoin);
        foreach (int tail in coinJoin.Tails)
        {
            MarkIntoCoinJoin(tail);
        }
    }

    /// <summary>Takes that funds of the list went into an output without an address.</summary>
    internal void NoteNoAddress(NoAddressEvent reached) => _noAddress.Add(reached);

    /// <summary>Takes that the log goes on: the same question, of a later state of it.</summary>
    protected void GoOn(LaneRules rules) => question = question with { Rules = rules };

    protected (int CoinJoins, int NoAddress) MarkNotes() => (_coinJoins.Count, _noAddress.Count);

    protected void UndoNotes((int CoinJoins, int NoAddress) mark)
    {
        _coinJoins.RemoveRange(mark.CoinJoins, _coinJoins.Count - mark.CoinJoins);
        _noAddress.RemoveRange(mark.NoAddress, _noAddress.Count - mark.NoAddress);
    }
}
