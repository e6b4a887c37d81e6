using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ChainWatch.Tracing.Engine;

/// <summary>Sixteen transfers at a time with AVX-512: one compare finds all tails that are an address.</summary>
internal readonly unsafe struct Avx512Path : IBatchPath
{
    public static bool HasBatches => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Improving(byte* labels, uint* tails, uint* heads, uint limit, out uint leaving) =>
        SixteenBytes.Improving(labels, tails, heads, limit, out leaving);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint MayImprove(byte* labels, uint* tails, uint* heads, uint limit, uint fresh, out uint leaving) =>
        SixteenBytes.MayImprove(labels, tails, heads, limit, fresh, out leaving);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint EqualTo(uint* addresses, uint address) =>
        (uint)Vector512.Equals(Vector512.Load(addresses), Vector512.Create(address)).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Sieved(byte* sieve, uint mask, int shift, uint* addresses)
    {
        Vector512<uint> bit = (Vector512.Load(addresses) >>> shift) & Vector512.Create(7u);
        Vector128<byte> bits = Avx512F.ConvertToVector128Byte(Avx512F.ShiftLeftLogicalVariable(Vector512<uint>.One, bit));
        Vector128<byte> hits = SixteenBytes.At(sieve, addresses, mask) & bits;
        return ~Vector128.Equals(hits, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xffff;
    }
}
