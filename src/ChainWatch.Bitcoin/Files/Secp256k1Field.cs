using System.Buffers.Binary;

namespace ChainWatch.Bitcoin.Files;

/// <summary>
/// A number modulo p = 2^256 - 2^32 - 977, in four words, the lowest first; always below p.
/// General big integers take several times as long and allocate, and the blocks of the first years spend many of these keys.
/// </summary>
internal readonly struct Secp256k1Field
{
    // 2^256 = 2^32 + 977 modulo p: what lies above 256 bits comes back multiplied with this.
    private const ulong Fold = 0x1_0000_03d1;

    // The lowest word of p; its others are all ones.
    private const ulong LowestOfPrime = 0xffff_fffe_ffff_fc2f;

    private readonly ulong _w0;
    private readonly ulong _w1;
    private readonly ulong _w2;
    private readonly ulong _w3;

    private Secp256k1Field(ulong w0, ulong w1, ulong w2, ulong w3) => (_w0, _w1, _w2, _w3) = (w0, w1, w2, w3);

    /// <summary>A small number.</summary>
    public Secp256k1Field(ulong number) => _w0 = number;

    /// <summary>True for odd numbers.</summary>
    public bool IsOdd => (_w0 & 1) != 0;

    private bool IsBelowPrime => _w3 != ulong.MaxValue || _w2 != ulong.MaxValue || _w1 != ulong.MaxValue || _w0 < LowestOfPrime;

    /// <summary>Reads 32 bytes, the highest first; false for p and above.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Secp256k1Field number)
    {
        number = new Secp256k1Field(
            BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]), BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), BinaryPrimitives.ReadUInt64BigEndian(bytes));
        return number.IsBelowPrime;
    }

    /// <summary>Writes 32 bytes, the highest first.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, _w3);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], _w2);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], _w1);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], _w0);
    }

    /// <summary>The sum.</summary>
    public static Secp256k1Field operator +(in Secp256k1Field a, in Secp256k1Field b)
    {
        UInt128 sum = (UInt128)a._w0 + b._w0;
        ulong w0 = (ulong)sum;
        sum = (sum >> 64) + a._w1 + b._w1;
        ulong w1 = (ulong)sum;
        sum = (sum >> 64) + a._w2 + b._w2;
        ulong w2 = (ulong)sum;
        sum = (sum >> 64) + a._w3 + b._w3;
        return Reduce(w0, w1, w2, (ulong)sum, (ulong)(sum >> 64));
    }

    /// <summary>The product.</summary>
    public static Secp256k1Field operator *(in Secp256k1Field a, in Secp256k1Field b)
    {
        ulong carry = 0;
        ulong p0 = MultiplyAdd(a._w0, b._w0, 0, ref carry);
        ulong p1 = MultiplyAdd(a._w0, b._w1, 0, ref carry);
        ulong p2 = MultiplyAdd(a._w0, b._w2, 0, ref carry);
        ulong p3 = MultiplyAdd(a._w0, b._w3, 0, ref carry);
        ulong p4 = carry;
        carry = 0;
        p1 = MultiplyAdd(a._w1, b._w0, p1, ref carry);
        p2 = MultiplyAdd(a._w1, b._w1, p2, ref carry);
        p3 = MultiplyAdd(a._w1, b._w2, p3, ref carry);
        p4 = MultiplyAdd(a._w1, b._w3, p4, ref carry);
        ulong p5 = carry;
        carry = 0;
        p2 = MultiplyAdd(a._w2, b._w0, p2, ref carry);
        p3 = MultiplyAdd(a._w2, b._w1, p3, ref carry);
        p4 = MultiplyAdd(a._w2, b._w2, p4, ref carry);
        p5 = MultiplyAdd(a._w2, b._w3, p5, ref carry);
        ulong p6 = carry;
        carry = 0;
        p3 = MultiplyAdd(a._w3, b._w0, p3, ref carry);
        p4 = MultiplyAdd(a._w3, b._w1, p4, ref carry);
        p5 = MultiplyAdd(a._w3, b._w2, p5, ref carry);
        p6 = MultiplyAdd(a._w3, b._w3, p6, ref carry);
        ulong p7 = carry;
        carry = 0;
        p0 = MultiplyAdd(p4, Fold, p0, ref carry);
        p1 = MultiplyAdd(p5, Fold, p1, ref carry);
        p2 = MultiplyAdd(p6, Fold, p2, ref carry);
        p3 = MultiplyAdd(p7, Fold, p3, ref carry);
        return Reduce(p0, p1, p2, p3, carry);
    }

    /// <summary>The negative.</summary>
    public static Secp256k1Field operator -(in Secp256k1Field a)
    {
        // p - a: every word of p is all ones but the lowest. Zero stays zero.
        if ((a._w0 | a._w1 | a._w2 | a._w3) == 0)
        {
            return a;
        }

        ulong borrow = a._w0 > LowestOfPrime ? 1UL : 0UL;
        ulong w0 = LowestOfPrime - a._w0;
        ulong w1 = ulong.MaxValue - a._w1;
        ulong w2 = ulong.MaxValue - a._w2;
        ulong w3 = ulong.MaxValue - a._w3;

        // The borrow runs on through words that are zero.
        ulong next = borrow != 0 && w1 == 0 ? 1UL : 0UL;
        w1 -= borrow;
        borrow = next != 0 && w2 == 0 ? 1UL : 0UL;
        w2 -= next;
        return new Secp256k1Field(w0, w1, w2, w3 - borrow);
    }

    /// <summary>True for the same number.</summary>
    public bool Is(in Secp256k1Field other) => ((_w0 ^ other._w0) | (_w1 ^ other._w1) | (_w2 ^ other._w2) | (_w3 ^ other._w3)) == 0;

    /// <summary>The power with (p + 1) / 4 = 2^254 - 2^30 - 244: a square root, where there is one, since p = 3 mod 4.</summary>
    public Secp256k1Field RootCandidate()
    {
        // From the top: 223 ones, a zero, 22 ones, then 00001100. Runs of ones are made of shorter runs: 15 products instead of 240.
        Secp256k1Field ones2 = Squared(1) * this;
        Secp256k1Field ones3 = ones2.Squared(1) * this;
        Secp256k1Field ones6 = ones3.Squared(3) * ones3;
        Secp256k1Field ones9 = ones6.Squared(3) * ones3;
        Secp256k1Field ones11 = ones9.Squared(2) * ones2;
        Secp256k1Field ones22 = ones11.Squared(11) * ones11;
        Secp256k1Field ones44 = ones22.Squared(22) * ones22;
        Secp256k1Field ones88 = ones44.Squared(44) * ones44;
        Secp256k1Field ones176 = ones88.Squared(88) * ones88;
        Secp256k1Field ones220 = ones176.Squared(44) * ones44;
        Secp256k1Field ones223 = ones220.Squared(3) * ones3;
        return ((ones223.Squared(23) * ones22).Squared(6) * ones2).Squared(2);
    }

    private Secp256k1Field Squared(int times)
    {
        Secp256k1Field power = this;
        for (int i = 0; i < times; i++)
        {
            power *= power;
        }

        return power;
    }

    private static ulong MultiplyAdd(ulong a, ulong b, ulong add, ref ulong carry)
    {
        // At most (2^64 - 1)^2 + 2 × (2^64 - 1) = 2^128 - 1.
        ulong high = Math.BigMul(a, b, out ulong low);
        low += add;
        high += low < add ? 1UL : 0UL;
        low += carry;
        high += low < carry ? 1UL : 0UL;
        carry = high;
        return low;
    }

    /// <summary>Brings four words and what lies above them below p.</summary>
    private static Secp256k1Field Reduce(ulong w0, ulong w1, ulong w2, ulong w3, ulong above)
    {
        while (above != 0)
        {
            ulong carry = 0;
            w0 = MultiplyAdd(above, Fold, w0, ref carry);
            w1 += carry;
            carry = w1 < carry ? 1UL : 0UL;
            w2 += carry;
            carry = w2 < carry ? 1UL : 0UL;
            w3 += carry;
            above = w3 < carry ? 1UL : 0UL;
        }

        // Below 2^256: p fits once at most, and taking p away is adding 2^32 + 977 without the carry out.
        Secp256k1Field number = new(w0, w1, w2, w3);
        return number.IsBelowPrime ? number : new Secp256k1Field(w0 + Fold, 0, 0, 0);
    }
}
