using System.Globalization;
using System.Numerics;

namespace ChainWatch.Bitcoin.Files;

/// <summary>The curve y² = x³ + 7 over the field of p = 2^256 - 2^32 - 977, as far as a public key needs it to be written whole.</summary>
/// <remarks>Source: SEC 2, section 2.4.1.</remarks>
internal static class Secp256k1
{
    private static readonly BigInteger Prime = BigInteger.Parse("0fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    // p = 3 mod 4: the square root, where there is one, is this power.
    private static readonly BigInteger RootExponent = (Prime + 1) / 4;

    /// <summary>Finds y.</summary>
    /// <param name="x">32 bytes, the highest first.</param>
    /// <param name="isOdd">Which of the two.</param>
    /// <param name="y">32 bytes, written only where there is a y.</param>
    /// <returns>False where no point has this x.</returns>
    public static bool TryGetY(ReadOnlySpan<byte> x, bool isOdd, Span<byte> y)
    {
        BigInteger number = new(x, isUnsigned: true, isBigEndian: true);
        if (number >= Prime)
        {
            return false;
        }

        BigInteger square = ((number * number % Prime * number) + 7) % Prime;
        BigInteger root = BigInteger.ModPow(square, RootExponent, Prime);
        if (root * root % Prime != square)
        {
            return false;
        }

        // No point has y = 0: the curve's order is an odd prime.
        BigInteger chosen = root.IsEven == isOdd ? Prime - root : root;
        y.Clear();
        int length = chosen.GetByteCount(isUnsigned: true);
        return chosen.TryWriteBytes(y[(32 - length)..], out _, isUnsigned: true, isBigEndian: true);
    }
}
