using ChainWatch.Bitcoin.Decoding;
using ChainWatch.Sources;

namespace ChainWatch.Bitcoin.Node;

/// <summary>A block that was checked: its bytes hash to its hash, and its transactions are those that its header names.</summary>
internal sealed class NodeBlock
{
    private NodeBlock(BlockRef reference, byte[] bytes, TxId[] ids) => (Ref, Bytes, Ids, Spent) = (reference, bytes, ids, new SpentOutput[]?[ids.Length]);

    public BlockRef Ref { get; }

    public byte[] Bytes { get; }

    /// <summary>The transactions' ids, in the block's order.</summary>
    public TxId[] Ids { get; }

    /// <summary>What each transaction's inputs spend, by the transaction's index; null where nothing is known of them.</summary>
    public SpentOutput[]?[] Spent { get; }

    /// <summary>Reads and checks a block.</summary>
    /// <param name="height">Its height, on the node's word.</param>
    /// <param name="hash">The hash that was asked for.</param>
    /// <param name="bytes">Its bytes; kept.</param>
    /// <param name="hasher">Used by nobody else meanwhile.</param>
    /// <exception cref="BitcoinFormatException">It is malformed, or not what it claims to be.</exception>
    public static NodeBlock Read(long height, string hash, byte[] bytes, TransactionHasher hasher)
    {
        BlockRef reference = ReadHeader(height, hash, bytes);
        int length = hasher.Verify(bytes);
        if (length != bytes.Length)
        {
            throw new BitcoinFormatException(length, "bytes follow the block's last transaction; expected none");
        }

        BlockView block = new(bytes);
        TxId[] ids = new TxId[block.TransactionCount];
        for (int i = 0; block.Read(out TransactionView transaction); i++)
        {
            // Without this, inner hashes of the tree could pass for transactions.
            if (transaction.IsCoinbase != (i == 0))
            {
                throw new BitcoinFormatException($"transaction {i} of block {hash} {(i == 0 ? "does not make" : "makes")} coins; expected the first one to, and no other");
            }

            ids[i] = hasher[i];
        }

        return new NodeBlock(reference, bytes, ids);
    }

    /// <summary>Reads a header, and checks that it is the one that was asked for.</summary>
    /// <exception cref="BitcoinFormatException">It is cut off, or another one.</exception>
    public static BlockRef ReadHeader(long height, string hash, ReadOnlySpan<byte> bytes)
    {
        BlockHeader header = new(bytes);
        string found = header.ComputeHashText();
        return found == hash
            ? new BlockRef(height, found, HashText.Write(header.PreviousHash), header.Time)
            : throw new BitcoinFormatException($"the header's hash is {found}; expected {hash}");
    }
}
