using System.Collections;

namespace ChainWatch.Bitcoin.Files;

/// <summary>The chain among the blocks of a folder: the branch with the most work; of equal ones, the one whose tip stands first in the files.</summary>
internal sealed class BlockIndex : IReadOnlyList<BlockLocation>
{
    /// <summary>Bitcoin Cash and its descendants keep Bitcoin's magic and its blocks up to here; this block is their first own one, at height 478,559.</summary>
    private static readonly TxId BitcoinCashFirstBlock = TxId.Parse("000000000000000000651ef99cb9fcbe0dadde1d424bd9f15ff20136191a5eec");

    private readonly List<BlockRecord> _records;
    private readonly int[] _path;
    private readonly HashSet<int> _twins;

    private BlockIndex(List<BlockRecord> records, int[] path, int firstHeight, int duplicates, int stale, IReadOnlyList<BlockFragment> fragments)
    {
        (_records, _path, FirstHeight) = (records, path, firstHeight);
        (DuplicateBlocks, StaleBlocks, Fragments) = (duplicates, stale, fragments);
        _twins = Twins(records, path);
    }

    /// <summary>The height of the chain's first block in the files: 0, or more in a pruned node's folder.</summary>
    public int FirstHeight { get; }

    /// <summary>The height of the tip.</summary>
    public int LastHeight => FirstHeight + _path.Length - 1;

    /// <summary>The blocks of the chain; their heights ascend by one.</summary>
    public int Count => _path.Length;

    /// <summary>Records of blocks that stood in the files before.</summary>
    public int DuplicateBlocks { get; }

    /// <summary>Blocks beside the chain: of branches that lost.</summary>
    public int StaleBlocks { get; }

    /// <summary>Blocks that do not hang together with the chain and reach beyond its heights, or whose heights are not known; by their order in the files.</summary>
    public IReadOnlyList<BlockFragment> Fragments { get; }

    /// <summary>A block of the chain, by its place from <see cref="FirstHeight"/> on.</summary>
    public BlockLocation this[int index]
    {
        get
        {
            BlockRecord r = _records[_path[index]];
            return new BlockLocation(
                FirstHeight + index, r.Hash, r.PreviousHash, DateTimeOffset.FromUnixTimeSeconds(r.Seconds), r.TransactionCount, r.FileNumber, r.Offset, r.Length);
        }
    }

    /// <summary>Links the blocks and chooses the chain.</summary>
    /// <param name="found">The blocks in file order; at least one.</param>
    /// <param name="network">Their network.</param>
    /// <param name="folder">The folder, for messages.</param>
    /// <exception cref="ChainWatchException">The chain's heights cannot be known, or it is another coin's.</exception>
    public static BlockIndex Build(IReadOnlyList<BlockRecord> found, BitcoinNetwork network, string folder)
    {
        List<BlockRecord> records = new(found.Count);
        Dictionary<TxId, int> byHash = new(found.Count);
        foreach (BlockRecord record in found)
        {
            if (byHash.TryAdd(record.Hash, records.Count))
            {
                records.Add(record);
            }
        }

        if (byHash.ContainsKey(BitcoinCashFirstBlock))
        {
            throw new ChainWatchException($"{folder}: block {BitcoinCashFirstBlock} is the first of Bitcoin Cash; expected the files of a Bitcoin node");
        }

        BlockTree tree = new(records, byHash);
        IReadOnlyList<(int Root, int Tip, int Blocks)> trees = tree.Trees();
        (int Root, int Tip, int Blocks) chain = trees[0];
        foreach ((int Root, int Tip, int Blocks) other in trees)
        {
            (UInt128 work, UInt128 most) = (tree.WorkUpTo(other.Tip), tree.WorkUpTo(chain.Tip));
            if (work > most || (work == most && other.Tip < chain.Tip))
            {
                chain = other;
            }
        }

        int[] path = tree.PathTo(chain.Tip);
        int first = HeightOfFirst(records, path, network) ?? throw new ChainWatchException(
            $"{folder}: the {path.Length} blocks from {records[path[0]].Hash} on do not state their heights (BIP 34) and do not start at block 0; "
            + "expected the files from blk00000.dat on, or some of blocks after 227,931");
        int stale = chain.Blocks - path.Length;
        List<BlockFragment> fragments = [];
        foreach ((int root, int tip, int blocks) in trees)
        {
            if (root == chain.Root)
            {
                continue;
            }

            int[] side = tree.PathTo(tip);
            int? start = HeightOfFirst(records, side, network);
            int? end = start + side.Length - 1;
            if (start >= first && end <= first + path.Length - 1)
            {
                // Heights that the chain has: a branch that lost, whose beginning is not in the files.
                stale += blocks;
                continue;
            }

            fragments.Add(new BlockFragment(blocks, start, end, records[root].PreviousHash));
        }

        return new BlockIndex(records, path, first, found.Count - records.Count, stale, fragments);
    }

    /// <summary>True where a block of a lost branch follows the same block, stands in the same file and has as many transactions: their undo data look alike.</summary>
    public bool HasTwin(int height) => _twins.Contains(height - FirstHeight);

    /// <inheritdoc/>
    public IEnumerator<BlockLocation> GetEnumerator()
    {
        for (int i = 0; i < _path.Length; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static HashSet<int> Twins(List<BlockRecord> records, int[] path)
    {
        bool[] isInPath = new bool[records.Count];
        foreach (int block in path)
        {
            isInPath[block] = true;
        }

        HashSet<(TxId, int, int)> beside = [];
        for (int i = 0; i < records.Count; i++)
        {
            if (!isInPath[i])
            {
                beside.Add((records[i].PreviousHash, records[i].FileNumber, records[i].TransactionCount));
            }
        }

        HashSet<int> twins = [];
        for (int i = 0; i < path.Length; i++)
        {
            BlockRecord block = records[path[i]];
            if (beside.Contains((block.PreviousHash, block.FileNumber, block.TransactionCount)))
            {
                twins.Add(i);
            }
        }

        return twins;
    }

    /// <summary>
    /// The height of a path's first block: 0 for the network's first block, else what more than half of the blocks that state a height agree on.
    /// Before height 227,931 a block may state whatever it likes: one voice alone is heard only where it is the only one.
    /// </summary>
    private static int? HeightOfFirst(List<BlockRecord> records, int[] path, BitcoinNetwork network)
    {
        if (records[path[0]].Hash == network.FirstBlock)
        {
            return 0;
        }

        int voices = 0;
        Dictionary<int, int> votes = [];
        for (int i = 0; i < path.Length; i++)
        {
            int stated = records[path[i]].StatedHeight;
            if (stated >= 0)
            {
                voices++;
                votes[stated - i] = votes.GetValueOrDefault(stated - i) + 1;
            }
        }

        foreach ((int height, int count) in votes)
        {
            if (height > 0 && 2 * count > voices)
            {
                return height;
            }
        }

        return null;
    }
}
