using ChainWatch.Sources;

namespace ChainWatch.Graph;

/// <summary>
/// All movements of one chain in chain order, frozen. Addresses are numbered in canonical order, so that comparing numbers
/// compares addresses. Inside a position the entries stand in canonical order: the input's row order leaves no trace.
/// </summary>
public sealed class ChainLog
{
    private readonly Dictionary<Address, int> _numbers;

    internal ChainLog(Chain chain, Address[] addresses, Dictionary<Address, int> numbers, Asset[] assets, TxId[] txs, LogEntry[] entries, LogGroup[] groups, BlockInfo[] blocks, MultiMovement[] multis, bool[] contracts)
    {
        Chain = chain;
        AddressTable = addresses;
        _numbers = numbers;
        Assets = assets;
        Txs = txs;
        Entries = entries;
        Groups = groups;
        BlockTable = blocks;
        Multis = multis;
        IsContract = contracts;
    }

    /// <summary>The chain.</summary>
    public Chain Chain { get; }

    /// <summary>Every address that occurs, in canonical order.</summary>
    public IReadOnlyList<Address> Addresses => AddressTable;

    /// <summary>The blocks that have transfers, ascending.</summary>
    public IReadOnlyList<BlockInfo> Blocks => BlockTable;

    /// <summary>How many movements there are.</summary>
    public int MovementCount => Entries.Length;

    internal Address[] AddressTable { get; }

    internal Asset[] Assets { get; }

    internal TxId[] Txs { get; }

    internal LogEntry[] Entries { get; }

    internal LogGroup[] Groups { get; }

    internal BlockInfo[] BlockTable { get; }

    internal MultiMovement[] Multis { get; }

    /// <summary>For every address whether it is known to be a contract; false also where no source tells.</summary>
    internal bool[] IsContract { get; }

    /// <summary>The address's number, or -1 where it does not occur.</summary>
    internal int NumberOf(Address address) => _numbers.GetValueOrDefault(address, -1);

    internal int EndOf(int group) => group + 1 < Groups.Length ? Groups[group + 1].Start : Entries.Length;

    /// <summary>The group that holds an entry.</summary>
    internal int GroupOf(int entry)
    {
        int low = 0;
        int high = Groups.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = Groups[middle].Start <= entry ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    internal ChainPosition PositionOf(int group)
    {
        LogGroup g = Groups[group];
        return new ChainPosition(Chain, BlockTable[g.Block].Height, g.Index < 0 ? null : g.Index);
    }

    internal DateTimeOffset? TimeOf(int group) => BlockTable[Groups[group].Block].Time;

    internal TxId? TxOf(int entry) => Entries[entry].Tx is >= 0 and int tx ? Txs[tx] : null;

    /// <summary>
    /// Writes the log as a transfer file in canonical order (UTF-8, LF): the same bytes, whatever the order and form in which
    /// the transfers came. Its SHA-256 is the coverage's <see cref="ChainCoverage.ContentSha256"/>. The stream stays open.
    /// </summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public void WriteTransfers(Stream output) => TransferWriter.Write(this, output, 0, Groups.Length);

    /// <summary>What is at hand of some of the blocks, at least one.</summary>
    internal ChainCoverage Describe(int firstBlock, int blockCount)
    {
        BlockInfo first = BlockTable[firstBlock];
        BlockInfo last = BlockTable[firstBlock + blockCount - 1];
        int endGroup = last.FirstGroup + last.GroupCount;
        ReadOnlySpan<LogEntry> entries = Entries.AsSpan(Groups[first.FirstGroup].Start..EndOf(endGroup - 1));
        bool[] addresses = new bool[AddressTable.Length];
        HashSet<string> kinds = [];
        foreach (ref readonly LogEntry entry in entries)
        {
            kinds.Add(!Assets[entry.Asset].IsNative ? "token" : entry.IsInternal ? "internal" : "coin");
            if (entry.Multi < 0)
            {
                addresses[entry.Source] = addresses[entry.Target] = true;
            }
            else
            {
                Array.ForEach(Multis[entry.Multi].Sources, source => addresses[source] = true);
                Array.ForEach(Multis[entry.Multi].Targets, target => addresses[target.Address] = true);
            }
        }

        return new ChainCoverage(() => TransferWriter.Sha256(this, first.FirstGroup, endGroup))
        {
            Chain = Chain,
            FirstBlock = first.Height,
            LastBlock = last.Height,
            FirstTime = first.Time,
            LastTime = last.Time,
            Movements = entries.Length,
            Addresses = addresses.Count(a => a),
            BlocksWithoutOrder = Groups.AsSpan(first.FirstGroup..endGroup).ToArray().Count(g => g.Index < 0),
            Kinds = [.. kinds.Order(StringComparer.Ordinal)],
        };
    }
}
