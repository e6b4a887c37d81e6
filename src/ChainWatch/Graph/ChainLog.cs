using ChainWatch.Heuristics;
using ChainWatch.Sources;

namespace ChainWatch.Graph;

/// <summary>
/// All movements of one chain in chain order, frozen. Addresses are numbered in canonical order, so that comparing numbers
/// compares addresses. Inside a position the entries stand in canonical order: the input's row order leaves no trace.
/// </summary>
public sealed class ChainLog
{
    private readonly Dictionary<Address, int> _numbers;
    private readonly Lazy<CoinLinks> _coins;
    private readonly Lazy<CoinJoinRule[]> _coinJoins;

    internal ChainLog(Chain chain, Address[] addresses, Dictionary<Address, int> numbers, Asset[] assets, TxId[] txs, LogEntry[] entries, LogGroup[] groups, BlockInfo[] blocks, MultiMovement[] multis, bool[] contracts, Dictionary<int, int> indexInDisorder)
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
        IndexInDisorder = indexInDisorder;
        _coins = new Lazy<CoinLinks>(() => new CoinLinks(Multis));
        _coinJoins = new Lazy<CoinJoinRule[]>(() => Array.ConvertAll(Multis, m => CoinJoins.Recognise(m.Movement)));
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

    /// <summary>By entry, the transaction's index where it is known in a block whose order is not.</summary>
    internal Dictionary<int, int> IndexInDisorder { get; }

    /// <summary>Which output each input spends; found when first asked for.</summary>
    internal CoinLinks Coins => _coins.Value;

    /// <summary>For every movement the rule by which it is a CoinJoin; found when first asked for.</summary>
    internal CoinJoinRule[] CoinJoinRules => _coinJoins.Value;

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

    /// <summary>Sends everything that the log holds, in chain order.</summary>
    internal void SendTo(ITransferSink sink)
    {
        for (int group = 0; group < Groups.Length; group++)
        {
            ChainPosition position = PositionOf(group);
            DateTimeOffset? time = TimeOf(group);
            int end = EndOf(group);
            for (int i = Groups[group].Start; i < end; i++)
            {
                ref readonly LogEntry entry = ref Entries[i];
                ChainPosition own = position.Index is null && IndexInDisorder.TryGetValue(i, out int index) ? position with { Index = index } : position;
                RowOrigin origin = entry.Supplied ? new RowOrigin("", 0) : default;
                if (entry.Multi >= 0)
                {
                    sink.Add(Multis[entry.Multi].Movement with { Position = own, Time = time }, origin);
                }
                else
                {
                    sink.Add(new Transfer(own, AddressTable[entry.Source], AddressTable[entry.Target], Assets[entry.Asset], entry.Value, TxOf(i), time, entry.IsInternal), origin);
                }
            }
        }

        for (int i = 0; i < IsContract.Length; i++)
        {
            if (IsContract[i])
            {
                sink.AddContract(AddressTable[i]);
            }
        }
    }

    /// <summary>The known transactions in which value goes from one address to another that are so; with a value of zero nothing goes.</summary>
    internal IEnumerable<TxId> TransactionsThrough(Func<Address, bool> from, Func<Address, bool> to)
    {
        bool[] isFrom = Array.ConvertAll(AddressTable, a => from(a));
        bool[] isTo = Array.ConvertAll(AddressTable, a => to(a));
        for (int i = 0; i < Entries.Length; i++)
        {
            LogEntry entry = Entries[i];
            if (entry.Multi < 0 && entry.Tx >= 0 && !entry.Value.IsZero && isFrom[entry.Source] && isTo[entry.Target])
            {
                yield return Txs[entry.Tx];
            }
        }
    }

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
