namespace ChainWatch.Bitcoin.Files;

/// <summary>Blocks linked by the hash of the block before, in whatever order they came: every block's parent, root, distance from it, and work up to it.</summary>
internal sealed class BlockTree
{
    private const int Unknown = -1;

    private readonly int[] _parents;
    private readonly int[] _roots;
    private readonly int[] _depths;
    private readonly UInt128[] _work;

    /// <summary>Links the blocks.</summary>
    /// <param name="records">The blocks in file order, each once.</param>
    /// <param name="byHash">Where each stands.</param>
    public BlockTree(List<BlockRecord> records, Dictionary<TxId, int> byHash)
    {
        _parents = new int[records.Count];
        _roots = new int[records.Count];
        _depths = new int[records.Count];
        _work = new UInt128[records.Count];
        Array.Fill(_roots, Unknown);
        for (int i = 0; i < records.Count; i++)
        {
            _parents[i] = byHash.TryGetValue(records[i].PreviousHash, out int parent) ? parent : Unknown;
        }

        Dictionary<uint, UInt128> workOf = [];
        Stack<int> waiting = new();
        for (int i = 0; i < records.Count; i++)
        {
            for (int at = i; at != Unknown && _roots[at] == Unknown; at = _parents[at])
            {
                waiting.Push(at);
            }

            while (waiting.TryPop(out int at))
            {
                uint bits = records[at].Bits;
                if (!workOf.TryGetValue(bits, out UInt128 work))
                {
                    workOf.Add(bits, work = ProofOfWork.Work(bits));
                }

                int parent = _parents[at];
                _roots[at] = parent == Unknown ? at : _roots[parent];
                _depths[at] = parent == Unknown ? 0 : _depths[parent] + 1;
                _work[at] = work + (parent == Unknown ? UInt128.Zero : _work[parent]);
            }
        }
    }

    /// <summary>The first block that a block hangs on: its own index where none is before it.</summary>
    public int RootOf(int block) => _roots[block];

    /// <summary>The best tip of every root, by the root's file order: most work, then first in the files.</summary>
    public IReadOnlyList<(int Root, int Tip, int Blocks)> Trees()
    {
        SortedDictionary<int, (int Tip, int Blocks)> best = [];
        for (int i = 0; i < _roots.Length; i++)
        {
            bool seen = best.TryGetValue(_roots[i], out (int Tip, int Blocks) tree);
            best[_roots[i]] = (seen && _work[i] <= _work[tree.Tip] ? tree.Tip : i, tree.Blocks + 1);
        }

        return [.. best.Select(t => (t.Key, t.Value.Tip, t.Value.Blocks))];
    }

    /// <summary>The work of all blocks from the root up to this one.</summary>
    public UInt128 WorkUpTo(int block) => _work[block];

    /// <summary>The blocks from a tip's root up to the tip.</summary>
    public int[] PathTo(int tip)
    {
        int[] path = new int[_depths[tip] + 1];
        for (int at = tip; at != Unknown; at = _parents[at])
        {
            path[_depths[at]] = at;
        }

        return path;
    }
}
