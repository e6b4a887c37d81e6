namespace ChainWatch.Ethereum.Decoding;

/// <summary>A transaction as its block holds it.</summary>
internal struct TransactionRow
{
    /// <summary>Its hash.</summary>
    public TxId Hash;

    /// <summary>The sender.</summary>
    public Bytes20 From;

    /// <summary>The receiver; null where it creates a contract.</summary>
    public Bytes20? To;

    /// <summary>Wei.</summary>
    public Amount Value;

    /// <summary>Its index in the block.</summary>
    public int Index;

    /// <summary>The block's height, where a transaction is read by itself.</summary>
    public long Block;

    /// <summary>The block's hash, where a transaction is read by itself; null: not in a block yet.</summary>
    public TxId? BlockHash;
}

/// <summary>What a validator took out of the beacon chain (EIP-4895).</summary>
/// <param name="To">Who got it.</param>
/// <param name="Gwei">How much, in gwei.</param>
internal readonly record struct WithdrawalRow(Bytes20 To, long Gwei);

/// <summary>A block.</summary>
internal sealed class Block
{
    public long Height { get; set; } = -1;

    public TxId Hash { get; set; }

    public TxId ParentHash { get; set; }

    public DateTimeOffset Time { get; set; }

    /// <summary>The 256 bytes in which every event's contract and topics left three bits (Yellow Paper, 4.4.3).</summary>
    public byte[] LogsBloom { get; } = new byte[Decoding.LogsBloom.Length];

    /// <summary>How many transactions, read whole or by hash alone.</summary>
    public int TransactionCount { get; set; }

    /// <summary>The transactions, where they were asked for whole.</summary>
    public List<TransactionRow> Transactions { get; } = [];

    public List<WithdrawalRow> Withdrawals { get; } = [];

    /// <summary>The hash as people write it.</summary>
    public string HashText => $"0x{Hash}";

    /// <summary>The parent's hash as people write it.</summary>
    public string ParentHashText => $"0x{ParentHash}";
}

/// <summary>Reads blocks: the answer of <c>eth_getBlockByNumber</c>, with transactions or their hashes.</summary>
internal static class BlockDecoder
{
    /// <summary>Reads a block and nothing after it.</summary>
    /// <exception cref="EthereumFormatException">It is none.</exception>
    public static Block Decode(ReadOnlySpan<byte> json)
    {
        Block block = new();
        JsonScanner scanner = new(json);
        bool hasHash = false;
        bool hasParent = false;
        bool hasTime = false;
        bool hasBloom = false;
        bool hasTransactions = false;
        scanner.StartObject();
        for (bool isFirst = true; scanner.NextProperty(ref isFirst, out ReadOnlySpan<byte> name);)
        {
            switch (name.Length)
            {
                case 6 when name.SequenceEqual("number"u8):
                    block.Height = Hex.ReadLong(scanner.ReadString(), "number");
                    break;
                case 4 when name.SequenceEqual("hash"u8):
                    block.Hash = Hex.ReadHash(scanner.ReadString(), "hash");
                    hasHash = true;
                    break;
                case 10 when name.SequenceEqual("parentHash"u8):
                    block.ParentHash = Hex.ReadHash(scanner.ReadString(), "parentHash");
                    hasParent = true;
                    break;
                case 9 when name.SequenceEqual("timestamp"u8):
                    block.Time = DateTimeOffset.UnixEpoch.AddSeconds(ReadSeconds(scanner.ReadString()));
                    hasTime = true;
                    break;
                case 9 when name.SequenceEqual("logsBloom"u8):
                    Hex.ReadBytes(scanner.ReadString(), block.LogsBloom, "logsBloom");
                    hasBloom = true;
                    break;
                case 12 when name.SequenceEqual("transactions"u8):
                    DecodeTransactions(ref scanner, block);
                    hasTransactions = true;
                    break;
                case 11 when name.SequenceEqual("withdrawals"u8):
                    DecodeWithdrawals(ref scanner, block);
                    break;
                default:
                    scanner.Skip();
                    break;
            }
        }

        scanner.End();
        return block.Height >= 0 && hasHash && hasParent && hasTime && hasBloom && hasTransactions
            ? block
            : throw scanner.Malformed("a block with number, hash, parentHash, timestamp, logsBloom and transactions");
    }

    /// <summary>Reads a transaction by itself: the answer of <c>eth_getTransactionByHash</c>.</summary>
    public static TransactionRow DecodeTransaction(ReadOnlySpan<byte> json)
    {
        JsonScanner scanner = new(json);
        TransactionRow row = DecodeTransaction(ref scanner, 0);
        scanner.End();
        return row;
    }

    // The test chains of the execution APIs hold times up to the year 292 billion; a calendar ends earlier.
    private static long ReadSeconds(ReadOnlySpan<byte> text) => Hex.ReadLong(text, "timestamp") is long seconds && seconds <= 253_402_300_799L
        ? seconds
        : throw new EthereumFormatException("timestamp: is after the year 9999; expected seconds since 1970");

    private static void DecodeTransactions(ref JsonScanner scanner, Block block)
    {
        scanner.StartArray();
        for (bool isFirst = true; scanner.NextItem(ref isFirst);)
        {
            block.TransactionCount++;
            if (scanner.Peek() == (byte)'"')
            {
                scanner.ReadString();
                continue;
            }

            TransactionRow row = DecodeTransaction(ref scanner, block.TransactionCount - 1);
            block.Transactions.Add(row.Index == block.TransactionCount - 1 ? row : throw scanner.Malformed("the block's transactions in the order of their transactionIndex"));
        }
    }

    private static TransactionRow DecodeTransaction(ref JsonScanner scanner, int index)
    {
        TransactionRow row = new() { Index = index };
        bool hasHash = false;
        bool hasFrom = false;
        bool hasValue = false;
        scanner.StartObject();
        for (bool isFirst = true; scanner.NextProperty(ref isFirst, out ReadOnlySpan<byte> name);)
        {
            switch (name.Length)
            {
                case 4 when name.SequenceEqual("hash"u8):
                    row.Hash = Hex.ReadHash(scanner.ReadString(), "hash");
                    hasHash = true;
                    break;
                case 4 when name.SequenceEqual("from"u8):
                    row.From = Hex.ReadAddress(scanner.ReadString(), "from");
                    hasFrom = true;
                    break;
                case 2 when name.SequenceEqual("to"u8):
                    row.To = scanner.TryReadNull() ? null : Hex.ReadAddress(scanner.ReadString(), "to");
                    break;
                case 5 when name.SequenceEqual("value"u8):
                    row.Value = Hex.ReadAmount(scanner.ReadString(), "value");
                    hasValue = true;
                    break;
                case 16 when name.SequenceEqual("transactionIndex"u8):
                    row.Index = scanner.TryReadNull() ? index : Hex.ReadInt(scanner.ReadString(), "transactionIndex");
                    break;
                case 11 when name.SequenceEqual("blockNumber"u8):
                    row.Block = scanner.TryReadNull() ? 0 : Hex.ReadLong(scanner.ReadString(), "blockNumber");
                    break;
                case 9 when name.SequenceEqual("blockHash"u8):
                    row.BlockHash = scanner.TryReadNull() ? null : Hex.ReadHash(scanner.ReadString(), "blockHash");
                    break;
                default:
                    scanner.Skip();
                    break;
            }
        }

        return hasHash && hasFrom && hasValue ? row : throw scanner.Malformed("a transaction with hash, from and value");
    }

    private static void DecodeWithdrawals(ref JsonScanner scanner, Block block)
    {
        if (scanner.TryReadNull())
        {
            return;
        }

        scanner.StartArray();
        for (bool isFirst = true; scanner.NextItem(ref isFirst);)
        {
            Bytes20? to = null;
            long gwei = -1;
            scanner.StartObject();
            for (bool isFirstOfOne = true; scanner.NextProperty(ref isFirstOfOne, out ReadOnlySpan<byte> name);)
            {
                if (name.SequenceEqual("address"u8))
                {
                    to = Hex.ReadAddress(scanner.ReadString(), "withdrawals.address");
                }
                else if (name.SequenceEqual("amount"u8))
                {
                    gwei = Hex.ReadLong(scanner.ReadString(), "withdrawals.amount");
                }
                else
                {
                    scanner.Skip();
                }
            }

            block.Withdrawals.Add(to is Bytes20 payee && gwei >= 0 ? new WithdrawalRow(payee, gwei) : throw scanner.Malformed("a withdrawal with address and amount"));
        }
    }
}
