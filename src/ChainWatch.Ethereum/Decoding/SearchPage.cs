namespace ChainWatch.Ethereum.Decoding;

/// <summary>A page of Otterscan's search: an address's transactions, whole blocks at a time.</summary>
/// <param name="Transactions">The transactions with their blocks.</param>
/// <param name="IsNewest">True where no newer ones follow.</param>
internal sealed record SearchPage(List<(TxId Tx, long Block)> Transactions, bool IsNewest)
{
    /// <summary>Reads the answer of <c>ots_searchTransactionsAfter</c>.</summary>
    /// <exception cref="EthereumFormatException">It is none.</exception>
    public static SearchPage Decode(ReadOnlySpan<byte> json)
    {
        List<(TxId, long)> transactions = [];
        bool hasTransactions = false;
        bool? isNewest = null;
        JsonScanner scanner = new(json);
        scanner.StartObject();
        for (bool isFirst = true; scanner.NextProperty(ref isFirst, out ReadOnlySpan<byte> name);)
        {
            if (name.SequenceEqual("txs"u8))
            {
                hasTransactions = true;
                scanner.StartArray();
                for (bool isFirstTx = true; scanner.NextItem(ref isFirstTx);)
                {
                    transactions.Add(DecodeTransaction(ref scanner));
                }
            }
            else if (name.SequenceEqual("firstPage"u8))
            {
                isNewest = scanner.ReadBoolean("firstPage");
            }
            else
            {
                scanner.Skip();
            }
        }

        scanner.End();
        return hasTransactions && isNewest is bool newest ? new SearchPage(transactions, newest) : throw scanner.Malformed("a page with txs and firstPage");
    }

    private static (TxId, long) DecodeTransaction(ref JsonScanner scanner)
    {
        TxId? hash = null;
        long block = -1;
        scanner.StartObject();
        for (bool isFirst = true; scanner.NextProperty(ref isFirst, out ReadOnlySpan<byte> name);)
        {
            if (name.SequenceEqual("hash"u8))
            {
                hash = Hex.ReadHash(scanner.ReadString(), "hash");
            }
            else if (name.SequenceEqual("blockNumber"u8))
            {
                block = Hex.ReadLong(scanner.ReadString(), "blockNumber");
            }
            else
            {
                scanner.Skip();
            }
        }

        return hash is TxId tx && block >= 0 ? (tx, block) : throw scanner.Malformed("a transaction with hash and blockNumber");
    }
}
