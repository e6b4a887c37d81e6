using System.Diagnostics.CodeAnalysis;

namespace ChainWatch.Lists.Ofac;

/// <summary>
/// A remark of SDN.CSV: statements parted by "; ", the last one with a full stop. OFAC cuts it at 1,000 characters, in the
/// middle of an address if need be, and puts the rest into the comments file.
/// </summary>
/// <param name="Statements">The whole statements; where the remark is cut, without the last one.</param>
/// <param name="Problem">What is wrong with it, or null.</param>
/// <param name="Fragment">With a problem: the last statement as far as it goes (or the comment that is not used).</param>
internal sealed record SdnRemark(IReadOnlyList<string> Statements, OfacProblemKind? Problem, string Fragment)
{
    private const int LengthMax = 1000;

    /// <summary>Joins a remark with its comment, and splits it.</summary>
    /// <param name="remark">The remark as SDN.CSV has it.</param>
    /// <param name="comment">The party's text in the comments file, or null.</param>
    /// <param name="hasComments">Whether there is a comments file at all.</param>
    public static SdnRemark Read(string remark, string? comment, bool hasComments)
    {
        // Without a comments file a full stop at the very limit proves nothing: more may follow.
        bool isWhole = remark.Length == 0 || (remark.EndsWith('.') && (remark.Length < LengthMax || (hasComments && comment is null)));
        if (isWhole)
        {
            return comment is null ? Whole(remark) : Whole(remark) with { Problem = OfacProblemKind.NeedlessComment, Fragment = comment };
        }

        if (comment is null)
        {
            return Cut(remark);
        }

        return !SdnContinuation.Continues(remark, comment) ? Cut(remark) with { Problem = OfacProblemKind.ForeignComment }
            : comment.EndsWith('.') ? Whole(remark + comment)
            : Cut(remark + comment);
    }

    /// <summary>Reads "alt. Digital Currency Address - XBT 1…" and the like.</summary>
    public static bool TryReadAddress(string statement, [NotNullWhen(true)] out string? ticker, [NotNullWhen(true)] out string? address)
    {
        (ticker, address) = (null, null);
        string text = statement.StartsWith("alt. ", StringComparison.Ordinal) ? statement[5..] : statement;
        if (!text.StartsWith(OfacTicker.Lead, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        string[] words = text[OfacTicker.Lead.Length..].Split(' ', 2, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2)
        {
            return false;
        }

        (ticker, address) = (words[0], words[1].Trim());
        return true;
    }

    /// <summary>The statements of a text, without a full stop at its end.</summary>
    public static string[] Split(string text) =>
        [.. (text.EndsWith('.') ? text[..^1] : text).Split(';').Select(statement => statement.Trim())];

    private static SdnRemark Whole(string text) => new(Split(text), null, "");

    private static SdnRemark Cut(string text)
    {
        string[] statements = text.Split(';');
        string last = statements[^1].Trim();
        if (last.Length == 0 && statements.Length > 1)
        {
            last = $"{statements[^2].Trim()};";
            return new SdnRemark([.. statements[..^1].Select(statement => statement.Trim())], OfacProblemKind.CutRemark, last);
        }

        OfacProblemKind kind = TryReadAddress(last, out _, out _) ? OfacProblemKind.CutAddress : OfacProblemKind.CutRemark;
        return new SdnRemark([.. statements[..^1].Select(statement => statement.Trim())], kind, last);
    }
}
