using System.Buffers.Binary;
using System.Text.Json;
using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Node;

/// <summary>
/// Reads <c>getblock HASH 3</c>. The block's bytes are put together again from the header's fields and the hexadecimal of each
/// transaction, and checked as any block's are. What the inputs spend is taken from the JSON on the node's word: the bytes of a
/// block do not tell it. It is only checked that it is told of the right outputs, and that nobody pays more than was spent.
/// </summary>
internal sealed class WholeBlockJson(TransactionMovements movements)
{
    private readonly MemoryStream _transactions = new();
    private readonly List<List<(OutPoint? OutPoint, SpentOutput Spent)>> _inputs = [];
    private readonly byte[] _header = new byte[BlockHeader.Length];
    private uint _headerFields;

    /// <summary>Reads and checks a block.</summary>
    /// <exception cref="BitcoinFormatException">It is not of this form, or not the block that was asked for.</exception>
    public static NodeBlock Read(ReadOnlySpan<byte> json, long height, string hash, TransactionHasher hasher, TransactionMovements movements) =>
        new WholeBlockJson(movements).ReadBlock(json, height, hash, hasher);

    private NodeBlock ReadBlock(ReadOnlySpan<byte> json, long height, string hash, TransactionHasher hasher)
    {
        Utf8JsonReader reader = new(json);
        reader.Read();
        NodeJson.Expect(ref reader, JsonTokenType.StartObject, "getblock", "an object");
        bool hasTransactions = false;
        while (NodeJson.NextField(ref reader, out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("tx"u8))
            {
                ReadTransactions(ref reader);
                hasTransactions = true;
            }
            else if (!ReadHeaderField(ref reader, name))
            {
                reader.Skip();
            }
        }

        // The first block of a chain has no previous one.
        const uint all = 0b111111, previous = 0b10;
        if ((_headerFields | (height == 0 ? previous : 0)) != all || !hasTransactions)
        {
            throw new BitcoinFormatException("a field of the block is missing; expected version, previousblockhash, merkleroot, time, bits, nonce and tx");
        }

        Span<byte> count = stackalloc byte[9];
        byte[] bytes = [.. _header, .. count[..WriteCount(count, _inputs.Count)], .. _transactions.GetBuffer().AsSpan(0, (int)_transactions.Length)];
        NodeBlock block = NodeBlock.Read(height, hash, bytes, hasher);
        if (block.Ids.Length != _inputs.Count)
        {
            throw new BitcoinFormatException($"{_inputs.Count} transactions came, and their bytes hold {block.Ids.Length}");
        }

        TakeSpent(block);
        return block;
    }

    private void TakeSpent(NodeBlock block)
    {
        BlockView view = new(block.Bytes);
        for (int i = 0; view.Read(out TransactionView transaction); i++)
        {
            if (i == 0)
            {
                continue;
            }

            List<(OutPoint? OutPoint, SpentOutput Spent)> inputs = _inputs[i];
            if (inputs.Count != transaction.InputCount)
            {
                throw new BitcoinFormatException($"transaction {block.Ids[i]}: 'vin' has {inputs.Count} inputs; expected {transaction.InputCount}");
            }

            SpentOutput[] spent = new SpentOutput[inputs.Count];
            Amount paid = Amount.Zero, received = Amount.Zero;
            bool areKnown = true;
            int n = 0;
            foreach (InputView input in transaction.Inputs)
            {
                if (inputs[n].OutPoint != input.OutPoint)
                {
                    throw new BitcoinFormatException($"transaction {block.Ids[i]}: input {n} of 'vin' is not that of its bytes");
                }

                spent[n] = inputs[n].Spent;
                areKnown &= spent[n].IsKnown;
                paid += spent[n++].Value;
            }

            foreach (OutputView output in transaction.Outputs)
            {
                received += Satoshis.Check(output.Value);
            }

            block.Spent[i] = areKnown && paid < received ? throw new BitcoinFormatException($"transaction {block.Ids[i]}: pays more than the 'prevout' of its inputs have") : spent;
        }
    }

    private bool ReadHeaderField(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("version"u8))
        {
            BinaryPrimitives.WriteInt32LittleEndian(_header, (int)NodeJson.Integer(ref reader, "version", int.MinValue, uint.MaxValue));
            _headerFields |= 1;
        }
        else if (name.SequenceEqual("previousblockhash"u8))
        {
            WriteHash(NodeJson.Hash(ref reader, "previousblockhash"), 4);
            _headerFields |= 0b10;
        }
        else if (name.SequenceEqual("merkleroot"u8))
        {
            WriteHash(NodeJson.Hash(ref reader, "merkleroot"), 36);
            _headerFields |= 0b100;
        }
        else if (name.SequenceEqual("time"u8))
        {
            BinaryPrimitives.WriteUInt32LittleEndian(_header.AsSpan(68), (uint)NodeJson.Integer(ref reader, "time", 0, uint.MaxValue));
            _headerFields |= 0b1000;
        }
        else if (name.SequenceEqual("bits"u8))
        {
            byte[] bits = NodeJson.Bytes(ref reader, "bits");
            BinaryPrimitives.WriteUInt32LittleEndian(_header.AsSpan(72), bits.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bits) : throw new BitcoinFormatException($"'bits' has {bits.Length} bytes; expected 4"));
            _headerFields |= 0b10000;
        }
        else if (name.SequenceEqual("nonce"u8))
        {
            BinaryPrimitives.WriteUInt32LittleEndian(_header.AsSpan(76), (uint)NodeJson.Integer(ref reader, "nonce", 0, uint.MaxValue));
            _headerFields |= 0b100000;
        }
        else
        {
            return false;
        }

        return true;
    }

    private void WriteHash(string text, int offset)
    {
        Span<byte> field = _header.AsSpan(offset, 32);
        Convert.FromHexString(text, field, out _, out _);
        field.Reverse();
    }

    private void ReadTransactions(ref Utf8JsonReader reader)
    {
        NodeJson.Expect(ref reader, JsonTokenType.StartArray, "tx", "an array");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            // Ids alone are the form of a node that does not know the number 3.
            NodeJson.Expect(ref reader, JsonTokenType.StartObject, "tx", "an array of objects");
            ReadTransaction(ref reader);
        }
    }

    private void ReadTransaction(ref Utf8JsonReader reader)
    {
        List<(OutPoint? OutPoint, SpentOutput Spent)>? inputs = null;
        bool hasBytes = false;
        while (NodeJson.NextField(ref reader, out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("hex"u8))
            {
                _transactions.Write(NodeJson.Bytes(ref reader, "hex"));
                hasBytes = true;
            }
            else if (name.SequenceEqual("vin"u8))
            {
                inputs = ReadInputs(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        _inputs.Add(hasBytes ? inputs ?? throw NodeJson.Missing("vin") : throw NodeJson.Missing("hex"));
    }

    private List<(OutPoint? OutPoint, SpentOutput Spent)> ReadInputs(ref Utf8JsonReader reader)
    {
        NodeJson.Expect(ref reader, JsonTokenType.StartArray, "vin", "an array");
        List<(OutPoint?, SpentOutput)> inputs = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            NodeJson.Expect(ref reader, JsonTokenType.StartObject, "vin", "an array of objects");
            TxId? tx = null;
            long index = -1;
            SpentOutput spent = default;
            while (NodeJson.NextField(ref reader, out ReadOnlySpan<byte> name))
            {
                if (name.SequenceEqual("txid"u8))
                {
                    tx = TxId.Parse(NodeJson.Hash(ref reader, "txid"));
                }
                else if (name.SequenceEqual("vout"u8))
                {
                    index = NodeJson.Integer(ref reader, "vout", 0, uint.MaxValue);
                }
                else if (name.SequenceEqual("prevout"u8))
                {
                    spent = ReadPrevious(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }

            inputs.Add((tx is TxId id && index is >= 0 and <= int.MaxValue ? new OutPoint(id, (int)index) : null, spent));
        }

        return inputs;
    }

    private SpentOutput ReadPrevious(ref Utf8JsonReader reader)
    {
        NodeJson.Expect(ref reader, JsonTokenType.StartObject, "prevout", "an object");
        ulong? value = null;
        byte[]? script = null;
        while (NodeJson.NextField(ref reader, out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("value"u8))
            {
                value = NodeJson.Satoshis(ref reader, "prevout.value");
            }
            else if (name.SequenceEqual("scriptPubKey"u8))
            {
                NodeJson.Expect(ref reader, JsonTokenType.StartObject, "prevout.scriptPubKey", "an object");
                while (NodeJson.NextField(ref reader, out ReadOnlySpan<byte> inner))
                {
                    if (inner.SequenceEqual("hex"u8))
                    {
                        script = NodeJson.Bytes(ref reader, "prevout.scriptPubKey.hex");
                    }
                    else
                    {
                        reader.Skip();
                    }
                }
            }
            else
            {
                reader.Skip();
            }
        }

        return movements.Spent(value ?? throw NodeJson.Missing("prevout.value"), script ?? throw NodeJson.Missing("prevout.scriptPubKey.hex"));
    }

    private static int WriteCount(Span<byte> destination, int count)
    {
        switch (count)
        {
            case < 0xfd:
                destination[0] = (byte)count;
                return 1;
            case <= ushort.MaxValue:
                destination[0] = 0xfd;
                BinaryPrimitives.WriteUInt16LittleEndian(destination[1..], (ushort)count);
                return 3;
            default:
                destination[0] = 0xfe;
                BinaryPrimitives.WriteUInt32LittleEndian(destination[1..], (uint)count);
                return 5;
        }
    }
}
