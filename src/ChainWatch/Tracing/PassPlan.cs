using ChainWatch.Graph;
using ChainWatch.Graph.Storage;
using ChainWatch.Tracing.Engine;

namespace ChainWatch.Tracing;

/// <summary>
/// Where one-pass lanes that run together cannot simply run on: positions with more than a plain transfer, degree crossings,
/// direct dust of any of them.
/// </summary>
internal sealed unsafe class PassPlan
{
    private readonly ChainLog _log;
    private readonly HotColumns _hot;
    private readonly BitRow? _special;
    private readonly BitRow? _dust;
    private readonly BitRow? _fresh;
    private readonly bool _reversed;

    /// <param name="questions">What the lanes are asked: by the same rules, in the same direction.</param>
    public PassPlan(IReadOnlyList<LaneQuestion> questions)
    {
        LaneRules rules = questions[0].Rules;
        _log = rules.Log;
        _hot = _log.Hot;
        _reversed = questions[0].Reversed;
        _special = _log.Specials;
        Crossings = questions.All(q => q.ThroughOpaque) ? [] : rules.Stops.Crossings;
        _dust = FindDust(rules.Filter.Dust, questions.Count == 1 ? questions[0].Designated : [.. questions.SelectMany(q => q.Designated)]);
        _fresh = HasLongRuns() ? _log.FreshTails(_reversed) : null;
        Columns = new TransferColumns(_hot.Sources, _hot.Targets, _hot.Count, rules.Filter.Followed.Pointer, _fresh is null ? null : _fresh.Pointer);
    }

    /// <summary>The plain transfers, with the bits of those that are followed.</summary>
    public TransferColumns Columns { get; }

    /// <summary>The addresses that cross the degree limit, in chain order; none where all lanes pass through.</summary>
    public (int Group, int Address)[] Crossings { get; }

    /// <summary>The addresses that one of the lanes cannot leave at the start of the pass.</summary>
    public IEnumerable<int> ClosedAtFirst(LaneQuestion question) =>
    [
        .. question.Rules.Stops.Kinds.Keys.Where(a => !question.MayPassLater(a, -1)),
        // Reversed, the pass comes from where they are closed.
        .. _reversed && !question.ThroughOpaque ? Crossings.Select(c => c.Address) : [],
    ];

    /// <summary>A group's first entry; of the group behind the last, the number of entries.</summary>
    public int StartOf(int group) => group < _log.Groups.Length ? _log.Groups.StartOf(group) : _log.Entries.Length;

    public int TailOf(int entry) => (int)(_reversed ? _hot.Targets : _hot.Sources)[Checked(entry)];

    public int HeadOf(int entry) => (int)(_reversed ? _hot.Sources : _hot.Targets)[Checked(entry)];

    /// <summary>Whether an entry is a plain transfer alone at its position.</summary>
    public bool IsSingle(int entry) => _special?[entry] != true;

    /// <summary>How many crossings lie at groups before one.</summary>
    public int CrossingsBefore(int group)
    {
        int low = 0;
        int high = Crossings.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = Crossings[middle].Group < group ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>The first entry, from <paramref name="from"/> up to <paramref name="end"/>, where the pass must stop; or the end.</summary>
    public int NextSpecial(int from, int end) => Math.Min(_special?.Next(from, end) ?? end, _dust?.Next(from, end) ?? end);

    /// <summary>Behind the last entry, from <paramref name="first"/> up to <paramref name="end"/>, where the pass must stop; or the first.</summary>
    public int LastSpecialEnd(int first, int end) => 1 + Math.Max(_special?.Last(first, end) ?? (first - 1), _dust?.Last(first, end) ?? (first - 1));

    /// <summary>
    /// The lanes for which any address that a position's movements leave was reached, and is no stop: bits as of
    /// <see cref="IPassLabels.Leaving"/>. What is not followed counts, too.
    /// </summary>
    /// <param name="group">The position.</param>
    /// <param name="labels">The lanes' labels.</param>
    /// <param name="all">The bits of all lanes.</param>
    public ulong MayEnter(int group, IPassLabels labels, ulong all)
    {
        ulong entering = 0;
        int end = StartOf(group + 1);
        for (int i = StartOf(group); i < end && entering != all; i++)
        {
            int multi = _log.Entries.MultiOf(i);
            entering |= multi < 0 ? labels.Leaving((uint)TailOf(i)) : MayEnterMulti(multi, labels, all);
        }

        return entering;
    }

    private ulong MayEnterMulti(int multi, IPassLabels labels, ulong all)
    {
        MultiColumn multis = _log.Columns.Multis;
        NumberColumn starts = _reversed ? multis.OutputStarts : multis.InputStarts;
        NumberColumn owners = _reversed ? multis.OutputOwners : multis.InputOwners;
        int first = _reversed ? 1 : 2;
        int end = starts.At(multi + 1);
        ulong entering = 0;
        for (int i = starts.At(multi); i < end && entering != all; i++)
        {
            int owner = owners.At(i) - first;
            entering |= owner >= 0 ? labels.Leaving((uint)owner) : 0;
        }

        return entering;
    }

    // Dust is followed from (reversed: to) designated seeds alone: of the rest the pass need not know.
    private BitRow? FindDust(BitRow? dust, HashSet<int> designated)
    {
        if (dust is null || designated.Count == 0)
        {
            return null;
        }

        BitRow found = new(dust.Length);
        for (int i = dust.Next(0, dust.Length); i < dust.Length; i = dust.Next(i + 1, dust.Length))
        {
            found[i] = IsSingle(i) && designated.Contains(TailOf(i));
        }

        return found;
    }

    // A scout is of use between what it cannot foresee: that must lie far apart, on average, and there must be a second thread. It looks
    // at every entry, so each must be of addresses: where movements of many have a number of their own, most are such anyway.
    private bool HasLongRuns() => Environment.ProcessorCount > 1 && _log.MultiCount == 0 && _hot.Count >= ScoutedRange.LengthMin
        && _hot.Count / (1L + (_reversed ? Crossings.Length : 0) + (_special?.Count() ?? 0) + (_dust?.Count() ?? 0)) >= 4 * ScoutedRange.ChunksAhead * ScoutedRange.Chunk;

    private int Checked(int entry)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)entry, (uint)_hot.Count, nameof(entry));
        return entry;
    }
}
