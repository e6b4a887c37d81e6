using System.Numerics;

namespace ChainWatch.Bitcoin.Files;

/// <summary>The compact target of a block header (nBits), and the work it stands for.</summary>
/// <remarks>Source: Bitcoin Core, src/arith_uint256.cpp (compact form) and src/chain.cpp (work = 2^256 / (target + 1)).</remarks>
internal static class ProofOfWork
{
    /// <summary>More work than any chain has: 2^96 is what mainnet did in 16 years. Keeps the sum of 2^32 blocks within 128 bits.</summary>
    private static readonly UInt128 MostWork = UInt128.One << 95;

    /// <summary>The target; zero where the bits stand for none (zero, negative, or beyond 256 bits).</summary>
    public static BigInteger Target(uint bits)
    {
        int exponent = (int)(bits >> 24);
        uint mantissa = bits & 0x007fffff;
        if ((bits & 0x00800000) != 0)
        {
            return BigInteger.Zero;
        }

        BigInteger target = exponent <= 3 ? mantissa >> (8 * (3 - exponent)) : new BigInteger(mantissa) << (8 * (exponent - 3));
        return target.GetBitLength() > 256 ? BigInteger.Zero : target;
    }

    /// <summary>The hashes that one block of this target took on average; at most 2^95.</summary>
    public static UInt128 Work(uint bits)
    {
        BigInteger target = Target(bits);
        if (target.IsZero)
        {
            return UInt128.Zero;
        }

        BigInteger work = (BigInteger.One << 256) / (target + 1);
        return work >= (BigInteger)MostWork ? MostWork : (UInt128)work;
    }
}
