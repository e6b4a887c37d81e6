using ChainWatch.Encoding;

namespace ChainWatch.Tests.Encoding;

public class Eip55Tests
{
    // The examples of EIP-55 itself: all caps, all lower, normal.
    public static TheoryData<string> Examples =>
    [
        "52908400098527886E0F7030069857D2E4169EE7",
        "8617E340B3D01FA5F11F306F4090FD50E238070D",
        "de709f2102306220921060314715629080e2fb77",
        "27b1fdb04752bbc536007a920d24acb045561c26",
        "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "fB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "dbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
        "D1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
    ];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Apply_TheExamplesOfTheEip_GivesTheirCase(string example)
    {
        char[] digits = example.ToLowerInvariant().ToCharArray();
        Eip55.Apply(digits);
        new string(digits).ShouldBe(example);
        Eip55.IsValid(example).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void IsValid_TheCaseOfOneLetterFlipped_IsFalseUnlessNoCaseIsMixed(string example)
    {
        for (int i = 0; i < example.Length; i++)
        {
            if (!char.IsAsciiLetter(example[i]))
            {
                continue;
            }

            char[] flipped = example.ToCharArray();
            flipped[i] = (char)(flipped[i] ^ 0x20);
            Eip55.IsValid(flipped).ShouldBeFalse(new string(flipped));
        }
    }

    [Fact]
    public void IsValid_LettersOfOneCase_CarryNoChecksum()
    {
        Eip55.IsValid("d1220a0cf47c7b9be7a2e6ba89f429762e7b9adb").ShouldBeTrue();
        Eip55.IsValid("D1220A0CF47C7B9BE7A2E6BA89F429762E7B9ADB").ShouldBeTrue();
        Eip55.IsValid("0000000000000000000000000000000000000000").ShouldBeTrue();
    }
}
