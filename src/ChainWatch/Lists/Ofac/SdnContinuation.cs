namespace ChainWatch.Lists.Ofac;

/// <summary>
/// Tells whether a comment continues a cut remark, or belongs to the files of another day. Where remark and comment meet,
/// an address must pass its chain's checks, and no piece of one may stand alone. A foreign comment that happens to begin
/// where a statement begins cannot be told from the right one, unless it repeats a statement: use files of the same day.
/// </summary>
internal static class SdnContinuation
{
    // The shortest address of any chain on the list has 26 characters (Base58Check); no other statement ends in such a word.
    private const int AddressLengthMin = 25;

    public static bool Continues(string remark, string comment)
    {
        string[] before = SdnRemark.Split(remark);
        string[] joined = SdnRemark.Split(remark + comment);
        string meeting = joined[before.Length - 1];
        return meeting.Length > 0
            && IsWhole(meeting, before[^1])
            && !before[..^1].Intersect(joined[before.Length..], StringComparer.Ordinal).Any();
    }

    private static bool IsWhole(string meeting, string cut)
    {
        if (SdnRemark.TryReadAddress(meeting, out string? ticker, out string? address))
        {
            return !OfacTicker.IsKnown(ticker) || OfacTicker.TryReadAddress(ticker, address, out _, out _);
        }

        string lastWord = meeting[(meeting.LastIndexOf(' ') + 1)..];
        bool hasStrayAddress = lastWord.Length >= AddressLengthMin && lastWord.All(char.IsAsciiLetterOrDigit);
        bool isLoneWord = lastWord.Length == meeting.Length;
        bool wasAddress = BeginsAddress(cut);
        bool isOpenQuote = meeting.StartsWith("a.k.a. '", StringComparison.Ordinal) && !meeting.EndsWith('\'');
        return !hasStrayAddress && !isLoneWord && !wasAddress && !isOpenQuote;
    }

    private static bool BeginsAddress(string cut)
    {
        string text = cut.StartsWith("alt. ", StringComparison.Ordinal) ? cut[5..] : cut;
        return text.StartsWith(OfacTicker.Lead.Trim(), StringComparison.Ordinal)
            || (text.StartsWith("Digi", StringComparison.Ordinal) && OfacTicker.Lead.StartsWith(text, StringComparison.Ordinal));
    }
}
