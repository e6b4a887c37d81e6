namespace ChainWatch.Tracing.Engine;

/// <summary>
/// What the one-pass kernels know of an address, in one byte: bit 7 = not left (a stop: it can be reached, and no path goes
/// on from it), the low seven bits = hops * 4 + order (0 to 2, see <see cref="PathOrder"/>), in which smaller is better.
/// </summary>
internal static class LabelByte
{
    /// <summary>The bit of an address that may be reached but not left.</summary>
    public const byte NotLeft = 0x80;

    /// <summary>The bits of hops and order.</summary>
    public const byte Reach = 0x7f;

    /// <summary>The low seven bits of an address that is not reached.</summary>
    public const byte Unreached = 0x7f;

    public const byte Seed = 0;

    /// <summary>What one more hop adds.</summary>
    public const int OneHop = 4;

    /// <summary>The most hops that a byte holds.</summary>
    public const int HopsMax = 30;

    /// <summary>The label from which no hop may follow: an address is left only with a smaller byte, so neither stops nor unreached addresses are.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 0 or more than <see cref="HopsMax"/> hops.</exception>
    public static byte LimitOf(int maxHops)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxHops);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxHops, HopsMax);
        return (byte)(maxHops * OneHop);
    }

    /// <summary>The hops of a reached address.</summary>
    public static int HopsOf(byte label) => (label & Reach) / OneHop;

    public static PathOrder OrderOf(byte label) => (PathOrder)(label & (OneHop - 1));

    public static bool IsReached(byte label) => (label & Reach) != Unreached;

    public static bool IsSeed(byte label) => (label & Reach) == Seed;

    /// <summary>Whether two labels, without their stop bits, are the same number of hops.</summary>
    public static bool AreAsNear(uint label, uint other) => label / OneHop == other / OneHop;
}
