using ChainWatch.Text;

namespace ChainWatch.Sources;

/// <summary>
/// The transactions CSV of ethereum-etl, columns as they come. A transaction that failed moves nothing; one without
/// <c>to_address</c> creates a contract, which gets its value.
/// </summary>
/// <remarks>Source: ethereum-etl's documentation of its export schema (transactions.csv, receipts.csv).</remarks>
internal sealed class EtlTransactions(FileTally tally, ITransferSink sink)
{
    public const string Kind = "ethereum-etl-transactions";
    private const string Columns = "hash,block_number,transaction_index,from_address,to_address,value of ethereum-etl's transactions";
    private static readonly Chain Chain = ChainWatch.Chain.Ethereum;
    private static readonly Asset Ether = Asset.Native(Chain);
    private readonly FieldReader _read = new(tally.Name);
    private long _failed;
    private long _withoutStatus;
    private long _creationsWithoutAddress;

    /// <summary>True where the header is one of ethereum-etl's and not ours.</summary>
    public static bool Recognises(CsvTable table) => table.Has("from_address") && table.Has("block_number") && !table.Has("from");

    public void Read(CsvTable table, CancellationToken cancellationToken)
    {
        tally.Kind = Kind;
        int hash = table.Required("hash", Columns);
        int block = table.Required("block_number", Columns);
        int index = table.Required("transaction_index", Columns);
        int from = table.Required("from_address", Columns);
        int to = table.Required("to_address", Columns);
        int value = table.Required("value", Columns);
        int time = table.Optional("block_timestamp");
        int status = table.Optional("receipt_status");
        int created = table.Optional("receipt_contract_address");
        while (table.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            _read.Line = table.Line;
            tally.Rows++;
            ChainPosition position = new(Chain, _read.Block(table[block], "block_number"), _read.Index(table[index], "transaction_index"));
            Transfer transfer = new(
                position,
                _read.Address(table[from], Chain, "from_address"),
                default,
                Ether,
                _read.Value(table[value]),
                _read.Tx(table[hash], "hash"),
                Time(table[time]));
            ReadOnlySpan<byte> toText = table[to].IsEmpty ? table[created] : table[to];
            Address? target = toText.IsEmpty ? null : _read.Address(toText, Chain, table[to].IsEmpty ? "receipt_contract_address" : "to_address");
            if (Succeeded(table[status]))
            {
                Send(transfer, target);
            }
        }

        AddNotes(hasStatus: status >= 0);
    }

    private void Send(in Transfer transfer, Address? target)
    {
        if (target is Address to)
        {
            sink.Add(transfer with { To = to }, _read.Origin);
            return;
        }

        _creationsWithoutAddress++;
        Movement creation = new()
        {
            Position = transfer.Position,
            Asset = transfer.Asset,
            Tx = transfer.Tx,
            Time = transfer.Time,
            Inputs = [new MovementInput(transfer.From, transfer.Value)],
            Outputs = [new MovementOutput(null, transfer.Value)],
        };
        sink.Add(creation, _read.Origin);
    }

    private bool Succeeded(ReadOnlySpan<byte> status)
    {
        if (status.IsEmpty)
        {
            _withoutStatus++;
            return true;
        }

        bool failed = status is [(byte)'0'];
        _failed += failed ? 1 : 0;
        return failed || status is [(byte)'1']
            ? !failed
            : throw _read.Error("receipt_status", $"{Found.Quote(status)} is not a status; expected 1 (succeeded), 0 (failed) or nothing");
    }

    // CSV exports give seconds of Unix time, dumps of database tables a date.
    private DateTimeOffset? Time(ReadOnlySpan<byte> text) =>
        System.Buffers.Text.Utf8Parser.TryParse(text, out uint seconds, out int read) && read == text.Length
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : _read.Time(text, "block_timestamp");

    private void AddNotes(bool hasStatus)
    {
        tally.Notes.Add("transactions alone: transfers of tokens and transfers inside transactions are not in such a file");
        tally.Note(_failed, "failed transaction, which moved nothing", "failed transactions, which moved nothing");
        tally.Note(
            _creationsWithoutAddress,
            "contract creation whose contract's address the file does not give: its value goes to an output without an address",
            "contract creations whose contract's address the file does not give: their value goes to an output without an address");
        if (!hasStatus)
        {
            tally.Notes.Add("no column receipt_status: failed transactions cannot be told apart and count as transfers");
        }
        else
        {
            tally.Note(
                _withoutStatus,
                "transaction with an empty receipt_status: whether it failed cannot be told, and it counts as a transfer",
                "transactions with an empty receipt_status: whether they failed cannot be told, and they count as transfers");
        }
    }
}
