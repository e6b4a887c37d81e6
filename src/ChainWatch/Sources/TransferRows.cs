using ChainWatch.Graph;

namespace ChainWatch.Sources;

/// <summary>Turns the rows of one file into transfers, which go to the sink, and parts of UTXO transactions, which are gathered.</summary>
internal sealed class TransferRows(int fileIndex, FileTally tally, ITransferSink sink, UtxoGatherer utxo)
{
    private readonly FieldReader _read = new(tally.Name);
    private readonly TransferGraphBuilder? _builder = sink as TransferGraphBuilder;
    private readonly byte[] _payer = new byte[EvmTransfer.AddressLength];
    private readonly byte[] _payee = new byte[EvmTransfer.AddressLength];

    /// <summary>Takes one row.</summary>
    /// <exception cref="ChainWatchException">A field is not what the format says.</exception>
    public void Add(in TransferFields row, int line)
    {
        _read.Line = line;
        tally.Rows++;
        Chain chain = _read.Chain(row.Chain);
        ChainPosition position = new(chain, _read.Block(row.Block), _read.Index(row.Position));
        DateTimeOffset? time = _read.Time(row.Time);
        TxId? tx = _read.Tx(row.Tx);
        ref readonly Asset asset = ref _read.Asset(row.Asset, chain);
        Amount value = _read.Value(row.Value);
        OutPoint? outPoint = _read.OutPoint(row.OutPoint);
        if (row.From.IsEmpty || row.To.IsEmpty)
        {
            AddPart(row, position, time, tx, asset, value, outPoint);
        }
        else if (_builder is not null && FieldReader.TryReadPayload(row.From, _payer) && FieldReader.TryReadPayload(row.To, _payee) && chain.IsEvm)
        {
            _builder.Add(new EvmTransfer { Position = position, From = _payer, To = _payee, Value = value, Tx = tx, Time = time }, asset, _read.Origin);
        }
        else
        {
            AddTransfer(row, position, time, tx, asset, value);
        }
    }

    private void AddTransfer(in TransferFields row, in ChainPosition position, in DateTimeOffset? time, in TxId? tx, in Asset asset, in Amount value) =>
        sink.Add(new Transfer(position, Plain(row.From, position.Chain, "from"), Plain(row.To, position.Chain, "to"), asset, value, tx, time), _read.Origin);

    private void AddPart(in TransferFields row, in ChainPosition position, in DateTimeOffset? time, in TxId? tx, in Asset asset, in Amount value, in OutPoint? outPoint)
    {
        if (row.From.IsEmpty && row.To.IsEmpty)
        {
            throw _read.Error("from", "is empty, as is to; expected an address in at least one of them");
        }

        bool isInput = row.To.IsEmpty;
        if (!isInput && tx is not null && outPoint is OutPoint made && made.Tx != tx)
        {
            throw _read.Error("outpoint", $"'{made}' is not an output of the row's transaction {tx.Value.ToString(position.Chain)}");
        }

        Address? owner = isInput ? row.From is [(byte)'!'] ? null : Owner(row.From, (byte)'?', position.Chain, "from") : Owner(row.To, (byte)'!', position.Chain, "to");
        utxo.Add(new UtxoRow(isInput, owner, value, outPoint, fileIndex, _read.Line, isInput && row.From is [(byte)'!']), position, tx, time, asset, _read);
    }

    private Address Plain(ReadOnlySpan<byte> text, Chain chain, string field) => text is [(byte)'?'] or [(byte)'!']
        ? throw _read.Error(field, $"'{(char)text[0]}' stands only on a row of a UTXO transaction, whose other side is empty; expected an address")
        : _read.Address(text, chain, field);

    private Address? Owner(ReadOnlySpan<byte> text, byte nobody, Chain chain, string field) =>
        text.Length == 1 && text[0] == nobody ? null : _read.Address(text, chain, field);
}
