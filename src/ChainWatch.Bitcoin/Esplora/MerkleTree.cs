using System.Runtime.InteropServices;
using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Esplora;

/// <summary>The tree over the ids of a block's transactions, whose root its header holds.</summary>
internal static class MerkleTree
{
    /// <summary>Whether ids have a root, 32 bytes in internal order.</summary>
    /// <remarks>An id that is repeated is refused: a longer list with the same root can be made so (CVE-2012-2459).</remarks>
    public static bool IsRootOf(IReadOnlyCollection<TxId> ids, ReadOnlySpan<byte> root)
    {
        if (ids.Count == 0 || ids.Distinct().Count() != ids.Count)
        {
            return false;
        }

        List<byte> level = new((ids.Count + 1) * 32);
        Span<byte> hash = stackalloc byte[32];
        foreach (TxId id in ids)
        {
            id.CopyBytes(hash);
            hash.Reverse();
            level.AddRange(hash);
        }

        while (level.Count > 32)
        {
            // An odd one is paired with itself.
            if (level.Count % 64 != 0)
            {
                level.AddRange(CollectionsMarshal.AsSpan(level)[^32..].ToArray());
            }

            Span<byte> pairs = CollectionsMarshal.AsSpan(level);
            for (int i = 0; i < pairs.Length / 64; i++)
            {
                DoubleSha256.Hash(pairs.Slice(i * 64, 64), hash);
                hash.CopyTo(pairs[(i * 32)..]);
            }

            CollectionsMarshal.SetCount(level, pairs.Length / 2);
        }

        return CollectionsMarshal.AsSpan(level).SequenceEqual(root);
    }
}
