using System.Numerics;

namespace ChainWatch.Tests;

public class AmountTests
{
    private static readonly BigInteger Max = BigInteger.Pow(2, 256) - 1;

    [Theory]
    [InlineData("0", "0")]
    [InlineData("000", "0")]
    [InlineData("1", "1")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001", "1")]
    [InlineData("18446744073709551616", "18446744073709551616")]
    [InlineData("99999999999999999999999999999999999999", "99999999999999999999999999999999999999")]
    [InlineData("340282366920938463463374607431768211455", "340282366920938463463374607431768211455")] // 2^128-1
    [InlineData("340282366920938463463374607431768211456", "340282366920938463463374607431768211456")] // 2^128
    [InlineData(
        "115792089237316195423570985008687907853269984665640564039457584007913129639935",
        "115792089237316195423570985008687907853269984665640564039457584007913129639935")] // 2^256-1
    public void Parse_AnInteger_IsExact(string text, string written) => Amount.Parse(text).ToString().ShouldBe(written);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData("1,000")]
    [InlineData("0x10")]
    [InlineData(" 1")]
    [InlineData("١")] // a digit, but not an ASCII one
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129639936")] // 2^256
    [InlineData("1000000000000000000000000000000000000000000000000000000000000000000000000000000")] // 79 digits
    public void Parse_AnythingElse_IsAnErrorThatShowsIt(string text)
    {
        Amount.TryParse(text, out Amount amount).ShouldBeFalse();
        amount.ShouldBe(Amount.Zero);
        Should.Throw<ChainWatchException>(() => Amount.Parse(text)).Message.ShouldStartWith($"'{text}' is not an amount");
    }

    [Fact]
    public void MaxValue_Is2ToThe256MinusOne()
    {
        Amount.MaxValue.ToBigInteger().ShouldBe(Max);
        Amount.From(Max).ShouldBe(Amount.MaxValue);
        Should.Throw<OverflowException>(() => Amount.From(Max + 1));
        Should.Throw<OverflowException>(() => Amount.From(BigInteger.MinusOne));
    }

    [Fact]
    public void Arithmetic_BeyondTheRange_Throws()
    {
        Amount one = Amount.From(1UL);
        Amount low = Amount.From(BigInteger.Pow(2, 128) - 1);
        Should.Throw<OverflowException>(() => Amount.MaxValue + one);
        Should.Throw<OverflowException>(() => Amount.MaxValue + Amount.MaxValue);
        Should.Throw<OverflowException>(() => Amount.Zero - one);
        Should.Throw<OverflowException>(() => low - Amount.MaxValue);
        (low + one).ToBigInteger().ShouldBe(BigInteger.Pow(2, 128));
        (low + one - one).ShouldBe(low);
        (Amount.MaxValue - Amount.MaxValue).IsZero.ShouldBeTrue();
        (Amount.MaxValue - one + one).ShouldBe(Amount.MaxValue);
        // The carry must not hide in a high half that is already full.
        Should.Throw<OverflowException>(() => Amount.From(Max - (BigInteger.Pow(2, 128) - 1)) + low + one);
    }

    [Fact]
    public void Arithmetic_RandomAmounts_AgreesWithBigIntegers()
    {
        Random random = new(9);
        for (int n = 0; n < 5000; n++)
        {
            Amount a = Next(random);
            Amount b = Next(random);
            BigInteger sum = a.ToBigInteger() + b.ToBigInteger();
            BigInteger difference = a.ToBigInteger() - b.ToBigInteger();
            if (sum <= Max)
            {
                (a + b).ToBigInteger().ShouldBe(sum);
            }
            else
            {
                Should.Throw<OverflowException>(() => a + b);
            }

            if (difference.Sign >= 0)
            {
                (a - b).ToBigInteger().ShouldBe(difference);
            }
            else
            {
                Should.Throw<OverflowException>(() => a - b);
            }

            Math.Sign(a.CompareTo(b)).ShouldBe(difference.Sign);
            (a < b).ShouldBe(difference.Sign < 0);
            (a > b).ShouldBe(difference.Sign > 0);
            (a <= b).ShouldBe(difference.Sign <= 0);
            (a >= b).ShouldBe(difference.Sign >= 0);
            (a == b).ShouldBe(difference.IsZero);
            Amount.Parse(a.ToString()).ShouldBe(a);
            Amount.Parse(a.ToString()).GetHashCode().ShouldBe(a.GetHashCode());
            Amount.TryParseDecimal(a.ToDecimalString(18), 18, out Amount back).ShouldBeTrue();
            back.ShouldBe(a);
        }
    }

    [Theory]
    [InlineData("1", 18, "1000000000000000000")]
    [InlineData("1.5", 18, "1500000000000000000")]
    [InlineData("1e-05", 18, "10000000000000")] // as some exports write it
    [InlineData("1E-5", 18, "10000000000000")]
    [InlineData("1e+2", 8, "10000000000")]
    [InlineData("98055.3621285125807993", 18, "98055362128512580799300")] // one outflow of 2025-02, beyond a double's digits
    [InlineData("1651.95352422111208", 18, "1651953524221112080000")]
    [InlineData("10062.358226033052619", 18, "10062358226033052619000")]
    [InlineData("0.000000000000000001", 18, "1")]
    [InlineData("0.0000000000000000010", 18, "1")]
    [InlineData("1e-18", 18, "1")]
    [InlineData("0", 18, "0")]
    [InlineData("0.0", 0, "0")]
    [InlineData("0e-30", 18, "0")]
    [InlineData("5.", 0, "5")]
    [InlineData(".5", 1, "5")]
    [InlineData("21000000", 8, "2100000000000000")]
    [InlineData("115792089237316195423570985008687907853269984665640564039457.584007913129639935", 18, "115792089237316195423570985008687907853269984665640564039457584007913129639935")]
    public void TryParseDecimal_WholeCoins_IsExact(string text, int decimals, string units)
    {
        Amount.TryParseDecimal(text, decimals, out Amount amount).ShouldBeTrue();
        amount.ToString().ShouldBe(units);
    }

    [Theory]
    [InlineData("-1", 18)]
    [InlineData("-0", 18)]
    [InlineData("+1", 18)]
    [InlineData("", 18)]
    [InlineData(".", 18)]
    [InlineData("e5", 18)]
    [InlineData("1e", 18)]
    [InlineData("1e1e1", 18)]
    [InlineData("1.2.3", 18)]
    [InlineData("1,5", 18)]
    [InlineData("1 ", 18)]
    [InlineData("NaN", 18)]
    [InlineData("1e101", 18)]
    [InlineData("1e-2147483648", 18)]
    [InlineData("1e99999999999", 18)]
    [InlineData("0.0000000000000000001", 18)] // finer than a wei
    [InlineData("1e-19", 18)]
    [InlineData("1.000000001", 8)]
    [InlineData("115792089237316195423570985008687907853269984665640564039457.584007913129639936", 18)] // 2^256
    [InlineData("1e80", 0)]
    public void TryParseDecimal_NegativeTooFineTooLargeOrMalformed_IsFalse(string text, int decimals)
    {
        Amount.TryParseDecimal(text, decimals, out Amount amount).ShouldBeFalse();
        amount.ShouldBe(Amount.Zero);
    }

    [Theory]
    [InlineData("1500000000000000000", 18, "1.5")]
    [InlineData("1", 18, "0.000000000000000001")]
    [InlineData("0", 18, "0")]
    [InlineData("100", 0, "100")]
    [InlineData("1000000000000000000", 18, "1")]
    [InlineData("98055362128512580799300", 18, "98055.3621285125807993")]
    public void ToDecimalString_WritesTheShortestExactForm(string units, int decimals, string text) =>
        Amount.Parse(units).ToDecimalString(decimals).ShouldBe(text);

    [Fact]
    public void ToDecimalString_OfASumBeyondTheRange_IsExact() =>
        Amount.ToDecimalString(Max * 1000, 18).ShouldBe("115792089237316195423570985008687907853269984665640564039457584.007913129639935");

    private static Amount Next(Random random)
    {
        byte[] bytes = new byte[random.Next(0, 33)];
        random.NextBytes(bytes);
        return Amount.From(new BigInteger(bytes, isUnsigned: true));
    }
}
