using System.Globalization;

namespace ChainWatch.Bitcoin.Decoding;

/// <summary>
/// Computes the ids of all transactions of a block, and checks the block's merkle root with them. Keeps its buffers from one
/// block to the next: nothing is allocated for a block that is no larger than those before. Not for several threads at once.
/// </summary>
public sealed class TransactionHasher
{
    private HashMessage[] _messages = new HashMessage[256];
    private byte[] _stripped = [];
    private byte[] _ids = [];
    private byte[] _level = [];
    private int _count;

    /// <summary>The ids of the block read last: 32 bytes each, in internal order (the written order reversed), in the block's order.</summary>
    public ReadOnlySpan<byte> Ids => _ids.AsSpan(0, _count * 32);

    /// <summary>The id of a transaction of the block read last.</summary>
    public TxId this[int index]
    {
        get
        {
            Span<byte> written = stackalloc byte[32];
            Ids.Slice(index * 32, 32).CopyTo(written);
            written.Reverse();
            return TxId.FromBytes(written);
        }
    }

    /// <summary>Computes the ids of a block's transactions.</summary>
    /// <param name="bytes">The block; bytes behind its last transaction are left alone.</param>
    /// <returns>The block's length.</returns>
    /// <exception cref="BitcoinFormatException">The block is malformed.</exception>
    public int ComputeIds(ReadOnlySpan<byte> bytes)
    {
        _count = 0;
        BlockView block = new(bytes);
        int stripped = 0;
        int count = 0;
        int start = block.Offset;
        while (block.Read(out TransactionView transaction))
        {
            if (count == _messages.Length)
            {
                Array.Resize(ref _messages, count * 2);
            }

            if (transaction.HasWitness)
            {
                int length = transaction.StrippedLength;
                Grow(ref _stripped, stripped + length, stripped);
                transaction.CopyStripped(_stripped.AsSpan(stripped, length));
                _messages[count++] = new HashMessage(stripped, length, InSecond: true);
                stripped += length;
            }
            else
            {
                _messages[count++] = new HashMessage(start, transaction.Bytes.Length, InSecond: false);
            }

            start = block.Offset;
        }

        Grow(ref _ids, count * 32, 0);
        DoubleSha256Batch.Hash(bytes, _stripped, _messages.AsSpan(0, count), _ids);
        _count = count;
        return block.Offset;
    }

    /// <summary>Writes the root of the tree over the ids of the block read last, 32 bytes in internal order.</summary>
    /// <exception cref="BitcoinFormatException">The tree has two equal neighbours: another list of transactions has the same root (CVE-2012-2459).</exception>
    /// <exception cref="InvalidOperationException">No block was read, or the last one was malformed.</exception>
    public void ComputeMerkleRoot(Span<byte> destination)
    {
        int count = _count;
        if (count == 0)
        {
            throw new InvalidOperationException("no block was read: there are no ids to make a tree of");
        }

        Grow(ref _level, (count + 1) * 32, 0);
        Ids.CopyTo(_level);
        while (count > 1)
        {
            for (int i = 0; i + 1 < count; i += 2)
            {
                if (_level.AsSpan(i * 32, 32).SequenceEqual(_level.AsSpan((i + 1) * 32, 32)))
                {
                    throw new BitcoinFormatException(BlockHeader.Length, "the block repeats transactions in a way that keeps its merkle root; expected each once");
                }
            }

            // An odd one is paired with itself.
            if (count % 2 == 1)
            {
                _level.AsSpan((count - 1) * 32, 32).CopyTo(_level.AsSpan(count * 32));
                count++;
            }

            count /= 2;
            for (int i = 0; i < count; i++)
            {
                _messages[i] = new HashMessage(i * 64, 64, InSecond: false);
            }

            // Into other bytes: lanes finish in any order, and a digest must not lie over a pair that is still to be read.
            Grow(ref _stripped, count * 32, 0);
            DoubleSha256Batch.Hash(_level, default, _messages.AsSpan(0, count), _stripped);
            _stripped.AsSpan(0, count * 32).CopyTo(_level);
        }

        _level.AsSpan(0, 32).CopyTo(destination);
    }

    /// <summary>Computes the ids of a block's transactions, and checks that its header's merkle root is theirs.</summary>
    /// <returns>The block's length.</returns>
    /// <exception cref="BitcoinFormatException">The block is malformed, or its transactions are not those that its header names.</exception>
    public int Verify(ReadOnlySpan<byte> bytes)
    {
        int length = ComputeIds(bytes);
        Span<byte> root = stackalloc byte[32];
        ComputeMerkleRoot(root);
        BlockHeader header = new(bytes);
        return header.MerkleRoot.SequenceEqual(root)
            ? length
            : throw new BitcoinFormatException(36, string.Create(CultureInfo.InvariantCulture, $"the header's merkle root is {HashText.Write(header.MerkleRoot)}, and that of the {_count} transactions {HashText.Write(root)}; expected the same"));
    }

    private static void Grow(ref byte[] buffer, int length, int kept)
    {
        if (buffer.Length < length)
        {
            byte[] larger = GC.AllocateUninitializedArray<byte>(Math.Max(length, buffer.Length * 2));
            buffer.AsSpan(0, kept).CopyTo(larger);
            buffer = larger;
        }
    }
}
