using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace ChainWatch;

/// <summary>
/// An exact amount in base units (wei, satoshi, a token's smallest unit): an integer from 0 to 2^256-1, the range of the
/// EVM's <c>uint256</c>. Arithmetic is checked. Sums over many transfers can leave that range (hostile tokens claim such
/// values) and are <see cref="BigInteger"/>s.
/// </summary>
public readonly struct Amount : IEquatable<Amount>, IComparable<Amount>
{
    private const int DigitsMax = 78; // 2^256-1 has 78 decimal digits
    private const int WordLength = 32;
    private readonly UInt128 _high;
    private readonly UInt128 _low;

    private Amount(UInt128 high, UInt128 low) => (_high, _low) = (high, low);

    /// <summary>Nothing.</summary>
    public static Amount Zero => default;

    /// <summary>2^256-1.</summary>
    public static Amount MaxValue => new(UInt128.MaxValue, UInt128.MaxValue);

    /// <summary>True for zero.</summary>
    public bool IsZero => _high == 0 && _low == 0;

    /// <summary>An amount of base units.</summary>
    public static Amount From(ulong units) => new(0, units);

    /// <summary>An amount of base units.</summary>
    internal static Amount From(UInt128 units) => new(0, units);

    /// <summary>An amount of base units.</summary>
    /// <exception cref="OverflowException">Negative or above 2^256-1.</exception>
    public static Amount From(BigInteger units)
    {
        BigInteger high = units >> 128;
        return checked(new Amount((UInt128)high, (UInt128)(units - (high << 128))));
    }

    /// <summary>An amount of base units from at most 32 bytes, the most significant first: a word of the EVM.</summary>
    /// <exception cref="ArgumentException">More than 32 bytes.</exception>
    public static Amount FromBigEndian(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > WordLength)
        {
            throw new ArgumentException("an amount has at most 32 bytes", nameof(bytes));
        }

        Span<byte> word = stackalloc byte[WordLength];
        word.Clear();
        bytes.CopyTo(word[(WordLength - bytes.Length)..]);
        return new Amount(BinaryPrimitives.ReadUInt128BigEndian(word), BinaryPrimitives.ReadUInt128BigEndian(word[16..]));
    }

    /// <summary>Writes the base units as 32 bytes, the most significant first.</summary>
    public void CopyBigEndian(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt128BigEndian(destination[16..], _low);
    }

    /// <summary>Reads a decimal integer of base units.</summary>
    /// <exception cref="ChainWatchException">Not a decimal integer from 0 to 2^256-1.</exception>
    public static Amount Parse(string text) => TryParse(text, out Amount amount)
        ? amount
        : throw new ChainWatchException($"'{text}' is not an amount: expected an integer of base units from 0 to 2^256-1");

    /// <summary>Reads a decimal integer of base units: digits alone, no sign, point, exponent or white space.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Amount amount)
    {
        amount = default;
        if (text.IsEmpty || text.IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            return false;
        }

        text = text.TrimStart('0');
        if (text.Length <= 38)
        {
            amount = new Amount(0, text.IsEmpty ? 0 : UInt128.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture));
            return true;
        }

        if (text.Length > DigitsMax)
        {
            return false;
        }

        BigInteger value = BigInteger.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
        if (value > MaxValue.ToBigInteger())
        {
            return false;
        }

        amount = From(value);
        return true;
    }

    /// <summary>Reads a decimal number of whole coins ("1.5", "1e-05") as base units, exactly.</summary>
    /// <param name="text">Digits with at most one point and an optional exponent.</param>
    /// <param name="decimals">How many digits one whole coin has after the point: 18 for ether, 8 for bitcoin.</param>
    /// <param name="amount">The base units.</param>
    /// <returns>False where the text is no such number, is finer than one base unit, or above 2^256-1.</returns>
    public static bool TryParseDecimal(string text, int decimals, out Amount amount)
    {
        amount = default;
        int e = text.AsSpan().IndexOfAny('e', 'E');
        int exponent = 0;
        if (e >= 0 && (!int.TryParse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) || exponent is < -100 or > 100))
        {
            return false;
        }

        string mantissa = e >= 0 ? text[..e] : text;
        int point = mantissa.IndexOf('.', StringComparison.Ordinal);
        string digits = point < 0 ? mantissa : mantissa.Remove(point, 1);
        int shift = decimals + exponent - (point < 0 ? 0 : mantissa.Length - point - 1);
        if (digits.Length is 0 or > 200)
        {
            return false;
        }

        if (shift < 0)
        {
            int cut = Math.Min(-shift, digits.Length);
            if (digits.AsSpan(digits.Length - cut).IndexOfAnyExcept('0') >= 0)
            {
                return false;
            }

            digits = digits[..^cut];
            return TryParse(digits.Length == 0 ? "0" : digits, out amount);
        }

        return TryParse(digits + new string('0', shift), out amount);
    }

    /// <summary>The base units, where they fit.</summary>
    internal bool TryGetUInt64(out ulong units)
    {
        units = unchecked((ulong)_low);
        return _high == 0 && _low <= ulong.MaxValue;
    }

    /// <summary>The amount as a <see cref="BigInteger"/>, for sums.</summary>
    public BigInteger ToBigInteger() => ((BigInteger)_high << 128) + _low;

    /// <summary>The amount in whole coins, exactly, without trailing zeros: 1500000000000000000 with 18 decimals is "1.5".</summary>
    public string ToDecimalString(int decimals) => ToDecimalString(ToBigInteger(), decimals);

    /// <summary>A sum of base units in whole coins, exactly, without trailing zeros.</summary>
    public static string ToDecimalString(BigInteger units, int decimals)
    {
        string digits = units.ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        string fraction = digits[^decimals..].TrimEnd('0');
        return fraction.Length == 0 ? digits[..^decimals] : $"{digits[..^decimals]}.{fraction}";
    }

    /// <summary>The base units in decimal digits.</summary>
    public override string ToString() => _high == 0
        ? _low.ToString(CultureInfo.InvariantCulture)
        : ToBigInteger().ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public bool Equals(Amount other) => _high == other._high && _low == other._low;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Amount other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_high, _low);

    /// <inheritdoc/>
    public int CompareTo(Amount other)
    {
        int byHigh = _high.CompareTo(other._high);
        return byHigh != 0 ? byHigh : _low.CompareTo(other._low);
    }

    /// <summary>The sum.</summary>
    /// <exception cref="OverflowException">Above 2^256-1.</exception>
    public static Amount operator +(Amount left, Amount right)
    {
        UInt128 low = unchecked(left._low + right._low);
        UInt128 carry = low < left._low ? UInt128.One : UInt128.Zero;
        return checked(new Amount(left._high + right._high + carry, low));
    }

    /// <summary>The difference.</summary>
    /// <exception cref="OverflowException">Below zero.</exception>
    public static Amount operator -(Amount left, Amount right)
    {
        UInt128 borrow = left._low < right._low ? UInt128.One : UInt128.Zero;
        return checked(new Amount(left._high - right._high - borrow, unchecked(left._low - right._low)));
    }

    /// <summary>Equality.</summary>
    public static bool operator ==(Amount left, Amount right) => left.Equals(right);

    /// <summary>Inequality.</summary>
    public static bool operator !=(Amount left, Amount right) => !left.Equals(right);

    /// <summary>Order by size.</summary>
    public static bool operator <(Amount left, Amount right) => left.CompareTo(right) < 0;

    /// <summary>Order by size.</summary>
    public static bool operator >(Amount left, Amount right) => left.CompareTo(right) > 0;

    /// <summary>Order by size.</summary>
    public static bool operator <=(Amount left, Amount right) => left.CompareTo(right) <= 0;

    /// <summary>Order by size.</summary>
    public static bool operator >=(Amount left, Amount right) => left.CompareTo(right) >= 0;
}
