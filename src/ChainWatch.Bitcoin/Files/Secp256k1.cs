namespace ChainWatch.Bitcoin.Files;

/// <summary>The curve y² = x³ + 7 over the field of p = 2^256 - 2^32 - 977, as far as a public key needs it to be written whole.</summary>
/// <remarks>Source: SEC 2, section 2.4.1.</remarks>
internal static class Secp256k1
{
    /// <summary>Finds y.</summary>
    /// <param name="x">32 bytes, the highest first.</param>
    /// <param name="isOdd">Which of the two.</param>
    /// <param name="y">32 bytes, written only where there is a y.</param>
    /// <returns>False where no point has this x.</returns>
    public static bool TryGetY(ReadOnlySpan<byte> x, bool isOdd, Span<byte> y)
    {
        if (!Secp256k1Field.TryRead(x, out Secp256k1Field number))
        {
            return false;
        }

        Secp256k1Field square = (number * number * number) + new Secp256k1Field(7);
        Secp256k1Field root = square.RootCandidate();
        if (!(root * root).Is(square))
        {
            return false;
        }

        // No point has y = 0: the curve's order is an odd prime.
        (root.IsOdd == isOdd ? root : -root).Write(y);
        return true;
    }
}
