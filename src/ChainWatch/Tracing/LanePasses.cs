using ChainWatch.Graph.Storage;
using ChainWatch.Tracing.Engine;

namespace ChainWatch.Tracing;

/// <summary>
/// Lanes, each by the engine that suits it: few positions by the index, where the log has one; else all of them, at memory
/// speed; else, beyond what a byte counts, one by one. Those of the one-pass engine share passes where that pays.
/// </summary>
internal sealed class LanePasses
{
    // A position that the index finds costs some 200 ns, a transfer of the one pass 3 to 6.
    private const int RelaxedShare = 64;
    private const int RelaxedAlways = 1 << 10;

    // A shared pass costs two to three times that of one lane, whether it holds two lanes or eight.
    private const int LanesWorthSharing = 3;
    private readonly Lane[] _lanes;
    private readonly List<IPass> _passes = [];
    private readonly bool _undoable;
    private ReachCollector? _collector;

    /// <param name="specs">The lanes, by the same rules and in the same direction.</param>
    /// <param name="undoable">Keep what is needed to undo blocks.</param>
    public LanePasses(IReadOnlyList<LaneSpec> specs, bool undoable)
    {
        _undoable = undoable;
        _lanes = new Lane[specs.Count];
        List<int> shared = [];
        for (int i = 0; i < specs.Count; i++)
        {
            if (SparseLaneFor(specs[i]) is SparseLane sparse)
            {
                _lanes[i] = sparse;
                _passes.Add(sparse);
            }
            else if (undoable || specs[i].Kept == KeptEvidence.Steps)
            {
                // Of what keeps steps for every address all of them are asked: a pass for labels alone would come on top.
                Run(specs, [i]);
            }
            else
            {
                shared.Add(i);
            }
        }

        foreach (int[] together in shared.Chunk(EightLabels.Lists))
        {
            if (together.Length >= LanesWorthSharing)
            {
                Run(specs, together);
            }
            else
            {
                Array.ForEach(together, alone => Run(specs, [alone]));
            }
        }
    }

    /// <summary>The lanes, as they were asked for.</summary>
    public IReadOnlyList<Lane> Lanes => _lanes;

    /// <summary>The passes that carry them on.</summary>
    public IReadOnlyList<IPass> Passes => _passes;

    private void Run(IReadOnlyList<LaneSpec> specs, int[] together)
    {
        LaneBatch batch = new([.. together.Select(i => specs[i])], _undoable, VectorPaths.Best);
        _passes.Add(batch);
        for (int i = 0; i < together.Length; i++)
        {
            _lanes[together[i]] = batch.Lanes[i];
        }
    }

    private SparseLane? SparseLaneFor(LaneSpec spec)
    {
        LaneRules rules = spec.Question.Rules;
        if (!_undoable && rules.Log.Adjacency(build: false) is LogIndex index
            && (_collector ??= new ReachCollector()).TryCollect(spec.Question, index, Math.Max(RelaxedAlways, rules.Log.Entries.Length / RelaxedShare), out ReadOnlySpan<int> groups))
        {
            return new SparseLane(spec.Question, spec.Interest, undoable: false, groups.ToArray());
        }

        return rules.MaxHops > LabelByte.HopsMax ? new SparseLane(spec.Question, spec.Interest, _undoable) : null;
    }
}
