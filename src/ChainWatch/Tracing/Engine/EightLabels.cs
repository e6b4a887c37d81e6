using System.Runtime.CompilerServices;

namespace ChainWatch.Tracing.Engine;

/// <summary>
/// Eight label bytes in one word, one per list, compared and changed all at once by plain arithmetic. Bit 7 of byte k of an
/// answer is list k.
/// </summary>
internal static class EightLabels
{
    public const int Lists = 8;
    public const ulong Unreached = LabelByte.Unreached * Ones;
    public const ulong Reach = LabelByte.Reach * Ones;
    private const ulong Ones = 0x0101010101010101;
    private const ulong High = LabelByte.NotLeft * Ones;

    /// <summary>What <see cref="Leaving"/> takes for the label from which no hop may follow.</summary>
    public static ulong GapOf(byte limit) => (ulong)(LabelByte.NotLeft - limit) * Ones;

    /// <summary>The lists for which an address can be left: no stop bit, and below the limit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Leaving(ulong tail, ulong gap) => ~(((tail & Reach) + gap) | tail) & High;

    /// <summary>Whether an address is no stop for one of the lists at least.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOpen(ulong tail) => (~tail & High) != 0;

    /// <summary>The lists, among those that can leave the tail, for which the head improves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Improving(ulong tail, ulong head, ulong leaving)
    {
        // Bit 7 stays where head - (tail + one hop) - 1 is not negative. Tails that cannot be left are 0, so no byte borrows.
        ulong least = (tail & Bytes(leaving)) + ((LabelByte.OneHop + 1) * Ones);
        return ((head | High) - least) & leaving;
    }

    /// <summary>The head with the labels that one hop from the tail gives, for these lists; stop bits stay.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Improved(ulong tail, ulong head, ulong improving)
    {
        ulong bytes = Bytes(improving);
        return (head & ~(bytes & Reach)) | (((tail & bytes) + (LabelByte.OneHop * Ones)) & bytes);
    }

    /// <summary>Bit 7 of each of the first lists.</summary>
    public static ulong First(int lists) => High >> (8 * (Lists - lists));

    public static byte At(ulong labels, int list) => (byte)(labels >> (8 * list));

    public static ulong With(ulong labels, int list, byte label) => (labels & ~(0xffUL << (8 * list))) | ((ulong)label << (8 * list));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bytes(ulong high) => (high - (high >> 7)) | high;
}
