using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ChainWatch.Tracing.Engine;

/// <summary>
/// Sixteen bytes from sixteen places into one register, by inserts: several times faster than gathers, which the processors'
/// microcode made slow (Intel's Downfall fix, and AMD's Zen always).
/// </summary>
internal static unsafe class SixteenBytes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> At(byte* table, uint* indexes) => At(table, indexes, uint.MaxValue);

    /// <summary>The bytes at the indexes' masked bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> At(byte* table, uint* indexes, uint mask) =>
        Sse2.UnpackLow(Eight(table, indexes, mask).AsUInt64(), Eight(table, indexes + 8, mask).AsUInt64()).AsByte();

    /// <summary>Which of sixteen transfers improve their heads, and which have a tail that can be left; both AVX paths test alike.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Improving(byte* labels, uint* tails, uint* heads, uint limit, out uint leaving)
    {
        Vector128<byte> from = At(labels, tails);
        Vector128<byte> to = At(labels, heads) & Vector128.Create(LabelByte.Reach);
        Vector128<byte> canLeave = Vector128.LessThan(from, Vector128.Create((byte)limit));
        Vector128<byte> isNearer = Vector128.LessThan(from + Vector128.Create((byte)LabelByte.OneHop), to);
        leaving = canLeave.ExtractMostSignificantBits();
        return (canLeave & isNearer).ExtractMostSignificantBits();
    }

    /// <summary>As <see cref="IBatchPath.MayImprove"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint MayImprove(byte* labels, uint* tails, uint* heads, uint limit, uint fresh, out uint leaving)
    {
        Vector128<byte> from = At(labels, tails);
        Vector128<byte> to = At(labels, heads) & Vector128.Create(LabelByte.Reach);
        Vector128<byte> canLeave = Vector128.LessThan(from, Vector128.Create((byte)limit));
        Vector128<byte> isNearer = Vector128.LessThan(from + Vector128.Create((byte)LabelByte.OneHop), to);
        // Bit 7 of a label is that of a stop, which stays one. A fresh tail without it may yet come to be a hop from a seed, and
        // improve a head that is more than two away.
        uint open = fresh & ~from.ExtractMostSignificantBits();
        leaving = canLeave.ExtractMostSignificantBits() | open;
        uint isFar = Vector128.GreaterThan(to, Vector128.Create((byte)(2 * LabelByte.OneHop))).ExtractMostSignificantBits();
        return (canLeave & isNearer).ExtractMostSignificantBits() | (open & isFar);
    }

    // Two chains of eight inserts run side by side.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Eight(byte* table, uint* indexes, uint mask)
    {
        Vector128<byte> eight = Vector128.CreateScalarUnsafe((uint)table[indexes[0] & mask]).AsByte();
        eight = Sse41.Insert(eight, table[indexes[1] & mask], 1);
        eight = Sse41.Insert(eight, table[indexes[2] & mask], 2);
        eight = Sse41.Insert(eight, table[indexes[3] & mask], 3);
        eight = Sse41.Insert(eight, table[indexes[4] & mask], 4);
        eight = Sse41.Insert(eight, table[indexes[5] & mask], 5);
        eight = Sse41.Insert(eight, table[indexes[6] & mask], 6);
        return Sse41.Insert(eight, table[indexes[7] & mask], 7);
    }
}
