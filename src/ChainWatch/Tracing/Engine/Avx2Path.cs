using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ChainWatch.Tracing.Engine;

/// <summary>Sixteen transfers at a time with AVX2.</summary>
internal readonly unsafe struct Avx2Path : IBatchPath
{
    public static bool HasBatches => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Improving(byte* labels, uint* tails, uint* heads, uint limit, out uint leaving) =>
        SixteenBytes.Improving(labels, tails, heads, limit, out leaving);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint MayImprove(byte* labels, uint* tails, uint* heads, uint limit, uint fresh, out uint leaving) =>
        SixteenBytes.MayImprove(labels, tails, heads, limit, fresh, out leaving);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint EqualTo(uint* addresses, uint address)
    {
        Vector256<uint> all = Vector256.Create(address);
        uint low = Vector256.Equals(Vector256.Load(addresses), all).ExtractMostSignificantBits();
        uint high = Vector256.Equals(Vector256.Load(addresses + 8), all).ExtractMostSignificantBits();
        return low | (high << 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Sieved(byte* sieve, uint mask, int shift, uint* addresses)
    {
        Vector256<ushort> bits = Vector256.Narrow(Bits(addresses, shift), Bits(addresses + 8, shift));
        Vector128<byte> hits = SixteenBytes.At(sieve, addresses, mask) & Vector128.Narrow(bits.GetLower(), bits.GetUpper());
        return ~Vector128.Equals(hits, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xffff;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Bits(uint* addresses, int shift) =>
        Avx2.ShiftLeftLogicalVariable(Vector256<uint>.One, (Vector256.Load(addresses) >>> shift) & Vector256.Create(7u));
}
