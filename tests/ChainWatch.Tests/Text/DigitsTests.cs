using System.Globalization;
using ChainWatch.Text;

namespace ChainWatch.Tests.Text;

public class DigitsTests
{
    [Fact]
    public void Digits_OfAnyNumber_AreThoseOfDotNet_AndAnythingElseIsNone()
    {
        Random random = new(3);
        for (int i = 0; i < 50_000; i++)
        {
            char[] text = new char[random.Next(0, 22)];
            for (int at = 0; at < text.Length; at++)
            {
                text[at] = (char)('0' + random.Next(10));
            }

            if (text.Length > 0 && random.Next(2) == 0)
            {
                text[random.Next(text.Length)] = (char)random.Next(0, 256);
            }

            bool isNumber = text.Length is > 0 and <= Digits.CountMax && text.All(char.IsAsciiDigit);
            Digits.TryRead(System.Text.Encoding.Latin1.GetBytes(text), out ulong found).ShouldBe(isNumber, new string(text));
            if (isNumber)
            {
                found.ShouldBe(ulong.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture));
            }
        }
    }
}
