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

/// <summary>Receipts with their events, whose list goes back to the pool when they are disposed.</summary>
internal sealed class Receipts : IDisposable
{
    private List<LogRow>? _logs = RowPool<LogRow>.Rent();
    private List<ReceiptRow>? _rows = RowPool<ReceiptRow>.Rent();

    public List<ReceiptRow> Rows => _rows ?? throw new ObjectDisposedException(nameof(Receipts));

    public List<LogRow> Logs => _logs ?? throw new ObjectDisposedException(nameof(Receipts));

    public void Dispose()
    {
        if (_logs is not null && _rows is not null)
        {
            RowPool<LogRow>.Return(_logs);
            RowPool<ReceiptRow>.Return(_rows);
            (_logs, _rows) = (null, null);
        }
    }
}

/// <summary>Reads receipts: the answers of <c>eth_getBlockReceipts</c> and <c>eth_getTransactionReceipt</c>.</summary>
internal static class ReceiptDecoder
{
    private const int TransactionHash = 0, TransactionIndex = 1, BlockHash = 2, BlockNumber = 3, Status = 4, ContractAddress = 5, Logs = 6;
    private const int Required = (1 << TransactionHash) | (1 << TransactionIndex) | (1 << BlockHash) | (1 << Logs);

    private static readonly byte[][] Names =
        [[.. "transactionHash"u8], [.. "transactionIndex"u8], [.. "blockHash"u8], [.. "blockNumber"u8], [.. "status"u8], [.. "contractAddress"u8], [.. "logs"u8]];

    /// <summary>Reads an array of receipts and nothing after it.</summary>
    /// <exception cref="EthereumFormatException">It is none.</exception>
    public static Receipts Decode(ReadOnlySpan<byte> json)
    {
        Receipts receipts = new();
        JsonScanner scanner = new(json);
        PropertyOrder order = new();
        LogDecoder.Repeats repeats = new(new PropertyOrder());
        scanner.StartArray();
        for (bool isFirst = true; scanner.NextItem(ref isFirst);)
        {
            DecodeOne(ref scanner, receipts, order, ref repeats);
        }

        scanner.End();
        return receipts;
    }

    /// <summary>Reads one receipt, and adds it.</summary>
    public static void DecodeOne(ReadOnlySpan<byte> json, Receipts receipts)
    {
        JsonScanner scanner = new(json);
        LogDecoder.Repeats repeats = new(new PropertyOrder());
        DecodeOne(ref scanner, receipts, new PropertyOrder(), ref repeats);
        scanner.End();
    }

    private static bool ReadStatus(long status) => status switch
    {
        0 => false,
        1 => true,
        _ => throw new EthereumFormatException("status: is neither 0x0 (failed) nor 0x1 (succeeded)"),
    };

    private static void DecodeOne(ref JsonScanner scanner, Receipts receipts, PropertyOrder order, ref LogDecoder.Repeats repeats)
    {
        ReceiptRow row = new() { LogStart = receipts.Logs.Count, Index = -1 };
        int seen = 0;
        scanner.StartObject();
        for (int place = 0; scanner.NextProperty(ref place, order, Names, out int property);)
        {
            switch (property)
            {
                case TransactionHash:
                    row.Tx = scanner.ReadHash(ref repeats.Tx, "transactionHash");
                    break;
                case TransactionIndex:
                    row.Index = scanner.ReadInt("transactionIndex");
                    break;
                case BlockHash:
                    row.BlockHash = scanner.ReadHash(ref repeats.BlockHash, "blockHash");
                    break;
                case BlockNumber:
                    row.Block = scanner.ReadLong("blockNumber");
                    break;
                case Status:
                    // Null before Byzantium, with some nodes.
                    row.Succeeded = scanner.TryReadNull() ? null : ReadStatus(scanner.ReadLong("status"));
                    break;
                case ContractAddress:
                    row.Created = scanner.TryReadNull() ? null : scanner.ReadAddress("contractAddress");
                    break;
                case Logs:
                    LogDecoder.DecodeArray(ref scanner, receipts.Logs, ref repeats);
                    break;
                default:
                    scanner.Skip();
                    continue;
            }

            seen |= 1 << property;
        }

        if ((seen & Required) != Required)
        {
            throw scanner.Malformed("a receipt with transactionHash, transactionIndex, blockHash and logs");
        }

        row.LogEnd = receipts.Logs.Count;
        receipts.Rows.Add(row);
    }
}
