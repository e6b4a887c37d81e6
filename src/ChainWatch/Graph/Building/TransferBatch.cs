using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ChainWatch.Sources;

namespace ChainWatch.Graph.Building;

/// <summary>Plain transfers of one chain, their addresses as rows: what one thread hands to another.</summary>
internal sealed class TransferBatch(Chain chain)
{
    /// <summary>The most transfers.</summary>
    public const int CountMax = 2048;

    private const int CountAtFirst = 16;

    private readonly bool _isEvm = chain.IsEvm;
    private readonly int _rowSize = AddressTable.RowSizeOf(chain);
    private readonly List<int> _strays = [];
    private int _capacity = CountAtFirst;

    /// <summary>How many transfers.</summary>
    public int Count { get; private set; }

    /// <summary>True where no further transfer fits.</summary>
    public bool IsFull => Count == CountMax;

    /// <summary>Who paid, as rows.</summary>
    public byte[] Payers { get; private set; } = new byte[CountAtFirst * AddressTable.RowSizeOf(chain)];

    /// <summary>Who was paid, as rows.</summary>
    public byte[] Payees { get; private set; } = new byte[CountAtFirst * AddressTable.RowSizeOf(chain)];

    /// <summary>Payers kept as text: their rows say nothing.</summary>
    public List<(int Row, Address Address)> PayerTexts { get; } = [];

    /// <summary>Payees kept as text.</summary>
    public List<(int Row, Address Address)> PayeeTexts { get; } = [];

    /// <summary>The transfers without payer and payee.</summary>
    public BuildRow[] Rows { get; private set; } = new BuildRow[CountAtFirst];

    /// <summary>The transfers that come before others, which were added earlier; ascending.</summary>
    public ReadOnlySpan<int> Strays => CollectionsMarshal.AsSpan(_strays);

    /// <summary>How many stages the batch is still to go through.</summary>
    public int StagesLeft { get; set; }

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

        Write(transfer.From, Payers, PayerTexts);
        Write(transfer.To, Payees, PayeeTexts);
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

        transfer.From.CopyTo(Payers.AsSpan(Count * EvmRow.Size, EvmRow.Size));
        transfer.To.CopyTo(Payees.AsSpan(Count * EvmRow.Size, EvmRow.Size));
        Write(transfer.Position, transfer.Time, transfer.Tx, transfer.Value, asset, file, line, isInternal: false);
    }

    /// <summary>Says that the last transfer comes before others.</summary>
    public void MarkStray() => _strays.Add(Count - 1);

    /// <summary>Forgets the transfers.</summary>
    public void Clear()
    {
        Count = 0;
        PayerTexts.Clear();
        PayeeTexts.Clear();
        _strays.Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Write(in ChainPosition position, in DateTimeOffset? time, in TxId? tx, in Amount value, int asset, int file, int line, bool isInternal)
    {
        ref BuildRow row = ref Rows[Count];
        row.Block = position.Block;
        row.Index = position.Index ?? -1;
        row.Time = time is DateTimeOffset told ? told.UtcTicks + 1 : 0;
        row.Asset = asset;
        row.Multi = -1;
        row.File = file;
        row.Line = line;
        row.IsInternal = isInternal;
        row.HasTx = tx is not null;
        row.Tx = tx.GetValueOrDefault();
        row.Value = value;
        Count++;
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
        (byte[] payers, byte[] payees) = (Payers, Payees);
        Array.Resize(ref payers, _capacity * _rowSize);
        Array.Resize(ref payees, _capacity * _rowSize);
        (Payers, Payees) = (payers, payees);
        BuildRow[] rows = Rows;
        Array.Resize(ref rows, _capacity);
        Rows = rows;
    }
}
