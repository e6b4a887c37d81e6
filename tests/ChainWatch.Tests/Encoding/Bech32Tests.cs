using ChainWatch.Encoding;

namespace ChainWatch.Tests.Encoding;

public class Bech32Tests
{
    [Theory] // BIP 173, valid strings
    [InlineData("A12UEL5L")]
    [InlineData("a12uel5l")]
    [InlineData("an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs")]
    [InlineData("abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw")]
    [InlineData("11qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqc8247j")]
    [InlineData("split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w")]
    [InlineData("?1ezyfcl")]
    public void Decode_ValidBech32_IsReadAndWrittenAlike(string text) => RoundTrip(text, Bech32Form.Bech32);

    [Theory] // BIP 350, valid strings
    [InlineData("A1LQFN3A")]
    [InlineData("a1lqfn3a")]
    [InlineData("an83characterlonghumanreadablepartthatcontainsthetheexcludedcharactersbioandnumber11sg7hg6")]
    [InlineData("abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx")]
    [InlineData("11llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllludsr8")]
    [InlineData("split1checkupstagehandshakeupstreamerranterredcaperredlc445v")]
    [InlineData("?1v759aa")]
    public void Decode_ValidBech32m_IsReadAndWrittenAlike(string text) => RoundTrip(text, Bech32Form.Bech32m);

    [Theory] // BIP 173 and BIP 350, invalid strings
    [InlineData("\u00201nwldj5")]
    [InlineData("\u007f1axkwrx")]
    [InlineData("\u00801eym55h")]
    [InlineData("an84characterslonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1569pvx")]
    [InlineData("pzry9x0s0muk")]
    [InlineData("1pzry9x0s0muk")]
    [InlineData("x1b4n0q5v")]
    [InlineData("li1dgmt3")]
    [InlineData("de1lg7wt\u00ff")]
    [InlineData("A1G7SGD8")]
    [InlineData("10a06t8")]
    [InlineData("1qzzfhee")]
    [InlineData("\u00201xj0phk")]
    [InlineData("\u007f1g6xzxy")]
    [InlineData("\u00801vctc34")]
    [InlineData("an84characterslonghumanreadablepartthatcontainsthetheexcludedcharactersbioandnumber11d6pts4")]
    [InlineData("qyrz8wqd2c9m")]
    [InlineData("1qyrz8wqd2c9m")]
    [InlineData("y1b0jsk6g")]
    [InlineData("lt1igcx5c0")]
    [InlineData("in1muywd")]
    [InlineData("mm1crxm3i")]
    [InlineData("au1s5cgom")]
    [InlineData("M1VUXWEZ")]
    [InlineData("16plkw9")]
    [InlineData("1p2gdwpf")]
    [InlineData("a12UEL5L")]
    public void Decode_Invalid_SaysWhy(string text)
    {
        Bech32.Decode(text, Bech32.TextLengthMax, new byte[100], out _, out _, out string? problem).ShouldBe(Bech32Form.None);
        problem.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void Decode_AnyOneCharacterChanged_IsRefused()
    {
        const string Text = "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw";
        for (int i = 0; i < Text.Length; i++)
        {
            foreach (char other in Bech32.Characters)
            {
                if (other != Text[i] && i != 6)
                {
                    string changed = Text[..i] + other + Text[(i + 1)..];
                    Bech32.Decode(changed, Bech32.TextLengthMax, new byte[100], out _, out _, out _).ShouldBe(Bech32Form.None, changed);
                }
            }
        }
    }

    [Fact]
    public void BitGroups_BytesOfAnyLength_RoundTrip()
    {
        Random random = new(5);
        for (int length = 0; length < 70; length++)
        {
            byte[] bytes = new byte[length];
            random.NextBytes(bytes);
            byte[] fives = new byte[BitGroups.FivesOf(length)];
            BitGroups.ToFives(bytes, fives);
            byte[] back = new byte[100];
            BitGroups.TryToBytes(fives, back, out int written).ShouldBeTrue();
            back.AsSpan(0, written).ToArray().ShouldBe(bytes);
        }
    }

    private static void RoundTrip(string text, Bech32Form form)
    {
        byte[] fives = new byte[100];
        Bech32.Decode(text, Bech32.TextLengthMax, fives, out int count, out int humanPartLength, out string? problem).ShouldBe(form);
        problem.ShouldBeNull();
        string humanPart = text[..humanPartLength].ToLowerInvariant();
        Bech32.Encode(humanPart, fives.AsSpan(0, count), form).ShouldBe(text.ToLowerInvariant());
    }
}
