using System.Text.Json;
using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Esplora;

/// <summary>
/// Reads a transaction, writes it as Bitcoin does, and checks that its id is the hash of that: nothing of it is then on the
/// endpoint's word but its block, and what its inputs spend.
/// </summary>
internal static class TransactionJson
{
    public static EsploraTransaction Read(ref Utf8JsonReader reader)
    {
        TxId? id = null;
        long? version = null;
        long? lockTime = null;
        List<Input>? inputs = null;
        List<PreviousOutput>? outputs = null;
        ToldBlock? block = null;
        bool hasStatus = false;
        JsonReading.Enter(ref reader, "a transaction");
        while (JsonReading.Next(ref reader, out string name))
        {
            switch (name)
            {
                case "txid":
                    id = JsonReading.Id(ref reader, name);
                    break;
                case "version":
                    // Signed on some servers and unsigned on others: the same 32 bits.
                    version = JsonReading.Whole(ref reader, name, int.MinValue, uint.MaxValue);
                    break;
                case "locktime":
                    lockTime = JsonReading.Whole(ref reader, name, 0, uint.MaxValue);
                    break;
                case "vin":
                    inputs = JsonReading.List(ref reader, name, ReadInput);
                    break;
                case "vout":
                    outputs = JsonReading.List(ref reader, name, ReadOutput);
                    break;
                case "status":
                    block = ReadStatus(ref reader);
                    hasStatus = true;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        byte[] bytes = Write((uint)(version ?? throw JsonReading.Missing("version")), inputs ?? throw JsonReading.Missing("vin"), outputs ?? throw JsonReading.Missing("vout"), (uint)(lockTime ?? throw JsonReading.Missing("locktime")));
        int offset = 0;
        TxId told = id ?? throw JsonReading.Missing("txid");
        TxId real = TransactionView.Read(bytes, ref offset).ComputeId();
        return !hasStatus ? throw JsonReading.Missing("status")
            : real == told ? new EsploraTransaction(told, bytes, [.. inputs.Select(i => i.Previous)], block)
            : throw new BitcoinFormatException($"what is told of transaction {told} has the id {real}");
    }

    private static byte[] Write(uint version, List<Input> inputs, List<PreviousOutput> outputs, uint lockTime)
    {
        TransactionBytes bytes = new TransactionBytes().Number(version).Count(inputs.Count);
        foreach (Input input in inputs)
        {
            bytes.Id(input.Tx).Number(input.Index).Script(input.Script).Number(input.Sequence);
        }

        bytes.Count(outputs.Count);
        foreach (PreviousOutput output in outputs)
        {
            bytes.Number(output.Value).Script(output.Script);
        }

        return bytes.Number(lockTime).ToArray();
    }

    private static Input ReadInput(ref Utf8JsonReader reader)
    {
        TxId? tx = null;
        long? index = null;
        byte[]? script = null;
        long? sequence = null;
        PreviousOutput? previous = null;
        JsonReading.Enter(ref reader, "vin");
        while (JsonReading.Next(ref reader, out string name))
        {
            switch (name)
            {
                case "txid":
                    tx = JsonReading.Id(ref reader, "vin.txid");
                    break;
                case "vout":
                    index = JsonReading.Whole(ref reader, "vin.vout", 0, uint.MaxValue);
                    break;
                case "scriptsig":
                    script = JsonReading.Bytes(ref reader, name);
                    break;
                case "sequence":
                    sequence = JsonReading.Whole(ref reader, name, 0, uint.MaxValue);
                    break;
                case "prevout":
                    previous = reader.TokenType == JsonTokenType.Null ? null : ReadOutput(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new Input(tx ?? throw JsonReading.Missing("vin.txid"), (uint)(index ?? throw JsonReading.Missing("vin.vout")), script ?? throw JsonReading.Missing("scriptsig"), (uint)(sequence ?? throw JsonReading.Missing("sequence")), previous);
    }

    private static PreviousOutput ReadOutput(ref Utf8JsonReader reader)
    {
        long? value = null;
        byte[]? script = null;
        JsonReading.Enter(ref reader, "an output");
        while (JsonReading.Next(ref reader, out string name))
        {
            switch (name)
            {
                case "value":
                    value = JsonReading.Whole(ref reader, name, 0, (long)Satoshis.Max);
                    break;
                case "scriptpubkey":
                    script = JsonReading.Bytes(ref reader, name);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new PreviousOutput((ulong)(value ?? throw JsonReading.Missing("value")), script ?? throw JsonReading.Missing("scriptpubkey"));
    }

    private static ToldBlock? ReadStatus(ref Utf8JsonReader reader)
    {
        bool? confirmed = null;
        long? height = null;
        TxId? hash = null;
        JsonReading.Enter(ref reader, "status");
        while (JsonReading.Next(ref reader, out string name))
        {
            if (reader.TokenType == JsonTokenType.Null)
            {
                continue;
            }

            switch (name)
            {
                case "confirmed":
                    confirmed = JsonReading.Flag(ref reader, name);
                    break;
                case "block_height":
                    height = JsonReading.Whole(ref reader, name, 0, int.MaxValue);
                    break;
                case "block_hash":
                    hash = JsonReading.Id(ref reader, name);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return !(confirmed ?? throw JsonReading.Missing("status.confirmed"))
            ? null
            : new ToldBlock(height ?? throw JsonReading.Missing("block_height"), (hash ?? throw JsonReading.Missing("block_hash")).ToString());
    }

    private readonly record struct Input(TxId Tx, uint Index, byte[] Script, uint Sequence, PreviousOutput? Previous);
}
