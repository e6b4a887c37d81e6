using System.Numerics;
using ChainWatch.Tracing.Engine;

namespace ChainWatch.Tracing;

/// <summary>
/// Lanes of the one-pass engine in one pass: one lane with what it is to write down, or up to eight with their labels alone.
/// The kernel takes the runs of plain transfers for all of them. In between each lane does for itself what its own rules ask:
/// stops that begin, direct dust, positions with several transfers where any address that they leave was reached.
/// </summary>
internal sealed class LaneBatch : IPass
{
    private readonly PassPlan _plan;
    private readonly IPassLabels _labels;
    private readonly DenseLane[] _lanes;
    private readonly DenseLane[] _limited;
    private readonly ulong _all;
    private readonly bool _reversed;

    /// <param name="specs">One lane, or up to eight, by the same rules and in the same direction; at most <see cref="LabelByte.HopsMax"/> hops.</param>
    /// <param name="undoable">Keep what is needed to undo blocks: of one lane.</param>
    /// <param name="path">The vector path.</param>
    /// <exception cref="ArgumentException">Several lanes, and undoable.</exception>
    public LaneBatch(IReadOnlyList<LaneSpec> specs, bool undoable, VectorPath path)
    {
        _plan = new PassPlan([.. specs.Select(s => s.Question)]);
        _reversed = specs[0].Question.Reversed;
        if (specs is [LaneSpec alone])
        {
            OnePassLane labels = new(SettingsOf(alone, undoable, path), SeedsOf(alone));
            _labels = labels;
            _lanes = [new DenseLane(alone, _plan, labels, undoable ? labels : null, path)];
        }
        else
        {
            LaneSpec[] bare = [.. specs.Select(s => s with { Kept = KeptEvidence.Labels })];
            OnePassLanes8 labels = undoable
                ? throw new ArgumentException("lanes that run together cannot be undone", nameof(undoable))
                : new OnePassLanes8(SettingsOf(bare[0], undoable: false, path), [.. bare.Select(SeedsOf)]);
            _labels = labels;
            _lanes = [.. bare.Select((spec, i) => new DenseLane(spec, _plan, new OneOfEight(labels, i), undoable: null, path))];
        }

        _limited = Array.FindAll(_lanes, l => !l.Question.ThroughOpaque);
        _all = EightLabels.First(_lanes.Length);
    }

    /// <summary>The lanes, as they were given.</summary>
    public IReadOnlyList<DenseLane> Lanes => _lanes;

    public void Append(int first, int end)
    {
        if (first == end)
        {
            return;
        }

        foreach (DenseLane lane in _lanes)
        {
            lane.Extend(first, end);
        }

        if (_reversed)
        {
            AppendBackward(first, end);
        }
        else
        {
            AppendForward(first, end);
        }
    }

    private void AppendForward(int first, int end)
    {
        int entry = _plan.StartOf(first);
        int stop = _plan.StartOf(end);
        int group = first;
        int crossing = _plan.CrossingsBefore(first);
        using ScoutedRange? scouted = _labels.Scout(_plan.Columns, entry, stop);
        while (entry < stop)
        {
            int nextCrossing = crossing < _plan.Crossings.Length ? _plan.Crossings[crossing].Group : int.MaxValue;
            if (nextCrossing == group)
            {
                Close(_plan.Crossings[crossing++].Address);
                continue;
            }

            int next = Math.Min(_plan.NextSpecial(entry, stop), nextCrossing < end ? _plan.StartOf(nextCrossing) : stop);
            if (next > entry)
            {
                _labels.Append(_plan.Columns, entry, next, scouted);
                group += next - entry;
                entry = next;
            }
            else
            {
                AppendSpecial(entry, group++);
                scouted?.Distrust();
                entry = _plan.StartOf(group);
            }
        }
    }

    private void AppendBackward(int first, int end)
    {
        int entry = _plan.StartOf(end);
        int stop = _plan.StartOf(first);
        int group = end;
        int crossing = _plan.CrossingsBefore(end) - 1;
        using ScoutedRange? scouted = _labels.Scout(_plan.Columns, stop, entry);
        while (entry > stop)
        {
            int nextCrossing = crossing >= 0 ? _plan.Crossings[crossing].Group : -1;
            int next = Math.Max(_plan.LastSpecialEnd(stop, entry), nextCrossing >= first ? _plan.StartOf(nextCrossing) : stop);
            if (next < entry)
            {
                _labels.Append(_plan.Columns, next, entry, scouted);
                group -= entry - next;
                entry = next;
            }
            else
            {
                group--;
                entry = _plan.StartOf(group);
                AppendSpecial(entry, group);
                scouted?.Distrust();
            }

            for (; crossing >= 0 && _plan.Crossings[crossing].Group >= group; crossing--)
            {
                Open(_plan.Crossings[crossing].Address);
                scouted?.Distrust();
            }
        }
    }

    private void Close(int address)
    {
        foreach (DenseLane lane in _limited)
        {
            lane.Close(address);
        }
    }

    private void Open(int address)
    {
        foreach (DenseLane lane in _limited)
        {
            lane.Open(address);
        }
    }

    // A position that is no single plain transfer, or one that a designated seed of any lane pays dust.
    private void AppendSpecial(int entry, int group)
    {
        if (_plan.IsSingle(entry))
        {
            foreach (DenseLane lane in _lanes)
            {
                lane.OfferDust(entry, _plan.TailOf(entry), _plan.HeadOf(entry), group);
            }

            return;
        }

        for (ulong left = _plan.MayEnter(group, _labels, _all); left != 0; left &= left - 1)
        {
            _lanes[BitOperations.TrailingZeroCount(left) / 8].AppendGroup(group);
        }
    }

    private static LaneSettings SettingsOf(LaneSpec spec, bool undoable, VectorPath path)
    {
        LaneRules rules = spec.Question.Rules;
        int addresses = rules.Log.AddressTable.Length;
        IEnumerable<int> interest = spec.Interest ?? Enumerable.Range(0, addresses);
        return new LaneSettings
        {
            Addresses = addresses,
            MaxHops = rules.MaxHops,
            Reversed = spec.Question.Reversed,
            KeepsSteps = spec.Kept != KeptEvidence.Labels,
            KeepsUndo = undoable,
            Interest = spec.Kept == KeptEvidence.Inflows ? new InterestSet([.. interest.Select(a => (uint)a)], addresses) : null,
            Path = path,
        };
    }

    private static IEnumerable<uint> SeedsOf(LaneSpec spec) => spec.Question.Seeds.Select(s => (uint)s);
}
