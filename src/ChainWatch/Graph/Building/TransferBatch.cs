using System.Runtime.CompilerServices;

namespace ChainWatch.Graph.Building;

/// <summary>Plain transfers of one chain as they were added, the addresses as rows: what one thread hands to another.</summary>
internal sealed class TransferBatch(Chain chain)
{
    /// <summary>The most transfers.</summary>
    public const int CountMax = 4096;

    private const int CountAtFirst = 16;

    private readonly bool _isEvm = chain.IsEvm;
    private readonly int _rowSize = AddressTable.RowSizeOf(chain);
    private BatchRow[] _rows = new BatchRow[CountAtFirst];
    private byte[] _payers = new byte[CountAtFirst * AddressTable.RowSizeOf(chain)];
    private byte[] _payees = new byte[CountAtFirst * AddressTable.RowSizeOf(chain)];
    private TxId[] _txs = [];
    private Amount[] _wide = [];

    /// <summary>How many transfers.</summary>
    public int Count { get; private set; }

    /// <summary>True where no further transfer fits.</summary>
    public bool IsFull => Count == CountMax;

    /// <summary>The transfers.</summary>
    public ReadOnlySpan<BatchRow> Rows => _rows.AsSpan(0, Count);

    /// <summary>Who paid, as rows.</summary>
    public byte[] Payers => _payers;

    /// <summary>Who was paid, as rows.</summary>
    public byte[] Payees => _payees;

    /// <summary>Payers kept as text: their rows say nothing.</summary>
    public List<(int Row, Address Address)> PayerTexts { get; } = [];

    /// <summary>Payees kept as text.</summary>
    public List<(int Row, Address Address)> PayeeTexts { get; } = [];

    /// <summary>Whether all transfers tell nothing but payer, payee, asset, a small value, position and time.</summary>
    public bool IsPlain { get; private set; } = true;

    /// <summary>Adds a transfer; there must be room.</summary>
    public void Add(in Transfer transfer, int asset, int file, int line)
    {
        if (Count == _rows.Length)
        {
            Grow();
        }

        int at = Count++;
        ref BatchRow row = ref _rows[at];
        row.Block = transfer.Position.Block;
        row.Index = transfer.Position.Index ?? -1;
        row.Time = transfer.Time is DateTimeOffset time ? time.UtcTicks + 1 : 0;
        row.Asset = asset;
        row.File = file;
        row.Line = line;
        row.IsInternal = transfer.IsInternal;
        row.HasTx = transfer.Tx is not null;
        row.IsWide = !transfer.Value.TryGetUInt64(out row.Value) || row.Value > AmountBuilder.NumberMax;
        if (row.HasTx || row.IsWide)
        {
            AddAside(transfer, at, row);
        }

        IsPlain &= !row.HasTx & !row.IsWide & !row.IsInternal & file < 0;
        WriteAddress(transfer.From, _payers, at, PayerTexts);
        WriteAddress(transfer.To, _payees, at, PayeeTexts);
    }

    /// <summary>The value of a transfer.</summary>
    public Amount ValueOf(int at) => _rows[at].IsWide ? _wide[at] : Amount.From(_rows[at].Value);

    /// <summary>The transaction of a transfer that tells it.</summary>
    public ref readonly TxId TxOf(int at) => ref _txs[at];

    /// <summary>Forgets the transfers.</summary>
    public void Clear()
    {
        Count = 0;
        IsPlain = true;
        PayerTexts.Clear();
        PayeeTexts.Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private unsafe void WriteAddress(in Address address, byte[] rows, int at, List<(int, Address)> texts)
    {
        if (AddressInterner.IsKeptAsText(address))
        {
            texts.Add((at, address));
            return;
        }

        fixed (byte* row = &rows[at * _rowSize])
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

    private void AddAside(in Transfer transfer, int at, in BatchRow row)
    {
        if (row.HasTx)
        {
            if (_txs.Length < _rows.Length)
            {
                Array.Resize(ref _txs, _rows.Length);
            }

            _txs[at] = transfer.Tx!.Value;
        }

        if (row.IsWide)
        {
            if (_wide.Length < _rows.Length)
            {
                Array.Resize(ref _wide, _rows.Length);
            }

            _wide[at] = transfer.Value;
        }
    }

    private void Grow()
    {
        int count = Math.Min(CountMax, 4 * _rows.Length);
        Array.Resize(ref _rows, count);
        Array.Resize(ref _payers, count * _rowSize);
        Array.Resize(ref _payees, count * _rowSize);
    }
}

/// <summary>A plain transfer in a batch, without its addresses.</summary>
internal struct BatchRow
{
    public long Block;

    public long Time;

    public ulong Value;

    public int Index;

    public int Asset;

    public int File;

    public int Line;

    public bool IsInternal;

    public bool HasTx;

    public bool IsWide;
}
