namespace ChainWatch.Sources;

/// <summary>
/// Writes what a source yields as bytes, all of one chain: the form in which the state of a collection keeps it.
/// <see cref="RowReader"/> reads it back. Layout in docs/formats.md.
/// </summary>
internal sealed class RowWriter(Stream output, Chain chain) : ITransferSink, IDisposable
{
    /// <summary>The marks that begin a row, and the bits of a transfer's mark.</summary>
    internal const byte TransferMark = 0x10, MovementMark = 0x20, ContractMark = 0x30, EndMark = 0x40;

    /// <summary>In place of an address's kind: a spent output that is known and has no address.</summary>
    internal const byte WithoutAddress = 0xFF;
    internal const byte IsInternal = 1, IsSupplied = 2, HasTx = 4, IsToken = 8;

    private readonly BinaryWriter _writer = new(output, System.Text.Encoding.UTF8, leaveOpen: true);
    private readonly byte[] _bytes = new byte[32];

    /// <summary>Transfers and movements written.</summary>
    public long Count { get; private set; }

    /// <inheritdoc/>
    public void Add(in Transfer transfer, RowOrigin origin = default)
    {
        WriteMark(TransferMark, transfer.Position, transfer.Tx, transfer.Asset, transfer.Time, (transfer.IsInternal ? IsInternal : 0) | (origin.File is null ? 0 : IsSupplied));
        Write(transfer.From);
        Write(transfer.To);
        Write(transfer.Value);
        Count++;
    }

    /// <inheritdoc/>
    public void Add(Movement movement, RowOrigin origin = default)
    {
        WriteMark(MovementMark, movement.Position, movement.Tx, movement.Asset, movement.Time, origin.File is null ? 0 : IsSupplied);
        _writer.Write7BitEncodedInt(movement.Inputs.Count);
        foreach (MovementInput input in movement.Inputs)
        {
            WriteOwner(input.Owner, input.IsWithoutAddress);
            Write(input.Value, input.OutPoint);
        }

        _writer.Write7BitEncodedInt(movement.Outputs.Count);
        foreach (MovementOutput output in movement.Outputs)
        {
            WriteOwner(output.Owner, isWithoutAddress: false);
            Write(output.Value, output.OutPoint);
        }

        Count++;
    }

    /// <inheritdoc/>
    public void AddContract(Address contract)
    {
        _writer.Write(ContractMark);
        Write(contract);
    }

    /// <summary>Ends the rows.</summary>
    public void Dispose()
    {
        _writer.Write(EndMark);
        _writer.Dispose();
    }

    private void WriteMark(byte mark, ChainPosition position, TxId? tx, Asset asset, DateTimeOffset? time, int bits)
    {
        if (position.Chain != chain)
        {
            throw new ChainWatchException($"a transfer of {position.Chain} among those of {chain}");
        }

        _writer.Write((byte)(mark | bits | (tx is null ? 0 : HasTx) | (asset.IsNative ? 0 : IsToken)));
        _writer.Write7BitEncodedInt64(position.Block);
        _writer.Write7BitEncodedInt((position.Index ?? -1) + 1);
        _writer.Write7BitEncodedInt64(time?.UtcTicks ?? 0);
        if (tx is TxId id)
        {
            id.CopyBytes(_bytes);
            _writer.Write(_bytes);
        }

        if (asset.Contract is Address contract)
        {
            Write(contract);
        }
    }

    private void WriteOwner(Address? owner, bool isWithoutAddress)
    {
        if (isWithoutAddress)
        {
            _writer.Write(WithoutAddress);
        }
        else
        {
            Write(owner ?? default);
        }
    }

    private void Write(Amount value, OutPoint? outPoint)
    {
        Write(value);
        _writer.Write(outPoint is not null);
        if (outPoint is OutPoint point)
        {
            point.Tx.CopyBytes(_bytes);
            _writer.Write(_bytes);
            _writer.Write7BitEncodedInt(point.Index);
        }
    }

    private void Write(Address address)
    {
        _writer.Write((byte)address.Kind);
        if (address.Kind == AddressKind.Text)
        {
            _writer.Write(address.ToCanonicalString());
        }
        else if (address.Kind != AddressKind.None)
        {
            Span<byte> payload = _bytes.AsSpan(0, address.PayloadLength);
            address.CopyPayload(payload);
            _writer.Write(payload);
        }
    }

    private void Write(Amount value)
    {
        value.CopyBigEndian(_bytes);
        int first = _bytes.AsSpan().IndexOfAnyExcept((byte)0);
        ReadOnlySpan<byte> digits = first < 0 ? [] : _bytes.AsSpan(first);
        _writer.Write((byte)digits.Length);
        _writer.Write(digits);
    }
}
