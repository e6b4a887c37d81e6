using System.Runtime.Intrinsics.X86;
using ChainWatch.Graph;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Tracing.Engine;

/// <summary>
/// Finds by the index the positions that matter to a question: all those in which an address that is reached in fewer hops
/// than the limit may be left. A lane that takes these positions alone, in order, gets the labels, evidence, inflows and notes
/// that it would get from all positions. Not whether funds went on from an address that was reached at the last hop.
/// </summary>
/// <remarks>
/// Rounds by hops. In each, the addresses that were reached better than before are left: from the first entry of the position
/// in which they were reached (reversed: from the last one down) to where they were left from in the rounds before. So every
/// entry is looked at once for each of its tails. Inside a position everything may follow everything: what is found there is
/// more than a lane will follow, never less. Labelled contracts are left inside the position of each arrival alone. One
/// object is used again for question after question, by one thread; what it remembers between them is memory only.
/// </remarks>
internal sealed unsafe class ReachCollector
{
    // So many entries are fetched before any is judged: the processor waits for all at once.
    private const int BatchLength = 64;

    // By address the bound up to which it is left, or will be in the next round.
    private readonly EpochMap<int> _bounds = new();

    // Where in the index the entries begin by which a contract is left inside a position.
    private readonly EpochMap<byte> _contractRuns = new();
    private readonly GroupList _groups = new();
    private readonly IndexRuns _runs = new();
    private readonly Step[] _batch = new Step[BatchLength];
    private LeavingRange[] _leaving = new LeavingRange[16];
    private LeavingRange[] _next = new LeavingRange[16];
    private int _leavingCount;
    private int _nextCount;
    private int _batchCount;

    // The question at hand.
    private LaneQuestion _question = null!;
    private LaneRules _rules = null!;
    private ChainLog _log = null!;
    private AdjacencyColumn _index = null!;
    private MultiSide _payers = null!;
    private HotColumns _hot = null!;
    private uint* _heads;
    private long _relaxedMax;
    private bool _areSingle;
    private bool _isFirst;
    private bool _isLast;

    /// <summary>How many entries were looked at for the last question.</summary>
    public long Relaxed { get; private set; }

    /// <summary>Collects the positions that matter.</summary>
    /// <param name="question">The question.</param>
    /// <param name="index">The index of the question's log.</param>
    /// <param name="relaxedMax">The most entries to look at.</param>
    /// <param name="groups">The positions, ascending, each once; some more may be among them. Good until the next question.</param>
    /// <returns>False where the limit was passed: then nothing is known.</returns>
    /// <exception cref="ChainWatchException">The index is not that of the log, or the log is damaged.</exception>
    public bool TryCollect(LaneQuestion question, LogIndex index, long relaxedMax, out ReadOnlySpan<int> groups)
    {
        Begin(question, index);
        _relaxedMax = relaxedMax;
        foreach (int seed in question.Seeds)
        {
            ref int bound = ref _bounds.GetOrAdd(seed, out bool isNew);
            if (isNew)
            {
                // Nothing is better than a seed.
                bound = question.Reversed ? int.MaxValue : 0;
                Push(new LeavingRange(seed, 0, int.MaxValue, IsClipped: false));
            }
        }

        for (int hops = 0; hops < _rules.MaxHops && _nextCount > 0; hops++)
        {
            (_leaving, _next, _leavingCount, _nextCount) = (_next, _leaving, _nextCount, 0);
            (_isFirst, _isLast) = (hops == 0, hops + 1 == _rules.MaxHops);
            for (int i = 0; i < _leavingCount; i += IndexRuns.RunsMax)
            {
                ReadOnlySpan<LeavingRange> ranges = _leaving.AsSpan(i, Math.Min(IndexRuns.RunsMax, _leavingCount - i));
                ReadOnlySpan<(int First, int End)> runs = _runs.Find(_index, ranges, _hot.Count, question.Reversed);
                for (int k = 0; k < ranges.Length; k++)
                {
                    Walk(ranges[k], runs[k].First, runs[k].End);
                }

                if (Relaxed > relaxedMax)
                {
                    groups = [];
                    return false;
                }
            }

            FetchAndJudge();
        }

        groups = _groups.Sort();
        GC.KeepAlive(question);
        GC.KeepAlive(index);
        return true;
    }

    private void Begin(LaneQuestion question, LogIndex index)
    {
        _question = question;
        _rules = question.Rules;
        if (_log != _rules.Log)
        {
            _log = _rules.Log;
            _hot = _log.Hot;
            _areSingle = _log.Groups.Length == _hot.Count;
            _payers = MultiSide.Payers(_log.Columns.Multis, _log.AddressTable.Length);
        }

        _index = question.Reversed ? index.Backward : index.Forward;
        _heads = question.Reversed ? _hot.Sources : _hot.Targets;
        _bounds.Clear();
        _contractRuns.Clear();
        _groups.Clear();
        _nextCount = 0;
        _batchCount = 0;
        Relaxed = 0;
    }

    // Nearest entries first: then heads are seldom reached better later.
    private void Walk(in LeavingRange range, int first, int end)
    {
        int from = range.From;
        int to = Math.Min(range.To, _hot.Count);
        if (range.IsClipped && !_question.Reversed && _rules.CrossingOf(range.Address) is int crossing && crossing < _log.Groups.Length)
        {
            to = Math.Min(to, _log.Groups.StartOf(crossing));
        }

        if (end - first > IndexRuns.ShortRunMax)
        {
            first = _question.Reversed && from > 0 ? _index.PlaceOf(from, first, end) : first;
            end = !_question.Reversed && to < _hot.Count ? _index.PlaceOf(to, first, end) : end;
        }

        while (first < end && Relaxed <= _relaxedMax)
        {
            int count = Math.Min(BatchLength - _batchCount, end - first);
            int at = _question.Reversed ? end - count : first;
            Note(range.Address, _index.At(at, count), from, to);
            (first, end) = _question.Reversed ? (first, at) : (at + count, end);
            if (_batchCount == BatchLength)
            {
                FetchAndJudge();
            }
        }
    }

    private void Note(int address, ReadOnlySpan<int> entries, int from, int to)
    {
        Span<Step> batch = _batch;
        uint* heads = _heads;
        ulong* followed = _rules.Filter.Followed.Pointer;
        uint count = (uint)_hot.Count;
        bool fetchesHeads = Sse.IsSupported && (!_isLast || _log.MultiCount > 0);
        (int next, int step) = _question.Reversed ? (entries.Length - 1, -1) : (0, 1);
        int noted = _batchCount;
        for (; (uint)next < (uint)entries.Length; next += step)
        {
            int entry = entries[next];
            if ((uint)entry >= count)
            {
                throw _index.NotItsOwn(address, entry);
            }

            ref Step noting = ref batch[noted];
            (noting.Tail, noting.Entry) = (address, entry);
            noted += entry >= from && entry < to ? 1 : 0;
            if (Sse.IsSupported)
            {
                Sse.Prefetch0(followed + (entry >> 6));
            }

            if (fetchesHeads)
            {
                Sse.Prefetch0(heads + entry);
            }
        }

        Relaxed += noted - _batchCount;
        _batchCount = noted;
    }

    private void FetchAndJudge()
    {
        Span<Step> batch = _batch.AsSpan(0, _batchCount);
        _batchCount = 0;
        if (_isLast)
        {
            JudgeLast(batch);
            return;
        }

        // Loads that do not wait for one another, and no decision.
        foreach (ref Step step in batch)
        {
            step.Head = (int)_heads[step.Entry];
        }

        foreach (ref Step step in batch)
        {
            step.IsFollowed = _rules.Filter.Followed[step.Entry];
            step.IsMarked = step.Head >= 0 && _rules.Stops.IsMarked(step.Head);
        }

        foreach (ref readonly Step step in batch)
        {
            if (step.IsFollowed)
            {
                int group = GroupOf(step.Entry);
                _groups.Add(group);
                Arrive(step.Head, group, step.IsMarked);
            }
            else
            {
                JudgeOther(step.Tail, step.Entry);
            }
        }
    }

    // Nobody goes on from the last hop: a plain transfer that is followed matters, whoever is at its other end.
    private void JudgeLast(ReadOnlySpan<Step> batch)
    {
        foreach (ref readonly Step step in batch)
        {
            if (_rules.Filter.Followed[step.Entry])
            {
                _groups.Add(GroupOf(step.Entry));
            }
            else
            {
                JudgeOther(step.Tail, step.Entry);
            }
        }
    }

    private int GroupOf(int entry) => _areSingle ? entry : _log.Groups.OfEntry(entry);

    // What is no plain transfer that is followed.
    private void JudgeOther(int tail, int entry)
    {
        int head = (int)_heads[entry];
        if (head < 0)
        {
            JudgeMulti(tail, head & ~EntryColumn.MultiBit, GroupOf(entry));
        }
        else if (_isFirst && _rules.Filter.Dust?[entry] == true && _question.Designated.Contains(tail))
        {
            _groups.Add(GroupOf(entry));
        }
    }

    private void JudgeMulti(int tail, int multi, int group)
    {
        if (multi >= _log.MultiCount)
        {
            throw new ChainWatchException($"{_log.Chain}: a movement of position {group} is number {multi} of those with several inputs or outputs; expected one of the {_log.MultiCount} there are");
        }

        if (_rules.Filter.TargetsOf(multi) is not MultiTargets targets)
        {
            return;
        }

        bool isFollowed = targets.Followed.Length > 0 && (!_question.Reversed || targets.Followed.AsSpan().BinarySearch(tail) >= 0);
        // Forward, what it pays to outputs without an address is noted too, though nothing is followed.
        bool isNoted = isFollowed || !_question.Reversed || (_isFirst && _question.Designated.Contains(tail) && targets.Dust.AsSpan().BinarySearch(tail) >= 0);
        if (!isNoted)
        {
            return;
        }

        _groups.Add(group);
        if (_isLast || !isFollowed || (!_question.ThroughOpaque && _rules.IsClosedCoinJoin(multi)))
        {
            return;
        }

        foreach (int head in _question.Reversed ? _payers.Of(multi) : targets.Followed)
        {
            Arrive(head, group, _rules.Stops.IsMarked(head));
        }
    }

    // Notes from where an address is left in the next round, where that is better than what was known.
    private void Arrive(int address, int group, bool isMarked)
    {
        bool reversed = _question.Reversed;
        bool isStart = reversed == _rules.Strict;
        // Forward up from the position's start, reversed down from its end; in strict order not inside it.
        int bound = _areSingle ? group + (isStart ? 0 : 1) : isStart ? _log.Groups.StartOf(group) : _log.EndOf(group);
        ref int known = ref _bounds.GetOrAdd(address, out bool isNew);
        int before = isNew ? (reversed ? 0 : int.MaxValue) : known;
        known = before;
        if (reversed ? bound <= before : bound >= before)
        {
            return;
        }

        if (isMarked && !MayBeLeft(address, group))
        {
            if (_rules.KindOf(address) is LaneRules.AddressStop.Service or LaneRules.AddressStop.Opaque)
            {
                // It never may be: as if nothing were better, so that nobody asks again.
                known = reversed ? int.MaxValue : 0;
            }

            return;
        }

        known = bound;
        bool isClipped = isMarked && !_question.ThroughOpaque;
        Push(reversed ? new LeavingRange(address, before, bound, isClipped) : new LeavingRange(address, bound, before, isClipped));
    }

    // Whether an address that has a label or crosses the degree limit may be left at later positions.
    private bool MayBeLeft(int address, int group)
    {
        switch (_rules.KindOf(address))
        {
            case LaneRules.AddressStop.Service:
                return false;
            case LaneRules.AddressStop.Opaque:
                return _question.ThroughOpaque;
            case LaneRules.AddressStop.Contract:
                LeaveInside(address, group);
                return false;
            default:
                return !_question.IsClosedByDegree(address, group);
        }
    }

    private void LeaveInside(int contract, int group)
    {
        if (_rules.Strict)
        {
            return;
        }

        (int start, int end) = (_log.Groups.StartOf(group), _log.EndOf(group));
        (int first, int last) = _index.RangeOf(contract);
        first = _index.PlaceOf(start, first, last);
        if (first == last || _index.At(first, 1)[0] >= end)
        {
            return;
        }

        _contractRuns.GetOrAdd(first, out bool isNew);
        if (isNew)
        {
            Push(new LeavingRange(contract, start, end, IsClipped: false));
        }
    }

    private void Push(LeavingRange range)
    {
        if (_nextCount == _next.Length)
        {
            Array.Resize(ref _next, _next.Length * 2);
        }

        // It is left in the next round.
        _index.Starts.Prefetch(range.Address);
        _next[_nextCount++] = range;
    }

    // An entry, with what was fetched of it.
    private struct Step
    {
        public int Tail;
        public int Entry;
        public int Head;
        public bool IsFollowed;
        public bool IsMarked;
    }
}
