namespace ChainWatch.Encoding;

/// <summary>What can be wrong with an address, as the second half of a sentence whose first half is the quoted text.</summary>
internal static class AddressProblem
{
    /// <summary>Nothing was given.</summary>
    public const string Empty = "is no address: it is empty";

    private const int ShownMax = 112; // Monero's longest address is 106; what is longer is no address of a known form

    /// <summary>The whole sentence, on one line: control characters are shown as <c>?</c>, long texts cut short.</summary>
    public static string Sentence(string text, string problem) => $"'{Shown(text)}' {problem}";

    /// <summary>The text is not of the chain's form.</summary>
    public static string Form(Chain chain, string expected) => $"is no address of {chain}: expected {expected}";

    /// <summary>The text is of the form, but not Base58, or with a wrong checksum.</summary>
    public static string Checksum(string text, Base58CheckResult result, Chain chain, string expected)
    {
        if (result == Base58CheckResult.WrongChecksum)
        {
            return $"has a wrong Base58Check checksum{LowerCasedHint(text)}";
        }

        if (LooksLikeBase58(text) && !EvmFormat.Looks(text))
        {
            foreach (char c in text)
            {
                if (Base58Alphabet.Bitcoin.ValueOf(c) < 0)
                {
                    return $"is no address of {chain}: Base58 has no '{c}'{LowerCasedHint(text)}";
                }
            }
        }

        return Form(chain, expected);
    }

    /// <summary>Whether the text has a length that Base58 addresses have, and letters and digits alone.</summary>
    public static bool LooksLikeBase58(string text)
    {
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, Base58.TextLengthMax)))
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                return false;
            }
        }

        return text.Length is >= 25 and <= Base58.TextLengthMax;
    }

    /// <summary>
    /// Some lists lower-case what they copy. That destroys Base58: letters of both cases are digits there. A genuine
    /// address of 26 or more digits has an upper-case letter, but for one in a million.
    /// </summary>
    public static string LowerCasedHint(string text) => IsLowerCased(text) ? "; was it lower-cased?" : "";

    /// <summary>Whether all letters are lower-case, and there are some.</summary>
    public static bool IsLowerCased(string text) => !text.AsSpan().ContainsAnyInRange('A', 'Z') && text.AsSpan().ContainsAnyInRange('a', 'z');

    private static string Shown(string text)
    {
        string cut = text.Length <= ShownMax ? text : string.Concat(text.AsSpan(0, ShownMax), "…");
        return cut.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0
            ? cut
            : string.Create(cut.Length, cut, static (span, from) =>
            {
                for (int i = 0; i < span.Length; i++)
                {
                    // A lone surrogate or a line separator must not break the line or the encoding of the message.
                    span[i] = char.IsControl(from[i]) || char.IsSurrogate(from[i]) || from[i] is '\u2028' or '\u2029' ? '?' : from[i];
                }
            });
    }
}
