namespace ChainWatch.Sources;

/// <summary>Reads back what <see cref="RowWriter"/> wrote.</summary>
/// <param name="input">The bytes; it stays open.</param>
/// <param name="chain">The chain of all rows.</param>
/// <param name="name">The file, for messages and as the origin of rows that were supplied.</param>
internal sealed class RowReader(Stream input, Chain chain, string name) : IDisposable
{
    private const int KindBits = 0xF0;
    private const int CountMax = 1 << 24;
    private readonly BinaryReader _reader = new(input, System.Text.Encoding.UTF8, leaveOpen: true);
    private readonly byte[] _bytes = new byte[32];

    /// <summary>Sends the rows to the sink, up to their end.</summary>
    /// <returns>How many transfers and movements.</returns>
    /// <exception cref="ChainWatchException">The bytes are no such rows.</exception>
    public long ReadTo(ITransferSink sink, CancellationToken cancellationToken)
    {
        try
        {
            for (long count = 0; ; count++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int mark = _reader.ReadByte();
                switch (mark & KindBits)
                {
                    case RowWriter.TransferMark:
                        sink.Add(ReadTransfer(mark), OriginOf(mark));
                        break;
                    case RowWriter.MovementMark:
                        sink.Add(ReadMovement(mark), OriginOf(mark));
                        break;
                    case RowWriter.ContractMark:
                        sink.AddContract(ReadAddress() ?? throw Malformed("a contract without an address"));
                        count--;
                        break;
                    case RowWriter.EndMark:
                        return count;
                    default:
                        throw Malformed($"a row begins with {mark}");
                }
            }
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or ArgumentException)
        {
            throw new ChainWatchException($"{name}: the rows of {chain} end in the middle or are malformed", e);
        }
    }

    public void Dispose() => _reader.Dispose();

    private RowOrigin OriginOf(int mark) => (mark & RowWriter.IsSupplied) != 0 ? new RowOrigin(name, 0) : default;

    private Transfer ReadTransfer(int mark)
    {
        (ChainPosition position, DateTimeOffset? time, TxId? tx, Asset asset) = ReadStart(mark);
        Address from = ReadAddress() ?? throw Malformed("a transfer without a payer");
        Address to = ReadAddress() ?? throw Malformed("a transfer without a payee");
        return new Transfer(position, from, to, asset, ReadAmount(), tx, time, (mark & RowWriter.IsInternal) != 0);
    }

    private Movement ReadMovement(int mark)
    {
        (ChainPosition position, DateTimeOffset? time, TxId? tx, Asset asset) = ReadStart(mark);
        MovementInput[] inputs = new MovementInput[ReadCount()];
        for (int i = 0; i < inputs.Length; i++)
        {
            AddressKind kind = (AddressKind)_reader.ReadByte();
            bool isWithoutAddress = (byte)kind == RowWriter.WithoutAddress;
            inputs[i] = new MovementInput(isWithoutAddress ? null : ReadAddress(kind), ReadAmount(), ReadOutPoint(), isWithoutAddress);
        }

        MovementOutput[] outputs = new MovementOutput[ReadCount()];
        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = new MovementOutput(ReadAddress(), ReadAmount(), ReadOutPoint());
        }

        return new Movement { Position = position, Asset = asset, Tx = tx, Time = time, Inputs = inputs, Outputs = outputs };
    }

    private (ChainPosition Position, DateTimeOffset? Time, TxId? Tx, Asset Asset) ReadStart(int mark)
    {
        long block = _reader.Read7BitEncodedInt64();
        int index = _reader.Read7BitEncodedInt() - 1;
        long ticks = _reader.Read7BitEncodedInt64();
        TxId? tx = (mark & RowWriter.HasTx) != 0 ? ReadTx() : null;
        Asset asset = (mark & RowWriter.IsToken) != 0 ? Asset.Token(ReadAddress() ?? throw Malformed("a token without a contract")) : Asset.Native(chain);
        return (new ChainPosition(chain, block, index < 0 ? null : index), ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero), tx, asset);
    }

    private int ReadCount() => _reader.Read7BitEncodedInt() is >= 0 and <= CountMax and int count ? count : throw Malformed("a movement's count of inputs or outputs");

    private OutPoint? ReadOutPoint() => _reader.ReadBoolean() ? new OutPoint(ReadTx(), _reader.Read7BitEncodedInt()) : null;

    private TxId ReadTx()
    {
        _reader.BaseStream.ReadExactly(_bytes);
        return TxId.FromBytes(_bytes);
    }

    private Address? ReadAddress() => ReadAddress((AddressKind)_reader.ReadByte());

    private Address? ReadAddress(AddressKind kind)
    {
        switch (kind)
        {
            case AddressKind.None:
                return null;
            case AddressKind.Text:
                return Address.Parse(_reader.ReadString(), chain);
            default:
                Span<byte> payload = _bytes.AsSpan(0, kind is AddressKind.P2Wsh or AddressKind.P2Tr ? 32 : 20);
                _reader.BaseStream.ReadExactly(payload);
                return Address.FromPayload(chain, kind, payload);
        }
    }

    private Amount ReadAmount()
    {
        int length = _reader.ReadByte();
        if (length > _bytes.Length)
        {
            throw Malformed($"an amount of {length} bytes");
        }

        _reader.BaseStream.ReadExactly(_bytes.AsSpan(0, length));
        return Amount.FromBigEndian(_bytes.AsSpan(0, length));
    }

    private ChainWatchException Malformed(string what) => new($"{name}: {what}: not a row of {chain}");
}
