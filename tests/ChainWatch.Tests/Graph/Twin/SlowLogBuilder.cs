using System.Runtime.InteropServices;
using ChainWatch.Graph;
using ChainWatch.Sources;

namespace ChainWatch.Tests.Graph.Twin;

/// <summary>Collects one chain's movements and puts them into chain order.</summary>
internal sealed class SlowLogBuilder(Chain chain)
{
    private readonly Interner<Address> _addresses = new();
    private readonly Interner<Asset> _assets = new();
    private readonly Interner<TxId> _txs = new();
    private readonly List<LogRow> _rows = [];
    private readonly List<Movement> _movements = [];
    private readonly BlockTimes _times = new();
    private readonly HashSet<long> _blocksWithoutOrder = [];
    private readonly List<string> _files = [];
    private readonly HashSet<Address> _contracts = [];

    /// <summary>Inputs whose owner is not known.</summary>
    public long UnknownInputs { get; private set; }

    /// <summary>Rows that were the same as another and were counted once, by the file of the row left out.</summary>
    public IReadOnlyDictionary<string, long> DuplicatesByFile { get; private set; } = new Dictionary<string, long>();

    public void Add(in Transfer transfer, RowOrigin origin)
    {
        NoteBlock(transfer.Position, transfer.Time);
        _rows.Add(new LogRow
        {
            Block = transfer.Position.Block,
            Index = transfer.Position.Index ?? -1,
            Source = _addresses.NumberOf(transfer.From),
            Target = _addresses.NumberOf(transfer.To),
            Asset = _assets.NumberOf(transfer.Asset),
            Tx = transfer.Tx is TxId tx ? _txs.NumberOf(tx) : -1,
            Multi = -1,
            IsInternal = transfer.IsInternal,
            Value = transfer.Value,
            File = FileNumber(origin),
            Line = origin.Line,
        });
    }

    public void Add(Movement movement, RowOrigin origin)
    {
        NoteBlock(movement.Position, movement.Time);
        foreach (MovementInput input in movement.Inputs)
        {
            if (input.Owner is Address owner)
            {
                _addresses.NumberOf(owner);
            }
        }

        foreach (MovementOutput output in movement.Outputs)
        {
            if (output.Owner is Address owner)
            {
                _addresses.NumberOf(owner);
            }
        }

        _rows.Add(new LogRow
        {
            Block = movement.Position.Block,
            Index = movement.Position.Index ?? -1,
            Source = -1,
            Target = -1,
            Asset = _assets.NumberOf(movement.Asset),
            Tx = movement.Tx is TxId tx ? _txs.NumberOf(tx) : -1,
            Multi = _movements.Count,
            File = FileNumber(origin),
            Line = origin.Line,
        });
        _movements.Add(movement);
    }

    public void AddContract(Address contract) => _contracts.Add(contract);

    public ChainLog Build()
    {
        UnknownInputs = new CoinResolver(chain, _movements).Resolve();
        (Address[] addresses, int[] addressRank) = _addresses.Sort(chain.IsEvm ? null : address => address.ToCanonicalString());
        (Asset[] assets, int[] assetRank) = _assets.Sort();
        // Transactions are only told apart, and compared by their hashes: their numbers need no order.
        TxId[] txs = _txs.Values();
        Dictionary<Address, int> numbers = _addresses.TakeNumbers(addresses);

        foreach (ref LogRow row in CollectionsMarshal.AsSpan(_rows))
        {
            row.Source = row.Source < 0 ? -1 : addressRank[row.Source];
            row.Target = row.Target < 0 ? -1 : addressRank[row.Target];
            row.Asset = assetRank[row.Asset];
            row.Group = _blocksWithoutOrder.Count > 0 && _blocksWithoutOrder.Contains(row.Block) ? -1 : row.Index;
        }

        LogOrder order = new(chain, _rows, _movements, txs, _files);
        order.Sort();
        DuplicatesByFile = order.RemoveDuplicates();
        order.CheckPositions();
        return new LogFreezer(chain, _rows, _movements, _times).Freeze(addresses, numbers, assets, txs, _contracts);
    }

    private int FileNumber(RowOrigin origin)
    {
        if (origin.File is null)
        {
            return -1;
        }

        if (_files.Count == 0 || !ReferenceEquals(_files[^1], origin.File))
        {
            int known = _files.IndexOf(origin.File);
            if (known >= 0)
            {
                return known;
            }

            _files.Add(origin.File);
        }

        return _files.Count - 1;
    }

    private void NoteBlock(ChainPosition position, DateTimeOffset? time)
    {
        _times.Note(position.Block, time);
        if (position.Index is null)
        {
            _blocksWithoutOrder.Add(position.Block);
        }
    }
}
