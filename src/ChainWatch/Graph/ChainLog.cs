using ChainWatch.Graph.Storage;
using ChainWatch.Heuristics;
using ChainWatch.Sources;

namespace ChainWatch.Graph;

/// <summary>
/// All movements of one chain in chain order, frozen. Addresses are numbered in canonical order, and those that were appended
/// to a file behind them: <see cref="CompareAddresses"/> compares both. Inside a position the entries stand in canonical order:
/// the input's row order leaves no trace.
/// </summary>
public sealed class ChainLog
{
    // What the machines that we measure on have.
    private const int IndexThreads = 2;
    private readonly LogColumns _columns;
    private readonly Lazy<CoinLinks> _coins;
    private readonly Lazy<CoinJoinRule[]> _coinJoins;
    private readonly CanonicalOrder _order;
    private readonly Func<int, int, bool> _isContractAt;
    private readonly Lazy<LogIndex> _index;
    private readonly Lazy<bool> _hasCoinJoins;
    private readonly Lazy<HotColumns> _hot;
    private readonly Lazy<BitRow?> _specials;
    private readonly Lazy<BitRow> _fresh;
    private readonly Lazy<BitRow> _freshReversed;

    internal ChainLog(Chain chain, LogColumns columns)
    {
        Chain = chain;
        _columns = columns;
        _order = new CanonicalOrder(columns.Addresses);
        _isContractAt = (address, i) => _columns.Contracts.At(i) == address;
        _specials = new Lazy<BitRow?>(FindSpecials);
        _fresh = new Lazy<BitRow>(() => Storage.FreshTails.Find(Hot, reversed: false));
        _freshReversed = new Lazy<BitRow>(() => Storage.FreshTails.Find(Hot, reversed: true));
        _hot = new Lazy<HotColumns>(() => new HotColumns(columns.Entries, columns.Addresses.Length));
        _coins = new Lazy<CoinLinks>(() => new CoinLinks(this));
        _coinJoins = new Lazy<CoinJoinRule[]>(() => [.. Enumerable.Range(0, MultiCount).Select(m => MultiAt(m).CoinJoin)]);
        _index = new Lazy<LogIndex>(() => columns.Index ?? AdjacencyBuilder.Build(columns.Entries, columns.Multis, columns.Addresses.Length, IndexThreads, CancellationToken.None));
        _hasCoinJoins = new Lazy<bool>(() => CoinJoinRules.AsSpan().ContainsAnyExcept(CoinJoinRule.None));
    }

    /// <summary>The chain.</summary>
    public Chain Chain { get; }

    /// <summary>Every address that occurs, in canonical order.</summary>
    public IReadOnlyList<Address> Addresses => _order;

    /// <summary>The blocks that have transfers, ascending.</summary>
    public IReadOnlyList<BlockInfo> Blocks => BlockTable;

    /// <summary>How many movements there are.</summary>
    public int MovementCount => Entries.Length;

    internal AddressColumn AddressTable => _columns.Addresses;

    internal AssetColumn Assets => _columns.Assets;

    internal TxColumn Txs => _columns.Txs;

    internal EntryColumn Entries => _columns.Entries;

    internal GroupColumn Groups => _columns.Groups;

    internal BlockColumn BlockTable => _columns.Blocks;

    internal LogColumns Columns => _columns;

    /// <summary>The hot columns for the kernels; every byte of them is read when first asked for.</summary>
    /// <exception cref="ChainWatchException">They are damaged.</exception>
    internal HotColumns Hot => _hot.Value;

    /// <summary>A bit per entry: it is no plain transfer alone at its position. Null where all are.</summary>
    internal BitRow? Specials => _specials.Value;

    /// <summary>The entries whose tail was a head shortly before, in the order of a pass; found when first asked for.</summary>
    /// <exception cref="ChainWatchException">The hot columns are damaged.</exception>
    internal BitRow FreshTails(bool reversed) => (reversed ? _freshReversed : _fresh).Value;

    /// <summary>How many movements have several inputs or outputs.</summary>
    internal int MultiCount => _columns.Multis.Length;

    /// <summary>The rule by which a movement is a CoinJoin, without a look at the others.</summary>
    internal CoinJoinRule CoinJoinOf(int multi) => _coinJoins.IsValueCreated ? _coinJoins.Value[multi] : MultiAt(multi).CoinJoin;

    /// <summary>Which output each input spends; found when first asked for.</summary>
    internal CoinLinks Coins => _coins.Value;

    /// <summary>For every movement the rule by which it is a CoinJoin; found when first asked for.</summary>
    internal CoinJoinRule[] CoinJoinRules => _coinJoins.Value;

    /// <summary>By address, its entries: what the file has, or what was made.</summary>
    /// <param name="build">Whether it is made where there is none; it is kept. 8 bytes an entry and 8 an address, and twice that meanwhile.</param>
    /// <returns>Null where there is none and none was to be made.</returns>
    /// <exception cref="ChainWatchException">It would have more than 2^31-1 entries in one direction.</exception>
    internal LogIndex? Adjacency(bool build) => build || _index.IsValueCreated ? _index.Value : _columns.Index;

    /// <summary>Whether any movement is a CoinJoin.</summary>
    internal bool HasCoinJoins => _hasCoinJoins.Value;

    /// <summary>A movement with several inputs or outputs.</summary>
    internal MultiMovement MultiAt(int multi) => _columns.Multis.Get(multi, this);

    /// <summary>Whether an address is known to be a contract; false also where no source tells.</summary>
    internal bool IsContract(int address) => IndexIn(_columns.Contracts, address, _columns.Contracts.BaseCount) >= 0
        || (_columns.AppendedContracts?.Find(LogColumns.HashOfContract(address), address, _isContractAt) ?? -1) >= 0;

    /// <summary>An entry's index in its block where that is known in a block whose order is not.</summary>
    internal int? IndexInDisorder(int entry) => IndexIn(_columns.DisorderEntries, entry) is >= 0 and int i ? _columns.DisorderIndices.At(i) : null;

    /// <summary>Compares addresses by number in the canonical order of outputs.</summary>
    internal int CompareAddresses(int x, int y) => AddressTable.Compare(x, y);

    /// <summary>The canonical order of outputs, for addresses by number.</summary>
    internal IComparer<int> AddressOrder => AddressTable.BaseLength == AddressTable.Length ? Comparer<int>.Default : Comparer<int>.Create(AddressTable.Compare);

    /// <summary>The numbers of all addresses in the canonical order of outputs.</summary>
    internal IEnumerable<int> AddressNumbers => _order.Numbers;

    /// <summary>Some ascending numbers of addresses in the canonical order of outputs: mostly the same ones.</summary>
    internal ReadOnlySpan<int> InOrder(ReadOnlySpan<int> ascending)
    {
        if (ascending.IsEmpty || ascending[^1] < AddressTable.BaseLength)
        {
            return ascending;
        }

        int[] sorted = ascending.ToArray();
        Array.Sort(sorted, AddressTable.Compare);
        return sorted;
    }

    /// <summary>The address's number, or -1 where it does not occur.</summary>
    internal int NumberOf(Address address) => AddressTable.NumberOf(address);

    internal int EndOf(int group) => group + 1 < Groups.Length ? Groups.StartOf(group + 1) : Entries.Length;

    /// <summary>The group that holds an entry.</summary>
    internal int GroupOf(int entry) => Groups.OfEntry(entry);

    internal ChainPosition PositionOf(int group)
    {
        LogGroup g = Groups[group];
        return new ChainPosition(Chain, BlockTable[g.Block].Height, g.Index < 0 ? null : g.Index);
    }

    internal DateTimeOffset? TimeOf(int group) => BlockTable[Groups[group].Block].Time;

    internal TxId? TxOf(int entry) => Entries.Txs.OrNone(entry) is >= 0 and int tx ? Txs[tx] : null;

    /// <summary>
    /// Writes the log as a transfer file in canonical order (UTF-8, LF): the same bytes, whatever the order and form in which
    /// the transfers came. Its SHA-256 is the coverage's <see cref="ChainCoverage.ContentSha256"/>. The stream stays open.
    /// </summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public void WriteTransfers(Stream output) => TransferWriter.Write(this, output, 0, Groups.Length);

    /// <summary>Sends everything that the log holds, in chain order.</summary>
    internal void SendTo(ITransferSink sink)
    {
        SendTo(sink, 0, Groups.Length);
        for (int i = 0; i < _columns.Contracts.Count; i++)
        {
            sink.AddContract(AddressTable[_columns.Contracts.At(i)]);
        }
    }

    /// <summary>Sends the movements of some positions, in chain order.</summary>
    internal void SendTo(ITransferSink sink, int firstGroup, int endGroup)
    {
        for (int group = firstGroup; group < endGroup; group++)
        {
            ChainPosition position = PositionOf(group);
            DateTimeOffset? time = TimeOf(group);
            int end = EndOf(group);
            for (int i = Groups.StartOf(group); i < end; i++)
            {
                LogEntry entry = Entries[i];
                ChainPosition own = position.Index is null && IndexInDisorder(i) is int index ? position with { Index = index } : position;
                RowOrigin origin = entry.Supplied ? new RowOrigin("", 0) : default;
                if (entry.Multi >= 0)
                {
                    sink.Add(MultiAt(entry.Multi).Movement with { Position = own, Time = time }, origin);
                }
                else
                {
                    sink.Add(new Transfer(own, AddressTable[entry.Source], AddressTable[entry.Target], Assets[entry.Asset], entry.Value, TxOf(i), time, entry.IsInternal), origin);
                }
            }
        }
    }

    /// <summary>The known transactions in which value goes from one address to another that are so; with a value of zero nothing goes.</summary>
    internal IEnumerable<TxId> TransactionsThrough(Func<Address, bool> from, Func<Address, bool> to)
    {
        bool[] isFrom = [.. AddressTable.Select(from)];
        bool[] isTo = [.. AddressTable.Select(to)];
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
        int start = Groups.StartOf(first.FirstGroup);
        int end = EndOf(endGroup - 1);
        bool[] addresses = new bool[AddressTable.Length];
        HashSet<string> kinds = [];
        for (int i = start; i < end; i++)
        {
            LogEntry entry = Entries[i];
            kinds.Add(!Assets[entry.Asset].IsNative ? "token" : entry.IsInternal ? "internal" : "coin");
            if (entry.Multi < 0)
            {
                addresses[entry.Source] = addresses[entry.Target] = true;
            }
            else
            {
                Array.ForEach(MultiAt(entry.Multi).Sources, source => addresses[source] = true);
                Array.ForEach(MultiAt(entry.Multi).Targets, target => addresses[target.Address] = true);
            }
        }

        return new ChainCoverage(() => TransferWriter.Sha256(this, first.FirstGroup, endGroup))
        {
            Chain = Chain,
            FirstBlock = first.Height,
            LastBlock = last.Height,
            FirstTime = first.Time,
            LastTime = last.Time,
            Movements = end - start,
            Addresses = addresses.Count(a => a),
            BlocksWithoutOrder = Enumerable.Range(first.FirstGroup, endGroup - first.FirstGroup).Count(g => Groups.IndexOf(g) < 0),
            Kinds = [.. kinds.Order(StringComparer.Ordinal)],
        };
    }

    private BitRow? FindSpecials()
    {
        if (Groups.Length == Entries.Length && MultiCount == 0)
        {
            return null;
        }

        BitRow specials = new(Entries.Length);
        for (int group = 0; group < Groups.Length; group++)
        {
            int start = Groups.StartOf(group);
            int end = EndOf(group);
            for (int i = start; i < end && (end > start + 1 || Entries.MultiOf(i) >= 0); i++)
            {
                specials[i] = true;
            }
        }

        return specials;
    }

    // Contracts that were appended are not in order, and found otherwise; of other columns all are.
    private static int IndexIn(NumberColumn ascending, int value, int? count = null)
    {
        int low = 0;
        int high = (count ?? ascending.Count) - 1;
        while (low <= high)
        {
            int middle = low + ((high - low) / 2);
            int found = ascending.At(middle);
            if (found == value)
            {
                return middle;
            }

            (low, high) = found < value ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }
}
