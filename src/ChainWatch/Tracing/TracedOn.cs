using ChainWatch.Graph.Storage;

namespace ChainWatch.Tracing;

/// <summary>
/// Finds from where funds went on, at positions with one plain transfer: the kernels do not note it, since it is asked of few
/// addresses. (At other positions the fixpoint does.)
/// </summary>
internal sealed class TracedOn
{
    private readonly LaneQuestion _question;
    private readonly PassPlan _plan;
    private readonly BitRow _wanted;
    private readonly HashSet<int> _seeds;

    // Since which entry an address can be left, where it can. A table for all addresses, or one of those asked about.
    private readonly int[]? _sinceOfAll;
    private readonly Dictionary<int, int> _since = [];

    /// <param name="question">What the lane was asked.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="wanted">The addresses asked about; null for all.</param>
    public TracedOn(LaneQuestion question, PassPlan plan, HashSet<int>? wanted)
    {
        (_question, _plan, _seeds) = (question, plan, [.. question.Seeds]);
        _wanted = new BitRow(question.Rules.Log.AddressTable.Length);
        if (wanted is null)
        {
            _sinceOfAll = new int[_wanted.Length];
            Array.Fill(_sinceOfAll, Never);
            _wanted.SetAll();
        }

        foreach (int address in wanted ?? [])
        {
            _wanted[address] = true;
        }

        foreach (int seed in question.Seeds)
        {
            Set(seed, question.Reversed ? int.MaxValue : -1);
        }
    }

    private const int Never = -2;

    public bool Wants(int address) => _wanted[address];

    /// <summary>Takes a step, in the order of the trace: an address was reached by an entry, with a hop left.</summary>
    public void Reach(int address, int entry)
    {
        if (SinceOf(address) == Never && (!_question.Rules.Stops.IsMarked(address) || _question.MayPassLater(address, _question.Rules.Log.GroupOf(entry))))
        {
            Set(address, entry);
        }
    }

    /// <summary>A bit per address that some followed transfer of these groups leaves after the address could be left.</summary>
    public BitRow Find((int First, int End) groups)
    {
        BitRow left = new(_wanted.Length);
        int end = groups.End > groups.First ? _plan.StartOf(groups.End) : 0;
        BitRow followed = _question.Rules.Filter.Followed;
        for (int i = end == 0 ? 0 : _plan.StartOf(groups.First); i < end; i++)
        {
            int tail = _plan.TailOf(i);
            if (tail < 0 || !_wanted[tail] || !followed[i] || !_plan.IsSingle(i))
            {
                continue;
            }

            int since = SinceOf(tail);
            if (since != Never && (_question.Reversed ? since > i : since < i) && !IsClosed(tail, i))
            {
                left[tail] = true;
                // Once is enough.
                _wanted[tail] = false;
            }
        }

        return left;
    }

    private int SinceOf(int address) => _sinceOfAll is not null ? _sinceOfAll[address] : _since.GetValueOrDefault(address, Never);

    private void Set(int address, int entry)
    {
        if (_sinceOfAll is not null)
        {
            _sinceOfAll[address] = entry;
        }
        else
        {
            _since[address] = entry;
        }
    }

    private bool IsClosed(int address, int entry) =>
        !_question.Reversed && _question.Rules.Stops.IsMarked(address) && !_seeds.Contains(address)
        && _question.IsClosedByDegree(address, _question.Rules.Log.GroupOf(entry));
}
