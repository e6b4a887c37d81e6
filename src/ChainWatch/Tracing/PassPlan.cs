using ChainWatch.Graph;
using ChainWatch.Graph.Storage;
using ChainWatch.Tracing.Engine;

namespace ChainWatch.Tracing;

/// <summary>Where a one-pass lane cannot simply run on: positions with more than a plain transfer, degree crossings, direct dust.</summary>
internal sealed unsafe class PassPlan
{
    private readonly ChainLog _log;
    private readonly HotColumns _hot;
    private readonly BitRow? _special;
    private readonly BitRow? _dust;
    private readonly bool _reversed;

    public PassPlan(LaneQuestion question)
    {
        _log = question.Rules.Log;
        _hot = _log.Hot;
        _reversed = question.Reversed;
        _special = _log.Specials;
        Columns = new TransferColumns(_hot.Sources, _hot.Targets, _hot.Count, question.Rules.Filter.Followed.Pointer);
        Crossings = question.ThroughOpaque ? [] : question.Rules.Stops.Crossings;
        ClosedAtFirst =
        [
            .. question.Rules.Stops.Kinds.Keys.Where(a => !question.MayPassLater(a, -1)),
            // Reversed, the pass comes from where they are closed.
            .. _reversed ? Crossings.Select(c => c.Address) : [],
        ];
        _dust = FindDust(question);
    }

    /// <summary>The plain transfers, with the bits of those that are followed.</summary>
    public TransferColumns Columns { get; }

    /// <summary>The addresses that cross the degree limit, in chain order; none where the lane passes through.</summary>
    public (int Group, int Address)[] Crossings { get; }

    /// <summary>The addresses that cannot be left at the start of the pass.</summary>
    public IReadOnlyList<int> ClosedAtFirst { get; }

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

    /// <summary>Whether any address that a position's movements leave was reached, and is no stop. What is not followed counts, too.</summary>
    public bool MayEnter(int group, ReadOnlySpan<byte> labels)
    {
        int end = StartOf(group + 1);
        for (int i = StartOf(group); i < end; i++)
        {
            int multi = _log.Entries.MultiOf(i);
            if (multi < 0 ? labels[TailOf(i)] < LabelByte.Unreached : MayEnterMulti(multi, labels))
            {
                return true;
            }
        }

        return false;
    }

    private bool MayEnterMulti(int multi, ReadOnlySpan<byte> labels)
    {
        MultiColumn multis = _log.Columns.Multis;
        NumberColumn starts = _reversed ? multis.OutputStarts : multis.InputStarts;
        NumberColumn owners = _reversed ? multis.OutputOwners : multis.InputOwners;
        int first = _reversed ? 1 : 2;
        int end = starts.At(multi + 1);
        for (int i = starts.At(multi); i < end; i++)
        {
            int owner = owners.At(i) - first;
            if (owner >= 0 && labels[owner] < LabelByte.Unreached)
            {
                return true;
            }
        }

        return false;
    }

    // Dust is followed from (reversed: to) designated seeds alone: of the rest the pass need not know.
    private BitRow? FindDust(LaneQuestion question)
    {
        if (question.Rules.Filter.Dust is not BitRow dust || question.Designated.Count == 0)
        {
            return null;
        }

        BitRow found = new(dust.Length);
        for (int i = dust.Next(0, dust.Length); i < dust.Length; i = dust.Next(i + 1, dust.Length))
        {
            found[i] = IsSingle(i) && question.Designated.Contains(TailOf(i));
        }

        return found;
    }

    private int Checked(int entry)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)entry, (uint)_hot.Count, nameof(entry));
        return entry;
    }
}
