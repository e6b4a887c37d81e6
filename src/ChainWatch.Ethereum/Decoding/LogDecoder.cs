using System.Runtime.InteropServices;

namespace ChainWatch.Ethereum.Decoding;

/// <summary>Reads events: the answer of <c>eth_getLogs</c>, and those in receipts.</summary>
internal static class LogDecoder
{
    /// <summary>Bytes of a log, at least: address, one topic, and the hashes of block and transaction.</summary>
    public const int BytesMin = 400;

    private const int Contract = 0, Topics = 1, Data = 2, BlockNumber = 3, BlockHash = 4, TransactionHash = 5, TransactionIndex = 6, LogIndex = 7, Removed = 8;
    private const int Required = (1 << Removed) - 1; // all but the last: a log of a pending block has neither block nor index

    private static readonly byte[][] Names =
    [
        [.. "address"u8], [.. "topics"u8], [.. "data"u8], [.. "blockNumber"u8], [.. "blockHash"u8], [.. "transactionHash"u8], [.. "transactionIndex"u8], [.. "logIndex"u8], [.. "removed"u8],
    ];

    /// <summary>Reads an array of logs and nothing after it.</summary>
    /// <exception cref="EthereumFormatException">It is none.</exception>
    public static void Decode(ReadOnlySpan<byte> json, List<LogRow> rows)
    {
        // Room for all of them at once.
        rows.EnsureCapacity(rows.Count + (json.Length / BytesMin));
        JsonScanner scanner = new(json);
        DecodeArray(ref scanner, rows);
        scanner.End();
    }

    /// <summary>Reads an array of logs.</summary>
    public static void DecodeArray(ref JsonScanner scanner, List<LogRow> rows)
    {
        Repeats repeats = new(new PropertyOrder());
        DecodeArray(ref scanner, rows, ref repeats);
    }

    /// <summary>Reads an array of logs, after others of the same answer.</summary>
    public static void DecodeArray(ref JsonScanner scanner, List<LogRow> rows, ref Repeats repeats)
    {
        scanner.StartArray();
        for (bool isFirst = true; scanner.NextItem(ref isFirst);)
        {
            // In its place, since a row is large.
            CollectionsMarshal.SetCount(rows, rows.Count + 1);
            ref LogRow row = ref CollectionsMarshal.AsSpan(rows)[^1];
            row = default;
            DecodeOne(ref scanner, ref row, ref repeats);
        }
    }

    private static void DecodeOne(ref JsonScanner scanner, ref LogRow row, ref Repeats repeats)
    {
        int seen = 0;
        scanner.StartObject();
        for (int place = 0; scanner.NextProperty(ref place, repeats.Order, Names, out int property);)
        {
            switch (property)
            {
                case Contract:
                    row.Contract = scanner.ReadAddress("address");
                    break;
                case Topics:
                    DecodeTopics(ref scanner, ref row, ref repeats);
                    break;
                case Data:
                    DecodeData(scanner.ReadString(), ref row);
                    break;
                case BlockNumber:
                    row.Block = scanner.ReadLong("blockNumber");
                    break;
                case BlockHash:
                    row.BlockHash = scanner.ReadHash(ref repeats.BlockHash, "blockHash");
                    break;
                case TransactionHash:
                    row.Tx = scanner.ReadHash(ref repeats.Tx, "transactionHash");
                    break;
                case TransactionIndex:
                    row.TxIndex = scanner.ReadInt("transactionIndex");
                    break;
                case LogIndex:
                    row.LogIndex = scanner.ReadInt("logIndex");
                    break;
                case Removed:
                    row.IsRemoved = scanner.ReadBoolean("removed");
                    break;
                default:
                    scanner.Skip();
                    continue;
            }

            seen |= 1 << property;
        }

        if ((seen & Required) != Required)
        {
            throw scanner.Malformed("a log with all of its fields, from address to logIndex");
        }
    }

    private static void DecodeTopics(ref JsonScanner scanner, ref LogRow row, ref Repeats repeats)
    {
        scanner.StartArray();
        for (bool isFirst = true; scanner.NextItem(ref isFirst);)
        {
            // What happened is mostly the same as before: a transfer of a token.
            TxId topic = row.TopicCount == 0 ? scanner.ReadHash(ref repeats.Event, "topics") : scanner.ReadHash("topics");
            switch (row.TopicCount++)
            {
                case 0: row.Topic0 = topic; break;
                case 1: row.Topic1 = topic; break;
                case 2: row.Topic2 = topic; break;
                case 3: row.Topic3 = topic; break;
                default: throw scanner.Malformed("at most 4 topics");
            }
        }
    }

    private static void DecodeData(ReadOnlySpan<byte> text, ref LogRow row)
    {
        row.DataLength = Hex.LengthOf(text, "data");
        if (row.DataLength == 32)
        {
            Span<byte> word = stackalloc byte[32];
            Hex.ReadBytes(text, word, "data");
            row.Data = Amount.FromBigEndian(word);
        }
    }

    /// <summary>What the events of one answer share.</summary>
    /// <param name="order">The order of their properties.</param>
    internal struct Repeats(PropertyOrder order)
    {
        public readonly PropertyOrder Order => order;

        public RepeatedHash BlockHash;
        public RepeatedHash Tx;
        public RepeatedHash Event;
    }
}
