using ChainWatch.Graph.Files;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Appending;

/// <summary>
/// Gives rows that were put in order by themselves the numbers they have in a chain's log: addresses, assets and transactions
/// that it knows keep theirs, new ones get those behind, places in columns count on.
/// </summary>
internal sealed class RowNumbering
{
    private const int MultiBit = int.MinValue;
    private const ulong IsWide = 1UL << 63;
    private readonly LogTail _tail;
    private readonly KnownNumbers _known;
    private readonly LogColumns _rows;
    private readonly int[] _addresses;
    private readonly int[] _assets;
    private readonly int[] _txs;
    private readonly List<Address> _newAddresses = [];
    private readonly List<Asset> _newAssets = [];
    private readonly List<TxId> _newTxs = [];

    private RowNumbering(LogTail tail, KnownNumbers known, ChainLog rows)
    {
        (_tail, _known, _rows) = (tail, known, rows.Columns);
        _addresses = new int[_rows.Addresses.Length];
        NumberAddresses();
        _assets = [.. _rows.Assets.Select(asset => known.NumberOf(asset) is >= 0 and int number ? number : Add(_newAssets, asset, known.AssetCount))];
        int txCount = tail.Log.Txs.Length;
        _txs = new int[_rows.Txs.Length];
        for (int i = 0; i < _txs.Length; i++)
        {
            int number = known.NumberOf(_rows.Txs[i]);
            _txs[i] = number < 0 ? Add(_newTxs, _rows.Txs[i], txCount) : tail.Chain.IsEvm ? throw Twice(rows, i) : number;
        }
    }

    /// <summary>Numbers rows.</summary>
    /// <param name="tail">The chain's log.</param>
    /// <param name="known">What has a number there.</param>
    /// <param name="rows">The rows, put in order by themselves.</param>
    /// <param name="contracts">Addresses that are told to be contracts; those that occur nowhere are passed over.</param>
    /// <returns>The sections of the part; null where it would be empty.</returns>
    /// <exception cref="OverflowException">The log would have more than 2^31-1 of something.</exception>
    public static SectionSet? Number(LogTail tail, KnownNumbers known, ChainLog rows, IReadOnlyCollection<Address> contracts)
    {
        RowNumbering numbering = new(tail, known, rows);
        int[] newContracts = numbering.TakeContracts(contracts);
        return rows.MovementCount == 0 && newContracts.Length == 0 ? null : numbering.ToSections(newContracts);
    }

    // By where they occur first: what is taken back later cuts the last numbers off, and moves none that stay.
    private void NumberAddresses()
    {
        Array.Fill(_addresses, -1);
        int count = _tail.Count(SectionId.AddressKinds);
        MultiColumn multis = _rows.Multis;
        for (int i = 0; i < _rows.Entries.Length; i++)
        {
            int multi = _rows.Entries.MultiOf(i);
            if (multi < 0)
            {
                Number(_rows.Entries.SourceOf(i)[0]);
                Number(_rows.Entries.TargetOf(i)[0]);
                continue;
            }

            for (int input = multis.InputStarts.At(multi); input < multis.InputStarts.At(multi + 1); input++)
            {
                Number(multis.InputOwners.At(input) - 2);
            }

            for (int output = multis.OutputStarts.At(multi); output < multis.OutputStarts.At(multi + 1); output++)
            {
                Number(multis.OutputOwners.OrNone(output));
            }
        }

        for (int row = 0; row < _addresses.Length; row++)
        {
            Number(row);
        }

        void Number(int row)
        {
            if (row >= 0 && _addresses[row] < 0)
            {
                Address address = _rows.Addresses[row];
                _addresses[row] = _known.NumberOf(address) is >= 0 and int number ? number : Add(_newAddresses, address, count);
            }
        }
    }

    private SectionSet ToSections(int[] contracts)
    {
        SectionSet set = new();
        int entries = _tail.Count(SectionId.Sources);
        int groups = _tail.Count(SectionId.GroupStarts);
        set.Set(SectionId.Chain, ChainPart.Describe(_tail.Chain, _newAssets));
        AddEntries(set);
        set.Set(SectionId.GroupStarts, Moved(_rows.Groups.Starts, entries));
        set.Set(SectionId.GroupIndices, _rows.Groups.Indices);
        set.Set(SectionId.BlockHeights, _rows.Blocks.Heights);
        set.Set(SectionId.BlockTimes, _rows.Blocks.Times);
        set.Set(SectionId.BlockGroups, Moved(_rows.Blocks.FirstGroups, groups));
        set.Set(SectionId.DisorderEntries, Moved(_rows.DisorderEntries, entries));
        set.Set(SectionId.DisorderIndices, _rows.DisorderIndices);
        AddMultis(set, entries);
        AddAddresses(set);
        set.Set(SectionId.Contracts, NumberColumn.Of(contracts.Length, i => (ulong)contracts[i]));
        set.Set(SectionId.TxHashes, TxColumn.Of([.. _newTxs]).Rows);
        return set;
    }

    private void AddEntries(SectionSet set)
    {
        EntryColumn entries = _rows.Entries;
        int multis = _tail.Count(SectionId.MultiEntries);
        ReadOnlySpan<int> End(NumberColumn column, int i) => column.Ints(i, 1);
        ulong AddressAt(NumberColumn column, int i) =>
            (uint)(End(column, i)[0] is < 0 and int multi ? checked((multi & ~MultiBit) + multis) | MultiBit : _addresses[End(column, i)[0]]);
        set.Set(SectionId.Sources, NumberColumn.Of(entries.Length, i => AddressAt(entries.Sources, i)));
        set.Set(SectionId.Targets, NumberColumn.Of(entries.Length, i => AddressAt(entries.Targets, i)));
        set.Set(SectionId.AssetNumbers, NumberColumn.Of(entries.Length, i => (ulong)_assets[entries.AssetNumbers.At(i)]));
        set.Set(SectionId.Txs, TxsOf(entries.Txs));
        set.Set(SectionId.TxKeys, entries.TxKeys);
        set.Set(SectionId.Flags, entries.Flags);
        AddAmounts(set, SectionId.Values, SectionId.WideValues, entries.Values);
    }

    private void AddMultis(SectionSet set, int entries)
    {
        MultiColumn multis = _rows.Multis;
        int inputs = _tail.Count(SectionId.InputOwners);
        int outputs = _tail.Count(SectionId.OutputOwners);
        set.Set(SectionId.MultiEntries, Moved(multis.Entries, entries));
        // Where the first begins stands in the parts before.
        set.Set(SectionId.InputStarts, NumberColumn.Of(multis.Length, i => (ulong)checked(multis.InputStarts.At(i + 1) + inputs)));
        set.Set(SectionId.InputOwners, NumberColumn.Of(multis.InputOwners.Count, i => multis.InputOwners.At(i) is >= 2 and int owner ? (ulong)_addresses[owner - 2] + 2 : multis.InputOwners[i]));
        AddAmounts(set, SectionId.InputValues, SectionId.WideInputValues, multis.InputValues);
        set.Set(SectionId.InputTxs, TxsOf(multis.InputTxs));
        set.Set(SectionId.InputIndices, multis.InputIndices);
        set.Set(SectionId.OutputStarts, NumberColumn.Of(multis.Length, i => (ulong)checked(multis.OutputStarts.At(i + 1) + outputs)));
        set.Set(SectionId.OutputOwners, NumberColumn.Of(multis.OutputOwners.Count, i => multis.OutputOwners.OrNone(i) is >= 0 and int owner ? (ulong)_addresses[owner] + 1 : 0));
        AddAmounts(set, SectionId.OutputValues, SectionId.WideOutputValues, multis.OutputValues);
        set.Set(SectionId.OutputTxs, TxsOf(multis.OutputTxs));
        set.Set(SectionId.OutputIndices, multis.OutputIndices);
    }

    private void AddAddresses(SectionSet set)
    {
        AddressColumn addresses = AddressColumn.Of(_tail.Chain, [.. _newAddresses], _tail.Length(SectionId.AddressTexts));
        set.Set(SectionId.Addresses, addresses.Rows);
        set.Set(SectionId.AddressKinds, addresses.Kinds);
        set.Set(SectionId.AddressTexts, addresses.Texts);
    }

    private void AddAmounts(SectionSet set, SectionId numbers, SectionId wide, AmountColumn amounts)
    {
        ulong before = (ulong)_tail.Length(wide);
        set.Set(numbers, NumberColumn.Of(amounts.Numbers.Count, i => (amounts.Numbers[i] & IsWide) == 0 ? amounts.Numbers[i] : amounts.Numbers[i] + before));
        set.Set(wide, amounts.Wide);
    }

    private int[] TakeContracts(IReadOnlyCollection<Address> contracts)
    {
        List<int> taken = [];
        foreach (Address contract in contracts)
        {
            int number = _rows.Addresses.NumberOf(contract) is >= 0 and int own ? _addresses[own] : _known.NumberOf(contract);
            if (number >= 0 && !_tail.Log.IsContract(number))
            {
                taken.Add(number);
            }
        }

        taken.Sort();
        return [.. taken];
    }

    // Bitcoin has two coinbase transactions that occur twice (BIP 30), and names transactions by the outputs that it spends.
    private static ChainWatchException Twice(ChainLog rows, int tx)
    {
        int entry = Enumerable.Range(0, rows.MovementCount).First(i => rows.Entries.Txs.OrNone(i) == tx);
        return new ChainWatchException($"tx: {rows.Txs[tx].ToString(rows.Chain)} of {rows.Chain} {rows.PositionOf(rows.GroupOf(entry))} stands in an earlier block, too, which was appended before; expected one position");
    }

    private NumberColumn TxsOf(NumberColumn txs) => NumberColumn.Of(txs.Count, i => txs.OrNone(i) is >= 0 and int tx ? (ulong)_txs[tx] + 1 : 0);

    private static NumberColumn Moved(NumberColumn numbers, int by) => NumberColumn.Of(numbers.Count, i => (ulong)checked(numbers.At(i) + by));

    private static int Add<T>(List<T> list, T value, int before)
    {
        list.Add(value);
        return checked(before + list.Count - 1);
    }
}
