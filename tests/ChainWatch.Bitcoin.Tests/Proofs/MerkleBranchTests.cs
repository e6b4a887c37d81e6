using ChainWatch.Bitcoin.Decoding;
using ChainWatch.Bitcoin.Proofs;

namespace ChainWatch.Bitcoin.Tests.Proofs;

/// <summary>A branch leads to the root from the place where the transaction stands, and from no other.</summary>
public class MerkleBranchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(11)]
    public void Branch_LeadsToTheRoot_FromItsOwnIndexAlone(int count)
    {
        byte[] ids = new byte[32 * count];
        new Random(count).NextBytes(ids);
        byte[] expected = Root(ids, 0);
        for (int i = 0; i < count; i++)
        {
            Root(ids, i).ShouldBe(expected);
            byte[][] branch = MerkleBranch.Of(ids, i);
            for (int other = 0; other < 1 << branch.Length; other++)
            {
                if (other != i)
                {
                    LeadsTo(expected, ids.AsSpan(32 * i, 32).ToArray(), other, branch).ShouldBeFalse($"{i} of {count} as {other}");
                }
            }
        }
    }

    private static byte[] Root(byte[] ids, int index)
    {
        byte[] root = new byte[32];
        MerkleBranch.ComputeRoot(ids.AsSpan(32 * index, 32), index, MerkleBranch.Of(ids, index), root);
        return root;
    }

    private static bool LeadsTo(byte[] root, byte[] id, int index, byte[][] branch)
    {
        byte[] found = new byte[32];
        try
        {
            MerkleBranch.ComputeRoot(id, index, branch, found);
            return found.AsSpan().SequenceEqual(root);
        }
        catch (BitcoinFormatException)
        {
            return false;
        }
    }
}
