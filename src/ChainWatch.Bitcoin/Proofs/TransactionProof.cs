using System.Globalization;
using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Proofs;

/// <summary>
/// A transaction with the proof that a block has it: its bytes, the branch of the block's merkle tree, and the block's header. It
/// proves what the transaction says and where it stands, for whoever believes the header.
/// </summary>
public sealed class TransactionProof
{
    private const int InnerNodeLength = 64;
    private readonly byte[][] _branch;

    internal TransactionProof(long height, int index, byte[] transaction, byte[][] branch, byte[] header) =>
        (Height, Index, Transaction, _branch, Header) = (height, index, transaction, branch, header);

    /// <summary>The block's height, as whoever made the proof knew it: a header does not tell.</summary>
    public long Height { get; }

    /// <summary>The transaction's index in the block, from 0.</summary>
    public int Index { get; }

    /// <summary>The transaction's bytes, with witness where it has one.</summary>
    public ReadOnlyMemory<byte> Transaction { get; }

    /// <summary>The block's header, 80 bytes.</summary>
    public ReadOnlyMemory<byte> Header { get; }

    /// <summary>The block's hash as people write it.</summary>
    public string BlockHash => new BlockHeader(Header.Span).ComputeHashText();

    /// <summary>The transaction's id.</summary>
    public TxId Id => View.ComputeId();

    internal IReadOnlyList<byte[]> Branch => _branch;

    private TransactionView View
    {
        get
        {
            int end = 0;
            TransactionView view = TransactionView.Read(Transaction.Span, ref end);
            return end == Transaction.Length ? view : throw new BitcoinFormatException(end, "bytes follow the transaction; expected none");
        }
    }

    /// <summary>Makes the proofs of some transactions of a block.</summary>
    /// <param name="block">The block, whole.</param>
    /// <param name="height">Its height.</param>
    /// <param name="indexes">The transactions' indexes.</param>
    /// <exception cref="BitcoinFormatException">The block is malformed, has no transaction of an index, or its transactions are not those of its header.</exception>
    public static IReadOnlyList<TransactionProof> Of(ReadOnlySpan<byte> block, long height, IReadOnlyCollection<int> indexes)
    {
        TransactionHasher hasher = new();
        hasher.Verify(block);
        byte[] header = block[..BlockHeader.Length].ToArray();
        BlockView view = new(block);
        List<TransactionProof> proofs = [];
        for (int i = 0; view.Read(out TransactionView transaction); i++)
        {
            if (indexes.Contains(i))
            {
                proofs.Add(new TransactionProof(height, i, transaction.Bytes.ToArray(), MerkleBranch.Of(hasher.Ids, i), header));
            }
        }

        return proofs.Count == indexes.Distinct().Count() ? proofs
            : throw new BitcoinFormatException(string.Create(CultureInfo.InvariantCulture, $"block {height} has {view.TransactionCount} transactions; expected one of index {indexes.Max()}"));
    }

    /// <summary>Checks that the branch leads from the transaction to the root that the header holds.</summary>
    /// <exception cref="BitcoinFormatException">It does not, or the transaction is malformed.</exception>
    public void Verify()
    {
        Span<byte> id = stackalloc byte[32];
        Id.CopyBytes(id);
        id.Reverse();
        Span<byte> root = stackalloc byte[32];
        if (Transaction.Length == InnerNodeLength)
        {
            throw new BitcoinFormatException(0, "the transaction has 64 bytes, as an inner node of the tree has; expected one that cannot be taken for it");
        }

        MerkleBranch.ComputeRoot(id, Index, _branch, root);

        // An index with more digits than the branch has hashes would be another name for the same place.
        if (Index >> _branch.Length != 0 || !root.SequenceEqual(new BlockHeader(Header.Span).MerkleRoot))
        {
            throw new BitcoinFormatException($"the branch leads from transaction {Id} at index {Index.ToString(CultureInfo.InvariantCulture)} to the root {HashText.Write(root)}; the header has {HashText.Write(new BlockHeader(Header.Span).MerkleRoot)}");
        }
    }

    /// <summary>What one output pays to an address, in satoshis; null where there is no such output, or it pays another.</summary>
    /// <exception cref="BitcoinFormatException">The transaction is malformed.</exception>
    public ulong? PaidTo(Address address, int output)
    {
        int index = 0;
        foreach (OutputView made in View.Outputs)
        {
            if (index++ == output)
            {
                return OutputScript.TryGetAddress(address.Chain, made.Script, out _, out Address owner) && owner == address ? made.Value : null;
            }
        }

        return null;
    }

    /// <summary>What the transaction's outputs pay to an address, in satoshis, and how many of them do.</summary>
    /// <exception cref="BitcoinFormatException">The transaction is malformed.</exception>
    public (ulong Value, int Outputs) PaidTo(Address address)
    {
        ulong value = 0;
        int outputs = 0;
        foreach (OutputView output in View.Outputs)
        {
            if (OutputScript.TryGetAddress(address.Chain, output.Script, out _, out Address owner) && owner == address)
            {
                value = checked(value + output.Value);
                outputs++;
            }
        }

        return (value, outputs);
    }
}
