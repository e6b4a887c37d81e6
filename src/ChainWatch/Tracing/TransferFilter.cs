using System.Runtime.InteropServices;
using ChainWatch.Graph;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Tracing;

/// <summary>
/// Decides once per chain, tokens, minimum values and window which transfers are followed: a bit each, so that the lanes need
/// to read neither values nor assets. Why the rest are not is judged again where it is asked for.
/// </summary>
internal sealed class TransferFilter
{
    private const int Chunk = 1 << 20;
    private const int Threads = 2;
    private readonly TraceWindow _window;
    private readonly TransferJudge _judge;
    private readonly BitRow _followed;
    private readonly BitRow? _dust;
    private readonly BitRow _judged;
    private readonly Lock _lock = new();
    private ChainLog _log;
    private int _first;
    private int _firstMulti;
    private (int Start, int End)[] _inside;
    private MultiTargets?[] _targets;
    private (int First, int End, NotFollowedCount[] Counts)? _counted;

    /// <summary>Judges all transfers of a log.</summary>
    public TransferFilter(ChainLog log, TraceRequest request)
        : this(log, new TransferJudge(log, request), request)
    {
        _judge.JudgeAssets(log);
        _followed.Grow(log.Entries.Length);
        _dust?.Grow(log.Entries.Length);
        _targets = new MultiTargets?[log.MultiCount];
        _judged.Grow(log.MultiCount);
        _inside = InsideWindow(0, log.BlockTable.Length, log.Entries.Length);
        int chunks = (int)(((long)log.Entries.Length + Chunk - 1) / Chunk);
        Graph.Building.Threads.For(chunks, Threads, c => JudgeChunk(c * Chunk, Math.Min(log.Entries.Length, (c + 1) * Chunk)), CancellationToken.None);
    }

    /// <summary>A filter that has judged nothing yet, and goes from piece to piece of a log that is appended to; for one thread.</summary>
    /// <param name="log">The log as it is.</param>
    /// <param name="judge">The rules.</param>
    /// <param name="request">The question.</param>
    public TransferFilter(ChainLog log, TransferJudge judge, TraceRequest request)
    {
        (_log, _judge, _window) = (log, judge, request.Window);
        _followed = new BitRow(0);
        _dust = judge.HasMinimums ? new BitRow(0) : null;
        (_inside, _targets, _judged) = ([], [], new BitRow(0));
    }

    /// <summary>Judges the transfers of some positions; those of others are not to be asked for until it comes to them.</summary>
    /// <param name="log">The log as it is now.</param>
    /// <param name="firstGroup">The first position.</param>
    /// <param name="endGroup">The first that is not wanted.</param>
    /// <exception cref="ChainWatchException">The window is bounded by time and a block's time is not known. The filter is where it was.</exception>
    public void MoveTo(ChainLog log, int firstGroup, int endGroup)
    {
        int first = firstGroup < log.Groups.Length ? log.Groups.StartOf(firstGroup) : log.Entries.Length;
        int end = endGroup > firstGroup ? log.EndOf(endGroup - 1) : first;
        ChainLog before = _log;
        _log = log;
        try
        {
            _inside = _window == TraceWindow.All ? [(first, end)]
                : end == first ? []
                : InsideWindow(log.BlockTable.OfGroup(firstGroup), log.BlockTable.OfGroup(endGroup - 1) + 1, end);
        }
        catch
        {
            _log = before;
            throw;
        }

        _judge.Grow(log);
        _first = first;
        _firstMulti = FirstMulti(first);
        int multis = FirstMulti(end) - _firstMulti;
        _targets = multis == 0 ? [] : new MultiTargets?[multis];
        Reset(_followed, end - first);
        Reset(_judged, multis);
        if (_dust is not null)
        {
            Reset(_dust, end - first);
        }

        JudgeChunk(first, end);

        static void Reset(BitRow bits, int count)
        {
            bits.Clear();
            bits.Grow(count);
        }
    }

    /// <summary>What becomes of a plain transfer.</summary>
    public enum Verdict : byte
    {
        NotFollowed,
        Followed,

        /// <summary>Below the minimum of its asset, and nothing else against it.</summary>
        Dust,
    }

    /// <summary>A bit per entry: the plain transfers that are followed. Of a filter of a whole log.</summary>
    public BitRow Followed => _followed;

    /// <summary>A bit per entry: the plain transfers that are dust; null where there is no minimum.</summary>
    public BitRow? Dust => _dust;

    /// <summary>Whether an entry that is a plain transfer is followed.</summary>
    public Verdict VerdictOf(int entry) => _followed[entry - _first] ? Verdict.Followed : _dust?[entry - _first] == true ? Verdict.Dust : Verdict.NotFollowed;

    /// <summary>Why an entry that is a plain transfer is not followed; null where it is.</summary>
    public NotFollowedReason? ReasonOf(int entry) => _followed[entry - _first] ? null
        : !IsInside(entry) ? NotFollowedReason.OutsideWindow
        : _judge.Judge(_log, _log.Entries.AssetNumbers.At(entry), _log.Entries.SourceOf(entry)[0], _log.Entries.TargetOf(entry)[0], _log.Entries.Values[entry]);

    /// <summary>The targets of a movement with several inputs or outputs, by verdict; null outside the window.</summary>
    public MultiTargets? TargetsOf(int multi)
    {
        int at = multi - _firstMulti;
        if (!_judged[at])
        {
            int entry = _log.Columns.Multis.Entries.At(multi);
            MultiTargets? targets = IsInside(entry) ? Judge(_log.Entries.AssetNumbers.At(entry), _log.MultiAt(multi)) : null;
            lock (_lock)
            {
                _targets[at] = targets;
                _judged[at] = true;
            }
        }

        return _targets[at];
    }

    /// <summary>What is not followed of the entries from <paramref name="first"/> up to <paramref name="end"/>, by asset and reason.</summary>
    public IReadOnlyList<NotFollowedCount> Counts(int first, int end)
    {
        lock (_lock)
        {
            if (_counted is { } known && (known.First, known.End) == (first, end))
            {
                return known.Counts;
            }
        }

        NotFollowedCount[] counts = Count(first, end);
        lock (_lock)
        {
            _counted = (first, end, counts);
        }

        return counts;
    }

    private NotFollowedCount[] Count(int first, int end)
    {
        Dictionary<(int Asset, NotFollowedReason Reason), long> counts = [];
        void Add(int asset, NotFollowedReason reason, long count = 1) => CollectionsMarshal.GetValueRefOrAddDefault(counts, (asset, reason), out _) += count;
        for (int i = first; i < end; i++)
        {
            if ((i & 63) == 0 && end - i >= 64 && _followed.Words[i >> 6] == ulong.MaxValue)
            {
                i += 63;
                continue;
            }

            if (_followed[i])
            {
                continue;
            }

            int asset = _log.Entries.AssetNumbers.At(i);
            int multi = _log.Entries.MultiOf(i);
            if (multi < 0)
            {
                Add(asset, ReasonOf(i)!.Value);
            }
            else if (TargetsOf(multi) is not MultiTargets targets)
            {
                Add(asset, NotFollowedReason.OutsideWindow);
            }
            else
            {
                foreach ((NotFollowedReason reason, int count) in targets.NotFollowed)
                {
                    Add(asset, reason, count);
                }
            }
        }

        return [.. counts
            .OrderBy(c => _log.Assets[c.Key.Asset]).ThenBy(c => (int)c.Key.Reason)
            .Select(c => new NotFollowedCount(_log.Assets[c.Key.Asset], c.Key.Reason, c.Value))];
    }

    // The first movement with several inputs or outputs that is not before an entry.
    private int FirstMulti(int entry)
    {
        NumberColumn entries = _log.Columns.Multis.Entries;
        (int low, int high) = (0, entries.Count);
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = entries.At(middle) < entry ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    // The runs of entries whose blocks lie in the window.
    private (int Start, int End)[] InsideWindow(int firstBlock, int endBlock, int endEntry)
    {
        if (_window == TraceWindow.All || endEntry == 0)
        {
            return [(0, endEntry)];
        }

        List<(int Start, int End)> runs = [];
        for (int b = firstBlock; b < endBlock; b++)
        {
            BlockInfo info = _log.BlockTable[b];
            if (_window.Holds(_log.Chain, info.Height, info.Time))
            {
                int start = _log.Groups.StartOf(info.FirstGroup);
                int end = _log.EndOf(info.FirstGroup + info.GroupCount - 1);
                bool goesOn = runs.Count > 0 && runs[^1].End == start;
                runs.Add((goesOn ? runs[^1].Start : start, end));
                if (goesOn)
                {
                    runs.RemoveAt(runs.Count - 2);
                }
            }
        }

        return [.. runs];
    }

    private bool IsInside(int entry)
    {
        int low = 0;
        int high = _inside.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = _inside[middle].End <= entry ? (middle + 1, high) : (low, middle);
        }

        return low < _inside.Length && _inside[low].Start <= entry;
    }

    private void JudgeChunk(int first, int end)
    {
        EntryColumn entries = _log.Entries;
        if (entries.Sources.BaseCount is int built && first < built && built < end)
        {
            // Columns of a file that was appended to have two pieces.
            JudgeChunk(first, built);
            JudgeChunk(built, end);
            return;
        }

        ReadOnlySpan<int> sources = entries.Sources.Ints(first, end - first);
        ReadOnlySpan<int> targets = entries.Targets.Ints(first, end - first);
        NumberRun assets = entries.AssetNumbers.Run(first, end - first);
        NumberRun values = entries.Values.Numbers.Run(first, end - first);
        foreach ((int start, int stop) in _inside)
        {
            for (int i = Math.Max(start, first); i < Math.Min(stop, end); i++)
            {
                (int source, int target) = (sources[i - first], targets[i - first]);
                if (source < 0)
                {
                    continue;
                }

                // All that costs nothing more first; a number of 0 is a value of zero.
                int asset = checked((int)assets[i]);
                if (values[i] != 0 && _judge.MayFollow(_log, asset, source, target))
                {
                    (_dust is not null && _judge.IsDust(_log, asset, i) ? _dust : _followed)[i - _first] = true;
                }
            }
        }

        GC.KeepAlive(entries);
    }

    private MultiTargets Judge(int asset, MultiMovement multi)
    {
        List<int> followed = [];
        List<int> dust = [];
        List<NotFollowedReason> not = [.. Enumerable.Repeat(NotFollowedReason.NoAddress, multi.Movement.Outputs.Count(o => o.Owner is null))];
        foreach ((int target, Amount value) in multi.Targets)
        {
            // A sole payer is its own change output's only source: no hop. Without any known payer there is no hop either.
            NotFollowedReason? reason = multi.Movement.Inputs.Count > 0
                ? _judge.Judge(_log, asset, multi.Payers == 1 && multi.Sources.Length == 1 ? multi.Sources[0] : -1, target, value)
                : NotFollowedReason.NoOrigin;
            if (reason is NotFollowedReason why)
            {
                not.Add(why);
            }
            else
            {
                followed.Add(target);
            }

            if (reason == NotFollowedReason.Dust)
            {
                dust.Add(target);
            }
        }

        // Reversed, payees lead back to spent outputs without an address, too.
        bool hasPayers = multi.Sources.Length > 0 || multi.Movement.Inputs.Any(i => i.IsWithoutAddress);
        return new MultiTargets(hasPayers ? [.. followed] : [], hasPayers ? [.. dust] : [], [.. not.CountBy(r => r).OrderBy(r => r.Key).Select(r => (r.Key, r.Value))]);
    }
}

/// <summary>A movement's targets, by number and ascending.</summary>
/// <param name="Followed">Those that are followed.</param>
/// <param name="Dust">Those that get dust.</param>
/// <param name="NotFollowed">How many outputs and targets are not followed, by reason.</param>
internal sealed record MultiTargets(int[] Followed, int[] Dust, (NotFollowedReason Reason, int Count)[] NotFollowed);
