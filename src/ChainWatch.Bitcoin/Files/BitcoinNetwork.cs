using System.Diagnostics.CodeAnalysis;

namespace ChainWatch.Bitcoin.Files;

/// <summary>What tells the block files of one Bitcoin network from those of another.</summary>
/// <remarks>Source: Bitcoin Core, src/kernel/chainparams.cpp. A custom signet has a magic of its own and is not known here.</remarks>
internal sealed class BitcoinNetwork
{
    private BitcoinNetwork(Chain chain, string magic, string firstBlock, uint easiestBits, bool checksWork)
    {
        (Chain, Magic, FirstBlock) = (chain, Convert.FromHexString(magic), TxId.Parse(firstBlock));
        (EasiestTarget, ChecksWork) = (ProofOfWork.Target(easiestBits), checksWork);
    }

    /// <summary>All that are known.</summary>
    public static IReadOnlyList<BitcoinNetwork> All { get; } =
    [
        new(Chain.Bitcoin, "f9beb4d9", "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f", 0x1d00ffff, true),
        new(Chain.BitcoinTestnet, "0b110907", "000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943", 0x1d00ffff, true),
        new(Chain.BitcoinTestnet4, "1c163f28", "00000000da84f2bafbbc53dee25a72ae507ff4914b867c565be350b0da8bf043", 0x1d00ffff, true),
        new(Chain.BitcoinSignet, "0a03cf40", "00000008819873e925422c1ff0f99f7cc9bbb232af63a077a480a3633bee1ef6", 0x1e0377ae, true),
        new(Chain.BitcoinRegtest, "fabfb5da", "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206", 0x207fffff, false),
    ];

    /// <summary>The chain.</summary>
    public Chain Chain { get; }

    /// <summary>The four bytes before every record of its files.</summary>
    public byte[] Magic { get; }

    /// <summary>The hash of block 0.</summary>
    public TxId FirstBlock { get; }

    /// <summary>The largest target that a block may state: without it, anybody could make a block that meets its own.</summary>
    public System.Numerics.BigInteger EasiestTarget { get; }

    /// <summary>False on regtest, where work means nothing.</summary>
    public bool ChecksWork { get; }

    /// <summary>The network whose magic these bytes start with.</summary>
    public static bool TryFind(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out BitcoinNetwork? network)
    {
        network = null;
        foreach (BitcoinNetwork known in All)
        {
            if (bytes.StartsWith(known.Magic))
            {
                network = known;
                return true;
            }
        }

        return false;
    }
}
