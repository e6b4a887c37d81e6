using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Proofs;

/// <summary>The hashes that lead from one transaction's id to the root of its block's tree. Hashes are 32 bytes in internal order.</summary>
internal static class MerkleBranch
{
    // A block has less than 2^17 transactions.
    public const int LengthMax = 17;

    /// <summary>The branch of a transaction, from the leaf up.</summary>
    /// <param name="ids">The ids of the block's transactions, 32 bytes each.</param>
    /// <param name="index">Which transaction.</param>
    public static byte[][] Of(ReadOnlySpan<byte> ids, int index)
    {
        List<byte[]> branch = [];
        byte[] level = ids.ToArray();
        for (int count = level.Length / 32; count > 1; count = (count + 1) / 2)
        {
            // An odd one is paired with itself.
            int sibling = Math.Min(index ^ 1, count - 1);
            branch.Add(level.AsSpan(sibling * 32, 32).ToArray());
            for (int i = 0; i < (count + 1) / 2; i++)
            {
                int right = Math.Min((2 * i) + 1, count - 1);
                Hash(level.AsSpan(2 * i * 32, 32), level.AsSpan(right * 32, 32), level.AsSpan(i * 32, 32));
            }

            index /= 2;
        }

        return [.. branch];
    }

    /// <summary>Writes the root that a branch leads to.</summary>
    /// <exception cref="BitcoinFormatException">The index is none that a tree can have.</exception>
    public static void ComputeRoot(ReadOnlySpan<byte> id, int index, IReadOnlyList<byte[]> branch, Span<byte> root)
    {
        id.CopyTo(root);
        foreach (byte[] sibling in branch)
        {
            if ((index & 1) == 0)
            {
                Hash(root[..32], sibling, root);
            }
            else if (root[..32].SequenceEqual(sibling))
            {
                // An odd one is paired with itself on its right alone: on its left it would stand at a place that is not there (CVE-2012-2459).
                throw new BitcoinFormatException(0, "the branch pairs a hash with itself on the left; expected the index of a transaction that is there");
            }
            else
            {
                Hash(sibling, root[..32], root);
            }

            index >>= 1;
        }
    }

    private static void Hash(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> destination)
    {
        Span<byte> both = stackalloc byte[64];
        left.CopyTo(both);
        right.CopyTo(both[32..]);
        DoubleSha256.Hash(both, destination);
    }
}
