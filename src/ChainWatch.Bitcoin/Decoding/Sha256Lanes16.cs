using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ChainWatch.Bitcoin.Decoding;

/// <summary>The compression function of SHA-256 for 16 independent messages at once, with AVX-512.</summary>
internal static unsafe class Sha256Lanes16
{
    public const int Lanes = 16;

    /// <summary>Words of scratch space that <see cref="Compress"/> needs: given, so that they are not cleared each time.</summary>
    public const int ScratchLength = 2 * 16 * Lanes;

    public static bool IsSupported => Avx512F.IsSupported && Avx512BW.IsSupported;

    /// <summary>Takes one block of 64 bytes of each lane.</summary>
    /// <param name="state">Word by word, the 16 lanes of each: 8 x 16.</param>
    /// <param name="blocks">Where each lane's block is, 64 bytes that do not move: 16 pointers, which are moved on behind it.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> words.</param>
    public static void Compress(uint* state, byte** blocks, uint* scratch)
    {
        ref Vector512<uint> s = ref Unsafe.AsRef<Vector512<uint>>(state);
        ref Vector512<uint> w = ref Unsafe.AsRef<Vector512<uint>>(scratch);
        Transpose(blocks, ref w, ref Unsafe.Add(ref w, 16));

        Vector512<uint> a = s, b = Unsafe.Add(ref s, 1), c = Unsafe.Add(ref s, 2), d = Unsafe.Add(ref s, 3);
        Vector512<uint> e = Unsafe.Add(ref s, 4), f = Unsafe.Add(ref s, 5), g = Unsafe.Add(ref s, 6), h = Unsafe.Add(ref s, 7);
        Vector512<uint> w0 = w;
        Vector512<uint> w1 = Unsafe.Add(ref w, 1);
        Vector512<uint> w2 = Unsafe.Add(ref w, 2);
        Vector512<uint> w3 = Unsafe.Add(ref w, 3);
        Vector512<uint> w4 = Unsafe.Add(ref w, 4);
        Vector512<uint> w5 = Unsafe.Add(ref w, 5);
        Vector512<uint> w6 = Unsafe.Add(ref w, 6);
        Vector512<uint> w7 = Unsafe.Add(ref w, 7);
        Vector512<uint> w8 = Unsafe.Add(ref w, 8);
        Vector512<uint> w9 = Unsafe.Add(ref w, 9);
        Vector512<uint> w10 = Unsafe.Add(ref w, 10);
        Vector512<uint> w11 = Unsafe.Add(ref w, 11);
        Vector512<uint> w12 = Unsafe.Add(ref w, 12);
        Vector512<uint> w13 = Unsafe.Add(ref w, 13);
        Vector512<uint> w14 = Unsafe.Add(ref w, 14);
        Vector512<uint> w15 = Unsafe.Add(ref w, 15);
        ref uint k = ref MemoryMarshal.GetReference(Sha256Constants.Round);
        for (int i = 0; ; i += 16)
        {
            Round(a, b, c, ref d, e, f, g, ref h, w0, Unsafe.Add(ref k, i + 0));
            Round(h, a, b, ref c, d, e, f, ref g, w1, Unsafe.Add(ref k, i + 1));
            Round(g, h, a, ref b, c, d, e, ref f, w2, Unsafe.Add(ref k, i + 2));
            Round(f, g, h, ref a, b, c, d, ref e, w3, Unsafe.Add(ref k, i + 3));
            Round(e, f, g, ref h, a, b, c, ref d, w4, Unsafe.Add(ref k, i + 4));
            Round(d, e, f, ref g, h, a, b, ref c, w5, Unsafe.Add(ref k, i + 5));
            Round(c, d, e, ref f, g, h, a, ref b, w6, Unsafe.Add(ref k, i + 6));
            Round(b, c, d, ref e, f, g, h, ref a, w7, Unsafe.Add(ref k, i + 7));
            Round(a, b, c, ref d, e, f, g, ref h, w8, Unsafe.Add(ref k, i + 8));
            Round(h, a, b, ref c, d, e, f, ref g, w9, Unsafe.Add(ref k, i + 9));
            Round(g, h, a, ref b, c, d, e, ref f, w10, Unsafe.Add(ref k, i + 10));
            Round(f, g, h, ref a, b, c, d, ref e, w11, Unsafe.Add(ref k, i + 11));
            Round(e, f, g, ref h, a, b, c, ref d, w12, Unsafe.Add(ref k, i + 12));
            Round(d, e, f, ref g, h, a, b, ref c, w13, Unsafe.Add(ref k, i + 13));
            Round(c, d, e, ref f, g, h, a, ref b, w14, Unsafe.Add(ref k, i + 14));
            Round(b, c, d, ref e, f, g, h, ref a, w15, Unsafe.Add(ref k, i + 15));
            if (i == 48)
            {
                break;
            }

            w0 = Schedule(w0, w1, w9, w14);
            w1 = Schedule(w1, w2, w10, w15);
            w2 = Schedule(w2, w3, w11, w0);
            w3 = Schedule(w3, w4, w12, w1);
            w4 = Schedule(w4, w5, w13, w2);
            w5 = Schedule(w5, w6, w14, w3);
            w6 = Schedule(w6, w7, w15, w4);
            w7 = Schedule(w7, w8, w0, w5);
            w8 = Schedule(w8, w9, w1, w6);
            w9 = Schedule(w9, w10, w2, w7);
            w10 = Schedule(w10, w11, w3, w8);
            w11 = Schedule(w11, w12, w4, w9);
            w12 = Schedule(w12, w13, w5, w10);
            w13 = Schedule(w13, w14, w6, w11);
            w14 = Schedule(w14, w15, w7, w12);
            w15 = Schedule(w15, w0, w8, w13);
        }

        s += a;
        Unsafe.Add(ref s, 1) += b;
        Unsafe.Add(ref s, 2) += c;
        Unsafe.Add(ref s, 3) += d;
        Unsafe.Add(ref s, 4) += e;
        Unsafe.Add(ref s, 5) += f;
        Unsafe.Add(ref s, 6) += g;
        Unsafe.Add(ref s, 7) += h;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(Vector512<uint> a, Vector512<uint> b, Vector512<uint> c, ref Vector512<uint> d, Vector512<uint> e, Vector512<uint> f, Vector512<uint> g, ref Vector512<uint> h, Vector512<uint> w, uint k)
    {
        const byte xor = 0x96, choose = 0xca, majority = 0xe8;
        Vector512<uint> sum1 = Avx512F.TernaryLogic(Avx512F.RotateRight(e, 6), Avx512F.RotateRight(e, 11), Avx512F.RotateRight(e, 25), xor);
        Vector512<uint> t1 = h + (w + Vector512.Create(k)) + (sum1 + Avx512F.TernaryLogic(e, f, g, choose));
        Vector512<uint> sum0 = Avx512F.TernaryLogic(Avx512F.RotateRight(a, 2), Avx512F.RotateRight(a, 13), Avx512F.RotateRight(a, 22), xor);
        d += t1;
        h = t1 + (sum0 + Avx512F.TernaryLogic(a, b, c, majority));
    }

    // The next word of the schedule, in place of the one 16 rounds older.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Schedule(Vector512<uint> w16, Vector512<uint> w15, Vector512<uint> w7, Vector512<uint> w2)
    {
        const byte xor = 0x96;
        Vector512<uint> s0 = Avx512F.TernaryLogic(Avx512F.RotateRight(w15, 7), Avx512F.RotateRight(w15, 18), w15 >>> 3, xor);
        Vector512<uint> s1 = Avx512F.TernaryLogic(Avx512F.RotateRight(w2, 17), Avx512F.RotateRight(w2, 19), w2 >>> 10, xor);
        return (w16 + s0) + (w7 + s1);
    }

    // 16 lanes of 16 big-endian words become 16 words of 16 lanes.
    private static void Transpose(byte** blocks, ref Vector512<uint> w, ref Vector512<uint> t)
    {
        Vector512<byte> swap = Vector512.Create(Vector256.Create(Vector128.Create((byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12)));
        for (int i = 0; i < 16; i += 4)
        {
            Vector512<uint> r0 = Load(blocks + i, swap), r1 = Load(blocks + i + 1, swap), r2 = Load(blocks + i + 2, swap), r3 = Load(blocks + i + 3, swap);
            Vector512<ulong> lo01 = Avx512F.UnpackLow(r0, r1).AsUInt64(), hi01 = Avx512F.UnpackHigh(r0, r1).AsUInt64();
            Vector512<ulong> lo23 = Avx512F.UnpackLow(r2, r3).AsUInt64(), hi23 = Avx512F.UnpackHigh(r2, r3).AsUInt64();
            Unsafe.Add(ref t, i) = Avx512F.UnpackLow(lo01, lo23).AsUInt32();
            Unsafe.Add(ref t, i + 1) = Avx512F.UnpackHigh(lo01, lo23).AsUInt32();
            Unsafe.Add(ref t, i + 2) = Avx512F.UnpackLow(hi01, hi23).AsUInt32();
            Unsafe.Add(ref t, i + 3) = Avx512F.UnpackHigh(hi01, hi23).AsUInt32();
        }

        // Quarter q of t[4g + c] holds word 4q + c of the lanes 4g to 4g + 3.
        for (int c = 0; c < 4; c++)
        {
            Vector512<uint> g0 = Unsafe.Add(ref t, c), g1 = Unsafe.Add(ref t, 4 + c), g2 = Unsafe.Add(ref t, 8 + c), g3 = Unsafe.Add(ref t, 12 + c);
            Vector512<uint> low01 = Avx512F.Shuffle4x128(g0, g1, 0x44), high01 = Avx512F.Shuffle4x128(g0, g1, 0xee);
            Vector512<uint> low23 = Avx512F.Shuffle4x128(g2, g3, 0x44), high23 = Avx512F.Shuffle4x128(g2, g3, 0xee);
            Unsafe.Add(ref w, c) = Avx512F.Shuffle4x128(low01, low23, 0x88);
            Unsafe.Add(ref w, 4 + c) = Avx512F.Shuffle4x128(low01, low23, 0xdd);
            Unsafe.Add(ref w, 8 + c) = Avx512F.Shuffle4x128(high01, high23, 0x88);
            Unsafe.Add(ref w, 12 + c) = Avx512F.Shuffle4x128(high01, high23, 0xdd);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Load(byte** block, Vector512<byte> swap)
    {
        Vector512<uint> words = Avx512BW.Shuffle(Vector512.Load(*block), swap).AsUInt32();
        *block += 64;
        return words;
    }
}
