namespace ChainWatch.Ethereum.Decoding;

/// <summary>Reads events: the answer of <c>eth_getLogs</c>, and those in receipts.</summary>
internal static class LogDecoder
{
    /// <summary>Reads an array of logs and nothing after it.</summary>
    /// <exception cref="EthereumFormatException">It is none.</exception>
    public static void Decode(ReadOnlySpan<byte> json, List<LogRow> rows)
    {
        JsonScanner scanner = new(json);
        DecodeArray(ref scanner, rows);
        scanner.End();
    }

    /// <summary>Reads an array of logs.</summary>
    public static void DecodeArray(ref JsonScanner scanner, List<LogRow> rows)
    {
        scanner.StartArray();
        for (bool isFirst = true; scanner.NextItem(ref isFirst);)
        {
            rows.Add(DecodeOne(ref scanner));
        }
    }

    private static LogRow DecodeOne(ref JsonScanner scanner)
    {
        LogRow row = default;
        bool hasContract = false;
        bool hasTopics = false;
        bool hasData = false;
        bool hasTx = false;
        scanner.StartObject();
        for (bool isFirst = true; scanner.NextProperty(ref isFirst, out ReadOnlySpan<byte> name);)
        {
            switch (name.Length)
            {
                case 7 when name.SequenceEqual("address"u8):
                    row.Contract = Hex.ReadAddress(scanner.ReadString(), "address");
                    hasContract = true;
                    break;
                case 6 when name.SequenceEqual("topics"u8):
                    DecodeTopics(ref scanner, ref row);
                    hasTopics = true;
                    break;
                case 4 when name.SequenceEqual("data"u8):
                    DecodeData(scanner.ReadString(), ref row);
                    hasData = true;
                    break;
                case 11 when name.SequenceEqual("blockNumber"u8):
                    row.Block = Hex.ReadLong(scanner.ReadString(), "blockNumber");
                    break;
                case 9 when name.SequenceEqual("blockHash"u8):
                    row.BlockHash = Hex.ReadHash(scanner.ReadString(), "blockHash");
                    break;
                case 15 when name.SequenceEqual("transactionHash"u8):
                    row.Tx = Hex.ReadHash(scanner.ReadString(), "transactionHash");
                    hasTx = true;
                    break;
                case 16 when name.SequenceEqual("transactionIndex"u8):
                    row.TxIndex = (int)Hex.ReadLong(scanner.ReadString(), "transactionIndex");
                    break;
                case 8 when name.SequenceEqual("logIndex"u8):
                    row.LogIndex = (int)Hex.ReadLong(scanner.ReadString(), "logIndex");
                    break;
                case 7 when name.SequenceEqual("removed"u8):
                    row.IsRemoved = scanner.ReadWord().SequenceEqual("true"u8);
                    break;
                default:
                    scanner.Skip();
                    break;
            }
        }

        return hasContract && hasTopics && hasData && hasTx ? row : throw scanner.Malformed("a log with address, topics, data and transactionHash");
    }

    private static void DecodeTopics(ref JsonScanner scanner, ref LogRow row)
    {
        scanner.StartArray();
        for (bool isFirst = true; scanner.NextItem(ref isFirst);)
        {
            TxId topic = Hex.ReadHash(scanner.ReadString(), "topics");
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
            row.Data = Hex.ReadAmount(text, "data");
        }
    }
}
