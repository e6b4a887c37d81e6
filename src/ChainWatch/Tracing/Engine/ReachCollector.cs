using System.Runtime.CompilerServices;
using ChainWatch.Graph;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Tracing.Engine;

/// <summary>
/// Finds by the index the positions that matter to a question: all those in which an address that is reached in fewer hops
/// than the limit may be left. A lane that takes these positions alone, in order, gets all that it would get from all positions.
/// </summary>
/// <remarks>
/// Rounds by hops. In each, the addresses that were reached better than before are left: from the first entry of the position
/// in which they were reached (reversed: from the last one down) to where they were left from in the rounds before. So every
/// entry is looked at once for each of its tails. Inside a position everything may follow everything: what is found there is
/// more than a lane will follow, never less. Labelled contracts are left inside the position of each arrival alone. One
/// object is used again for question after question, by one thread; what it remembers between them is memory only.
/// </remarks>
internal sealed class ReachCollector
{
    // So many entries are fetched before any is judged: the processor waits for all at once.
    private const int BatchLength = 32;

    // By address the bound up to which it is left, or will be in the next round.
    private readonly EpochMap<int> _bounds = new();

    // Where in the index the entries begin by which a contract is left inside a position.
    private readonly EpochMap<byte> _contractRuns = new();
    private readonly GroupList _groups = new();
    private readonly Batch[] _batch = new Batch[BatchLength];
    private Departure[] _leaving = new Departure[16];
    private Departure[] _next = new Departure[16];
    private int _leavingCount;
    private int _nextCount;

    // The question at hand.
    private ReachQuestion _question = null!;
    private LaneRules _rules = null!;
    private ChainLog _log = null!;
    private AdjacencyColumn _index = null!;
    private MultiSide _payers = null!;
    private NumberColumn _others;
    private int _entryCount;
    private int _addressCount;

    /// <summary>How many entries were looked at for the last question.</summary>
    public long Relaxed { get; private set; }

    /// <summary>Collects the positions that matter.</summary>
    /// <param name="question">The question.</param>
    /// <param name="seeds">The seeds' numbers.</param>
    /// <param name="groups">The positions, ascending, each once; some more may be among them. Good until the next question.</param>
    /// <returns>False where the limit was passed: then nothing is known.</returns>
    /// <exception cref="ChainWatchException">The index is not that of the log, or the log has an address that is none.</exception>
    public bool TryCollect(ReachQuestion question, ReadOnlySpan<int> seeds, out ReadOnlySpan<int> groups)
    {
        Begin(question);
        foreach (int seed in seeds)
        {
            ref int bound = ref _bounds.GetOrAdd(seed, out bool isNew);
            if (isNew)
            {
                // Nothing is better than a seed.
                bound = question.Reversed ? int.MaxValue : 0;
                Push(new Departure(seed, 0, int.MaxValue, Clipped: false));
            }
        }

        int maxHops = question.MaxHops ?? _rules.MaxHops;
        for (int hops = 0; hops < maxHops && _nextCount > 0; hops++)
        {
            (_leaving, _next, _leavingCount, _nextCount) = (_next, _leaving, _nextCount, 0);
            for (int i = 0; i < _leavingCount; i++)
            {
                if (!Leave(_leaving[i], isFirst: hops == 0, isLast: hops + 1 == maxHops))
                {
                    groups = [];
                    return false;
                }
            }
        }

        groups = _groups.Sort();
        GC.KeepAlive(question);
        return true;
    }

    private void Begin(ReachQuestion question)
    {
        _question = question;
        _rules = question.Rules;
        if (_log != _rules.Log)
        {
            _log = _rules.Log;
            _entryCount = _log.Entries.Length;
            _addressCount = _log.AddressTable.Length;
            _payers = MultiSide.Payers(_log.Columns.Multis, _addressCount);
        }

        _index = question.Reversed ? question.Index.Backward : question.Index.Forward;
        _others = question.Reversed ? _log.Entries.Sources : _log.Entries.Targets;
        _bounds.Clear();
        _contractRuns.Clear();
        _groups.Clear();
        _nextCount = 0;
        Relaxed = 0;
    }

    // Looks at the entries of an address from one up to another, nearest first: then heads are seldom reached better later.
    private bool Leave(in Departure departure, bool isFirst, bool isLast)
    {
        (int first, int end) = _index.RangeOf(departure.Address);
        int to = departure.To;
        if (departure.Clipped && !_question.Reversed && _rules.CrossingOf(departure.Address) is int crossing && crossing < _log.Groups.Length)
        {
            to = Math.Min(to, _log.Groups.StartOf(crossing));
        }

        first = departure.From == 0 ? first : _index.PlaceOf(departure.From, first, end);
        end = to >= _entryCount ? end : _index.PlaceOf(to, first, end);
        Relaxed += end - first;
        if (Relaxed > _question.RelaxedMax)
        {
            return false;
        }

        bool isDesignated = isFirst && _question.DesignatedSeeds.Contains(departure.Address);
        while (first < end)
        {
            int count = Math.Min(BatchLength, end - first);
            int at = _question.Reversed ? end - count : first;
            Fetch(departure.Address, _index.At(at, count));
            for (int i = 0; i < count; i++)
            {
                Judge(departure.Address, _batch[_question.Reversed ? count - 1 - i : i], isDesignated, isLast);
            }

            (first, end) = _question.Reversed ? (first, at) : (at + count, end);
        }

        return true;
    }

    // Loads that do not wait for one another, and no decision.
    private void Fetch(int address, ReadOnlySpan<int> entries)
    {
        for (int i = 0; i < entries.Length; i++)
        {
            int entry = entries[i];
            if ((uint)entry >= (uint)_entryCount)
            {
                throw _index.NotItsOwn(address, entry);
            }

            ref Batch fetched = ref _batch[i];
            fetched.Other = _others.Ints(entry, 1)[0];
            fetched.Verdict = _rules.Filter.VerdictOf(entry);
            fetched.Group = _log.Groups.OfEntry(entry);
        }
    }

    private void Judge(int tail, in Batch entry, bool isDesignated, bool isLast)
    {
        if (entry.Other < 0)
        {
            JudgeMulti(tail, entry.Other & ~EntryColumn.MultiBit, entry.Group, isDesignated, isLast);
        }
        else if (entry.Verdict == TransferFilter.Verdict.Followed)
        {
            _groups.Add(entry.Group);
            if (!isLast)
            {
                Arrive(entry.Other, entry.Group);
            }
        }
        else if (entry.Verdict == TransferFilter.Verdict.Dust && isDesignated)
        {
            _groups.Add(entry.Group);
        }
    }

    private void JudgeMulti(int tail, int multi, int group, bool isDesignated, bool isLast)
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
        if (!isFollowed && _question.Reversed && !(isDesignated && targets.Dust.AsSpan().BinarySearch(tail) >= 0))
        {
            return;
        }

        _groups.Add(group);
        if (isLast || !isFollowed || (!_question.ThroughOpaque && _rules.IsClosedCoinJoin(multi)))
        {
            return;
        }

        foreach (int head in _question.Reversed ? _payers.Of(multi) : targets.Followed)
        {
            Arrive(head, group);
        }
    }

    // Notes from where an address is left in the next round, where that is better than what was known.
    private void Arrive(int address, int group)
    {
        (int start, int end) = (_log.Groups.StartOf(group), _log.EndOf(group));
        bool reversed = _question.Reversed;
        // Forward up from the start, reversed down from the end; in strict order not inside the position.
        int bound = reversed == _rules.Strict ? start : end;
        ref int known = ref _bounds.Find(address);
        if (!Unsafe.IsNullRef(ref known))
        {
            if (reversed ? bound <= known : bound >= known)
            {
                return;
            }
        }
        else if ((uint)address >= (uint)_addressCount)
        {
            throw new ChainWatchException($"{_log.Chain}: a movement of position {group} has address {address}; expected one of the {_addressCount} there are");
        }

        LaneRules.AddressStop kind = _rules.KindOf(address);
        if (kind == LaneRules.AddressStop.Contract)
        {
            LeaveInside(address, start, end);
            return;
        }

        bool isStop = kind == LaneRules.AddressStop.Service || (kind == LaneRules.AddressStop.Opaque && !_question.ThroughOpaque);
        if (isStop || (!_question.ThroughOpaque && group >= _rules.CrossingOf(address)))
        {
            return;
        }

        ref int best = ref _bounds.GetOrAdd(address, out bool isNew);
        int before = isNew ? (reversed ? 0 : int.MaxValue) : best;
        best = bound;
        Push(reversed ? new Departure(address, before, bound, !_question.ThroughOpaque) : new Departure(address, bound, before, !_question.ThroughOpaque));
    }

    private void LeaveInside(int contract, int start, int end)
    {
        if (_rules.Strict)
        {
            return;
        }

        (int first, int last) = _index.RangeOf(contract);
        first = _index.PlaceOf(start, first, last);
        if (first == last || _index.At(first, 1)[0] >= end)
        {
            return;
        }

        _contractRuns.GetOrAdd(first, out bool isNew);
        if (isNew)
        {
            Push(new Departure(contract, start, end, Clipped: false));
        }
    }

    private void Push(Departure departure)
    {
        if (_nextCount == _next.Length)
        {
            Array.Resize(ref _next, _next.Length * 2);
        }

        _next[_nextCount++] = departure;
    }

    // The entries by which an address is left, from one up to another.
    private readonly record struct Departure(int Address, int From, int To, bool Clipped);

    private struct Batch
    {
        public int Other;
        public int Group;
        public TransferFilter.Verdict Verdict;
    }
}
