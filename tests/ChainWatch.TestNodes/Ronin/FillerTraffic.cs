using System.Numerics;

namespace ChainWatch.TestNodes.Ronin;

/// <summary>Traffic that has nothing to do with the theft: a ring of wallets that pay each other coin and USDC.</summary>
internal sealed class FillerTraffic(RoninCast cast)
{
    private const int Wallets = 24;
    private readonly Address[] _ring = [.. Enumerable.Range(0, Wallets).Select(i => cast.Named($"filler {i}"))];

    /// <summary>What the ring has before the first block, in wei.</summary>
    public IEnumerable<KeyValuePair<Address, BigInteger>> OpeningBalances => _ring.Select(a => KeyValuePair.Create(a, RoninStory.Ether(1_000)));

    /// <summary>Two payments of coin and one of USDC; the token is minted in the first block.</summary>
    public void Add(BlockPlan plan, int offset)
    {
        plan.Pay(Member(offset), Member(offset + 5), RoninStory.Ether(1) + offset).Pay(Member(offset * 7), Member((offset * 7) + 1), 1_000_000_000 + offset);
        if (offset == 0)
        {
            plan.Mint(cast.Usdc, Member(0), 1_000_000_000);
        }
        else
        {
            plan.Token(cast.Usdc, Member(offset - 1), Member(offset), 1_000_000_000 - offset);
        }
    }

    private Address Member(int number) => _ring[number % Wallets];
}
