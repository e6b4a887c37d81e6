namespace ChainWatch.Ethereum.Decoding;

/// <summary>What became of a transaction.</summary>
internal struct ReceiptRow
{
    /// <summary>The transaction.</summary>
    public TxId Tx;

    /// <summary>Its index in the block.</summary>
    public int Index;

    /// <summary>The block's hash.</summary>
    public TxId BlockHash;

    /// <summary>The block's height.</summary>
    public long Block;

    /// <summary>Whether it succeeded; null before Byzantium, where receipts do not tell.</summary>
    public bool? Succeeded;

    /// <summary>The contract it created.</summary>
    public Bytes20? Created;

    /// <summary>Its events, from this one on.</summary>
    public int LogStart;

    /// <summary>Up to before this one.</summary>
    public int LogEnd;
}

/// <summary>Receipts with their events.</summary>
internal sealed class Receipts
{
    public List<ReceiptRow> Rows { get; } = [];

    public List<LogRow> Logs { get; } = [];
}

/// <summary>Reads receipts: the answers of <c>eth_getBlockReceipts</c> and <c>eth_getTransactionReceipt</c>.</summary>
internal static class ReceiptDecoder
{
    /// <summary>Reads an array of receipts and nothing after it.</summary>
    /// <exception cref="EthereumFormatException">It is none.</exception>
    public static Receipts Decode(ReadOnlySpan<byte> json)
    {
        Receipts receipts = new();
        JsonScanner scanner = new(json);
        scanner.StartArray();
        for (bool isFirst = true; scanner.NextItem(ref isFirst);)
        {
            DecodeOne(ref scanner, receipts);
        }

        scanner.End();
        return receipts;
    }

    /// <summary>Reads one receipt, and adds it.</summary>
    public static void DecodeOne(ReadOnlySpan<byte> json, Receipts receipts)
    {
        JsonScanner scanner = new(json);
        DecodeOne(ref scanner, receipts);
        scanner.End();
    }

    private static void DecodeOne(ref JsonScanner scanner, Receipts receipts)
    {
        ReceiptRow row = new() { LogStart = receipts.Logs.Count, Index = -1 };
        bool hasTx = false;
        bool hasLogs = false;
        scanner.StartObject();
        for (bool isFirst = true; scanner.NextProperty(ref isFirst, out ReadOnlySpan<byte> name);)
        {
            switch (name.Length)
            {
                case 15 when name.SequenceEqual("transactionHash"u8):
                    row.Tx = Hex.ReadHash(scanner.ReadString(), "transactionHash");
                    hasTx = true;
                    break;
                case 16 when name.SequenceEqual("transactionIndex"u8):
                    row.Index = (int)Hex.ReadLong(scanner.ReadString(), "transactionIndex");
                    break;
                case 9 when name.SequenceEqual("blockHash"u8):
                    row.BlockHash = Hex.ReadHash(scanner.ReadString(), "blockHash");
                    break;
                case 11 when name.SequenceEqual("blockNumber"u8):
                    row.Block = Hex.ReadLong(scanner.ReadString(), "blockNumber");
                    break;
                case 6 when name.SequenceEqual("status"u8):
                    // Null before Byzantium, with some nodes.
                    row.Succeeded = scanner.TryReadNull() ? null : Hex.ReadLong(scanner.ReadString(), "status") == 1;
                    break;
                case 15 when name.SequenceEqual("contractAddress"u8):
                    row.Created = scanner.TryReadNull() ? null : Hex.ReadAddress(scanner.ReadString(), "contractAddress");
                    break;
                case 4 when name.SequenceEqual("logs"u8):
                    LogDecoder.DecodeArray(ref scanner, receipts.Logs);
                    hasLogs = true;
                    break;
                default:
                    scanner.Skip();
                    break;
            }
        }

        if (!hasTx || !hasLogs || row.Index < 0)
        {
            throw scanner.Malformed("a receipt with transactionHash, transactionIndex and logs");
        }

        row.LogEnd = receipts.Logs.Count;
        receipts.Rows.Add(row);
    }
}
