using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ChainWatch.Sources;

namespace ChainWatch.Graph.Building;

/// <summary>Plain transfers of one chain as columns, their addresses as rows: what one thread hands to another.</summary>
internal sealed class TransferBatch(Chain chain)
{
    /// <summary>The most transfers.</summary>
    public const int CountMax = 2048;

    private const int CountAtFirst = 16;

    private readonly bool _isEvm = chain.IsEvm;
    private readonly int _rowSize = AddressTable.RowSizeOf(chain);
    private readonly List<Amount> _wideValues = [];
    private readonly List<int> _strays = [];
    private byte[] _payers = new byte[CountAtFirst * AddressTable.RowSizeOf(chain)];
    private byte[] _payees = new byte[CountAtFirst * AddressTable.RowSizeOf(chain)];
    private int[] _payerNumbers = new int[CountAtFirst];
    private int[] _payeeNumbers = new int[CountAtFirst];
    private long[] _blocks = new long[CountAtFirst];
    private int[] _indices = new int[CountAtFirst];
    private long[] _times = new long[CountAtFirst];
    private ulong[] _values = new ulong[CountAtFirst];
    private int[] _assets = new int[CountAtFirst];
    private byte[] _flags = new byte[CountAtFirst];
    private int[] _fileMarks = new int[CountAtFirst];
    private int[] _lines = new int[CountAtFirst];
    private bool[] _hasTx = new bool[CountAtFirst];
    private TxId[] _txs = [];
    private int _capacity = CountAtFirst;

    /// <summary>How many transfers.</summary>
    public int Count { get; private set; }

    /// <summary>True where no further transfer fits.</summary>
    public bool IsFull => Count == CountMax;

    /// <summary>Who paid, as rows.</summary>
    public ReadOnlySpan<byte> Payers => _payers.AsSpan(0, Count * _rowSize);

    /// <summary>Who was paid, as rows.</summary>
    public ReadOnlySpan<byte> Payees => _payees.AsSpan(0, Count * _rowSize);

    /// <summary>Payers kept as text: their rows say nothing.</summary>
    public List<(int Row, Address Address)> PayerTexts { get; } = [];

    /// <summary>Payees kept as text.</summary>
    public List<(int Row, Address Address)> PayeeTexts { get; } = [];

    /// <summary>Takes the payers' numbers.</summary>
    public Span<int> PayerNumbers => _payerNumbers.AsSpan(0, Count);

    /// <summary>Takes the payees' numbers.</summary>
    public Span<int> PayeeNumbers => _payeeNumbers.AsSpan(0, Count);

    /// <summary>The blocks' heights.</summary>
    public ReadOnlySpan<long> Blocks => _blocks.AsSpan(0, Count);

    /// <summary>The transactions' indices in their blocks; -1 where the source does not tell.</summary>
    public ReadOnlySpan<int> Indices => _indices.AsSpan(0, Count);

    /// <summary>The blocks' times as the transfers tell them: UTC ticks and one; 0 where they do not.</summary>
    public ReadOnlySpan<long> Times => _times.AsSpan(0, Count);

    /// <summary>The values; a number above <see cref="AmountBuilder.NumberMax"/> stands for one (<see cref="WideValueOf"/>).</summary>
    public ReadOnlySpan<ulong> Values => _values.AsSpan(0, Count);

    /// <summary>The assets' numbers.</summary>
    public ReadOnlySpan<int> Assets => _assets.AsSpan(0, Count);

    /// <summary>The bits of <see cref="LogRun.Flags"/>.</summary>
    public ReadOnlySpan<byte> Flags => _flags.AsSpan(0, Count);

    /// <summary>The numbers of the files they were read from and one, or 0.</summary>
    public ReadOnlySpan<int> FileMarks => _fileMarks.AsSpan(0, Count);

    /// <summary>The lines in the files.</summary>
    public ReadOnlySpan<int> Lines => _lines.AsSpan(0, Count);

    /// <summary>Whether any transaction's hash is known.</summary>
    public bool HasTxs { get; private set; }

    /// <summary>The transfers that come before others, which were added earlier; ascending.</summary>
    public ReadOnlySpan<int> Strays => CollectionsMarshal.AsSpan(_strays);

    /// <summary>How many stages the batch is still to go through.</summary>
    public int StagesLeft { get; set; }

    /// <summary>The value that a number above <see cref="AmountBuilder.NumberMax"/> stands for.</summary>
    public Amount WideValueOf(ulong number) => _wideValues[(int)(number - AmountBuilder.NumberMax - 1)];

    /// <summary>The hash of a transfer's transaction.</summary>
    /// <returns>False where it is not known.</returns>
    public bool TryGetTx(int row, out TxId tx)
    {
        bool isKnown = HasTxs && _hasTx[row];
        tx = isKnown ? _txs[row] : default;
        return isKnown;
    }

    /// <summary>Adds a transfer; there must be room.</summary>
    /// <param name="transfer">The transfer.</param>
    /// <param name="asset">Its asset's number.</param>
    /// <param name="file">The number of the file it was read from, or -1.</param>
    /// <param name="line">The line in the file.</param>
    public void Add(in Transfer transfer, int asset, int file, int line)
    {
        if (Count == _capacity)
        {
            Grow();
        }

        Write(transfer.From, _payers, PayerTexts);
        Write(transfer.To, _payees, PayeeTexts);
        Write(transfer.Position, transfer.Time, transfer.Tx, transfer.Value, asset, file, line, transfer.IsInternal);
    }

    /// <summary>Adds a transfer by the bytes of its addresses, which are the rows; there must be room.</summary>
    /// <param name="transfer">The transfer, of an EVM chain.</param>
    /// <param name="asset">Its asset's number.</param>
    /// <param name="file">The number of the file it was read from, or -1.</param>
    /// <param name="line">The line in the file.</param>
    public void Add(in EvmTransfer transfer, int asset, int file, int line)
    {
        if (Count == _capacity)
        {
            Grow();
        }

        transfer.From.CopyTo(_payers.AsSpan(Count * EvmRow.Size, EvmRow.Size));
        transfer.To.CopyTo(_payees.AsSpan(Count * EvmRow.Size, EvmRow.Size));
        Write(transfer.Position, transfer.Time, transfer.Tx, transfer.Value, asset, file, line, isInternal: false);
    }

    /// <summary>Says that the last transfer comes before others.</summary>
    public void MarkStray() => _strays.Add(Count - 1);

    /// <summary>The rows between the strays, each run from its first row to behind its last.</summary>
    public IEnumerable<Range> InOrder()
    {
        int from = 0;
        for (int i = 0; i < _strays.Count; i++)
        {
            yield return from.._strays[i];
            from = _strays[i] + 1;
        }

        yield return from..Count;
    }

    /// <summary>A transfer, its addresses by their numbers.</summary>
    public BuildRow RowAt(int row)
    {
        bool hasTx = TryGetTx(row, out TxId tx);
        return new BuildRow
        {
            Block = _blocks[row],
            Index = _indices[row],
            Time = _times[row],
            Source = _payerNumbers[row],
            Target = _payeeNumbers[row],
            Asset = _assets[row],
            Multi = -1,
            File = _fileMarks[row] - 1,
            Line = _lines[row],
            IsInternal = (_flags[row] & LogRun.InternalBit) != 0,
            HasTx = hasTx,
            Tx = tx,
            Value = _values[row] <= AmountBuilder.NumberMax ? Amount.From(_values[row]) : WideValueOf(_values[row]),
        };
    }

    /// <summary>Forgets the transfers.</summary>
    public void Clear()
    {
        Count = 0;
        HasTxs = false;
        PayerTexts.Clear();
        PayeeTexts.Clear();
        _wideValues.Clear();
        _strays.Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Write(in ChainPosition position, in DateTimeOffset? time, in TxId? tx, in Amount value, int asset, int file, int line, bool isInternal)
    {
        int row = Count;
        _blocks[row] = position.Block;
        _indices[row] = position.Index ?? -1;
        _times[row] = time is DateTimeOffset told ? told.UtcTicks + 1 : 0;
        if (!value.TryGetUInt64(out ulong units) || units > AmountBuilder.NumberMax)
        {
            _wideValues.Add(value);
            units = AmountBuilder.NumberMax + (ulong)_wideValues.Count;
        }

        _values[row] = units;

        _assets[row] = asset;
        _flags[row] = (byte)((file >= 0 ? LogRun.SuppliedBit : 0) | (isInternal ? LogRun.InternalBit : 0));
        _fileMarks[row] = file + 1;
        _lines[row] = line;
        if (tx is not null || HasTxs)
        {
            Write(tx);
        }

        Count++;
    }

    private void Write(in TxId? tx)
    {
        if (!HasTxs)
        {
            Array.Clear(_hasTx, 0, Count);
            HasTxs = true;
            if (_txs.Length < _capacity)
            {
                _txs = new TxId[_capacity];
            }
        }

        _hasTx[Count] = tx is not null;
        _txs[Count] = tx.GetValueOrDefault();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private unsafe void Write(in Address address, byte[] rows, List<(int, Address)> texts)
    {
        if (AddressInterner.IsKeptAsText(address))
        {
            texts.Add((Count, address));
            return;
        }

        fixed (byte* row = &rows[Count * _rowSize])
        {
            if (_isEvm)
            {
                EvmRow.Write(address, row);
            }
            else
            {
                BitcoinRow.Write(address, row);
            }
        }
    }

    private void Grow()
    {
        _capacity = Math.Min(CountMax, 4 * _capacity);
        Array.Resize(ref _payers, _capacity * _rowSize);
        Array.Resize(ref _payees, _capacity * _rowSize);
        Array.Resize(ref _payerNumbers, _capacity);
        Array.Resize(ref _payeeNumbers, _capacity);
        Array.Resize(ref _blocks, _capacity);
        Array.Resize(ref _indices, _capacity);
        Array.Resize(ref _times, _capacity);
        Array.Resize(ref _values, _capacity);
        Array.Resize(ref _assets, _capacity);
        Array.Resize(ref _flags, _capacity);
        Array.Resize(ref _fileMarks, _capacity);
        Array.Resize(ref _lines, _capacity);
        Array.Resize(ref _hasTx, _capacity);
        if (HasTxs)
        {
            Array.Resize(ref _txs, _capacity);
        }
    }
}
