using System.Runtime.InteropServices;
using ChainWatch.Graph;
using ChainWatch.Labels;

namespace ChainWatch.Tracing.Live;

/// <summary>
/// A trace of one chain that goes on as blocks arrive: history once, in one pass; then every new transfer is one step, and
/// nothing is traced again. It reads the log to which the blocks are appended, and keeps what it knows by the numbers that
/// addresses have there. Blocks can be taken back, the last one first. Funds received from the lists; for one thread.
/// </summary>
/// <remarks>
/// Memory: by list as <see cref="LiveLabels"/> tells, and 4 bytes an address where there is a degree limit. A block of 300
/// transfers takes 2.4 KB and 16 bytes for each label that it changed until it cannot be taken back any more, and stays with 8
/// bytes for each step and what its new addresses need.
/// </remarks>
internal sealed class LiveTrace
{
    /// <summary>So many appended blocks can be taken back: more than any reorganisation of a living chain.</summary>
    public const int DepthMax = 512;

    // So many of the last addresses are compared where a log may not be the one that was known.
    private const int ComparedMax = 4096;

    // Of more transfers at a position the fixpoint finds out faster what they have to do with one another.
    private const int SimpleMax = 16;
    private readonly TraceRequest _request;
    private readonly LiveAddresses _addresses;
    private readonly TransferJudge _judge;
    private readonly TransferFilter _filter;
    private readonly ChainStops _stops;
    private readonly LiveDegrees? _degrees;
    private readonly LiveLane[] _lanes;
    private readonly LiveRows _rows = new();
    private readonly SentSearch _sent;
    private readonly BlockStack<Mark> _marks = new();
    private readonly List<int> _tails = [];
    private readonly List<int> _heads = [];
    private ChainLog _log;
    private int _end;
    private int _blocks;
    private bool _wasTakenBack;

    /// <summary>Traces history.</summary>
    /// <param name="history">The transfers so far.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="request">The question; its wallets are not looked at.</param>
    /// <param name="isWatched">Whether an address is a watched wallet at the moment of asking: one that first occurs, or one that <see cref="Watch"/> told of and something came to.</param>
    /// <param name="end">The first group of the chain's log that is not history; null: all of it is.</param>
    /// <exception cref="ChainWatchException">A list has no seed.</exception>
    public LiveTrace(TransferGraph history, Chain chain, TraceRequest request, Func<Address, bool> isWatched, int? end = null)
    {
        _request = request;
        _log = history.Chains.FirstOrDefault(l => l.Chain == chain) ?? Nothing(chain);
        int groups = end ?? _log.Groups.Length;
        _end = groups < _log.Groups.Length ? _log.Groups.StartOf(groups) : _log.Entries.Length;
        Dictionary<Address, StopLabel> labels = request.Stops.Labels();
        _addresses = new LiveAddresses(chain, LiveRows.AddressesBefore(_log, groups), labels, isWatched);
        _judge = new TransferJudge(_log, request);
        _judge.TakeAddresses(_log, _addresses.Count, _addresses.Count);
        _filter = new TransferFilter(_log, _judge, request);
        TransferFilter ofHistory = RulesCache.Of(_log).FilterOf(_log, request);
        _degrees = request.Stops.MaxDegree is int maxDegree ? new LiveDegrees(_log, ofHistory, maxDegree, groups) : null;
        _stops = new ChainStops(_log, _addresses.Count, labels, _degrees?.HistoryCrossings ?? []);
        _sent = new SentSearch(request, _judge, _stops);
        _lanes = Trace(new LaneRules(_log, request, ofHistory, _stops), [.. request.From.OrderBy(l => l.Name, StringComparer.Ordinal).Select(l => new TracedList(l, request.AsOf, history.Chains))], groups);
    }

    /// <summary>The lists, by name, with the labels of their addresses.</summary>
    public IReadOnlyList<LiveLane> Lanes => _lanes;

    /// <summary>How many blocks were appended and not taken back.</summary>
    public int Blocks => _blocks;

    /// <summary>Takes that wallets are watched from now on. Of those that are so no more nothing need be told.</summary>
    public void Watch(IEnumerable<Address> wallets) => _addresses.Watch(wallets, _log);

    /// <summary>Takes the next block, or several that will be taken back together.</summary>
    /// <param name="log">The log as it is now: what was known of it, without what was taken back, and the block behind.</param>
    /// <param name="firstGroup">The block's first position: the one behind the last that was taken.</param>
    /// <param name="endGroup">The position behind its last.</param>
    /// <returns>What it means to the watched wallets, by list.</returns>
    /// <exception cref="ChainWatchException">The question's window is bounded by time, and the block has none. Nothing was taken.</exception>
    /// <exception cref="InvalidOperationException">The log is none that goes on from what is known.</exception>
    public IReadOnlyList<LiveBlock> Append(ChainLog log, int firstGroup, int endGroup)
    {
        _rows.Read(log, firstGroup, endGroup);
        CheckGoesOn(log);
        ReadOnlySpan<int> sources = _rows.Sources;
        ReadOnlySpan<int> targets = _rows.Targets;
        _degrees?.Prefetch(sources, targets);
        int addresses = Math.Max(_addresses.Count, _rows.HighestAddress(log) + 1);
        _judge.TakeAddresses(log, _addresses.Count, addresses);
        _filter.MoveTo(log, firstGroup, endGroup);
        Mark mark = new(_addresses.Count, _end);
        _marks.Push(mark);
        _blocks++;
        (_log, _end, _wasTakenBack) = (log, _rows.First + _rows.Count, false);
        LaneRules rules = new(log, _request, _filter, _stops);
        foreach (LiveLane lane in _lanes)
        {
            lane.Begin(rules);
        }

        _degrees?.Grow(addresses);
        _addresses.Take(log, addresses, _lanes, _stops);
        _addresses.Prefetch(sources, targets);
        mark.Closed = _degrees is null ? [] : _stops.Add(_degrees.Append(log, _rows, _filter));
        Prefetch(sources, targets);
        TakeGroups(firstGroup, endGroup, mark.Closed);
        return Array.ConvertAll(_lanes, lane => lane.Describe());
    }

    /// <summary>
    /// The nearest paths, of more than one hop, by which funds of watched wallets came to addresses of the lists with the block
    /// that was appended last. Null where they cannot be found by index.
    /// </summary>
    /// <param name="firstGroup">The block's first position.</param>
    /// <param name="endGroup">The position behind its last.</param>
    public IReadOnlyList<LiveSent>? FindSent(int firstGroup, int endGroup)
    {
        HashSet<int> paid = [.. PaidSeeds()];
        if (paid.Count == 0 || _request.MaxHops == 1)
        {
            return [];
        }

        List<LiveSent> found = [];
        foreach (LiveLane lane in _lanes)
        {
            HashSet<int> ofList = [.. paid.Where(lane.IsSeed)];
            if (ofList.Count == 0)
            {
                continue;
            }

            if (!SentSearch.IsPossible(_log) || _sent.Find(_log, lane.List, ofList, firstGroup, endGroup, address => _addresses.IsWatched(address, _log)) is not { } paths)
            {
                return null;
            }

            found.AddRange(paths);
        }

        return found;
    }

    /// <summary>Takes back what was appended last.</summary>
    /// <exception cref="InvalidOperationException">There is none, or it is too long ago.</exception>
    public void Undo()
    {
        Mark mark = _marks.Pop();
        foreach (LiveLane lane in _lanes)
        {
            lane.Undo(mark.Addresses);
        }

        foreach ((_, int address) in mark.Closed)
        {
            _stops.RemoveCrossing(address);
            _addresses.Left[address] = true;
        }

        _degrees?.Undo();
        _sent.Cut(mark.End);
        _addresses.CutTo(mark.Addresses, _stops);
        _judge.ForgetAssets();
        (_end, _wasTakenBack) = (mark.End, true);
        _blocks--;
    }

    private void TakeGroups(int firstGroup, int endGroup, (int Group, int Address)[] closed)
    {
        int next = 0;
        int at = 0;
        for (int group = firstGroup; group < endGroup; group++)
        {
            for (; next < closed.Length && closed[next].Group == group; next++)
            {
                Close(closed[next].Address);
            }

            int end = _log.EndOf(group) - _rows.First;
            if (IsSimple(at, end))
            {
                for (int i = at; i < end; i++)
                {
                    TakeSingle(group, i);
                }
            }
            else
            {
                TakeGroup(group, at, end);
            }

            at = end;
        }
    }

    // A plain transfer alone at its position; or a few of which none goes on from, or joins, another there: their order is all one.
    private bool IsSimple(int start, int end)
    {
        ReadOnlySpan<int> sources = _rows.Sources[start..end];
        ReadOnlySpan<int> targets = _rows.Targets[start..end];
        if (sources.Length == 1)
        {
            return sources[0] >= 0;
        }

        if (sources.Length > SimpleMax)
        {
            return false;
        }

        for (int i = 0; i < sources.Length; i++)
        {
            if (sources[i] < 0 || sources.Contains(targets[i]) || targets[(i + 1)..].Contains(targets[i]))
            {
                return false;
            }
        }

        return true;
    }

    private void TakeSingle(int group, int row)
    {
        (int source, int target) = (_rows.Sources[row], _rows.Targets[row]);
        if (_addresses.Left[source] || _addresses.Seeds[target])
        {
            int entry = _rows.First + row;
            TransferFilter.Verdict verdict = _filter.VerdictOf(entry);
            foreach (LiveLane lane in _lanes)
            {
                lane.TakeSingle(entry, source, target, group, verdict);
            }
        }
    }

    private void TakeGroup(int group, int start, int end)
    {
        bool isSeed = false;
        _tails.Clear();
        for (int i = start; i < end; i++)
        {
            int source = _rows.Sources[i];
            if (source < 0)
            {
                MultiMovement multi = _log.MultiAt(source & int.MaxValue);
                foreach (int payer in multi.Sources)
                {
                    AddTail(payer);
                }

                isSeed |= Array.Exists(multi.Targets, target => _addresses.Seeds[target.Address]);
            }
            else
            {
                AddTail(source);
                isSeed |= _addresses.Seeds[_rows.Targets[i]];
            }
        }

        foreach (LiveLane lane in _tails.Count > 0 || isSeed ? _lanes : [])
        {
            bool mayEnter = false;
            for (int i = 0; i < _tails.Count && !mayEnter; i++)
            {
                mayEnter = lane.MayLeave(_tails[i]);
            }

            if (mayEnter || isSeed)
            {
                lane.TakeGroup(group, mayEnter);
            }
        }
    }

    private IEnumerable<int> PaidSeeds()
    {
        for (int i = 0; i < _rows.Count; i++)
        {
            if (_rows.Sources[i] >= 0)
            {
                if (_addresses.Seeds[_rows.Targets[i]])
                {
                    yield return _rows.Targets[i];
                }
            }
            else
            {
                foreach ((int target, _) in _log.MultiAt(_rows.Sources[i] & int.MaxValue).Targets.Where(t => _addresses.Seeds[t.Address]))
                {
                    yield return target;
                }
            }
        }
    }

    private void AddTail(int address)
    {
        if (_addresses.Left[address])
        {
            _tails.Add(address);
        }
    }

    private void Close(int address)
    {
        Array.ForEach(_lanes, lane => lane.Close(address));
        _addresses.Left[address] = Array.Exists(_lanes, lane => lane.IsLeft(address));
    }

    // What is left already before the block: that is nearly all that will be.
    private void Prefetch(ReadOnlySpan<int> sources, ReadOnlySpan<int> targets)
    {
        _tails.Clear();
        _heads.Clear();
        for (int i = 0; i < sources.Length; i++)
        {
            if (sources[i] >= 0 && _addresses.Left[sources[i]])
            {
                _tails.Add(sources[i]);
                _heads.Add(targets[i]);
            }
        }

        ReadOnlySpan<int> tails = CollectionsMarshal.AsSpan(_tails);
        ReadOnlySpan<int> heads = CollectionsMarshal.AsSpan(_heads);
        foreach (LiveLane lane in _lanes)
        {
            lane.PrefetchTails(tails);
        }

        foreach (LiveLane lane in _lanes)
        {
            lane.PrefetchTransfers(tails, heads);
        }
    }

    // Labels are kept by number: in a log that gives the numbers to others they would be those of others.
    private void CheckGoesOn(ChainLog log)
    {
        bool isOther = _rows.First != _end || log.AddressTable.Length < _addresses.Count;
        for (int i = _addresses.Count - 1; _wasTakenBack && !isOther && i >= Math.Max(_log.AddressTable.BaseLength, _addresses.Count - ComparedMax); i--)
        {
            isOther = log.AddressTable[i] != _log.AddressTable[i];
        }

        if (isOther)
        {
            throw new InvalidOperationException($"a block at entry {_rows.First} of another log; expected the one behind entry {_end} of the log that is known, whose addresses keep their numbers");
        }
    }

    private LiveLane[] Trace(LaneRules rules, TracedList[] lists, int groups)
    {
        LanePasses passes = new([.. lists.Select((list, i) =>
        {
            int[] seeds = [.. ChainScan.SeedNumbers(rules.Log, list).Where(s => s < _addresses.Count)];
            _addresses.AddSeeds(i, list, seeds, _request);
            HashSet<int> designated = [.. seeds.Where(s => ChainScan.IsDesignated(rules.Log.AddressTable[s], list, _request))];
            return new LaneSpec(new LaneQuestion(rules, seeds, designated, Reversed: false, ThroughOpaque: false), KeptEvidence.Steps, null);
        })], undoable: false);
        foreach (IPass pass in passes.Passes)
        {
            pass.Append(0, groups);
        }

        return [.. lists.Select((list, i) => new LiveLane(list, passes.Lanes[i], _addresses))];
    }

    private static ChainLog Nothing(Chain chain)
    {
        TransferGraphBuilder builder = new();
        builder.AddChain(chain);
        return builder.Build().Chains[0];
    }

    private sealed record Mark(int Addresses, int End)
    {
        public (int Group, int Address)[] Closed { get; set; } = [];
    }
}
