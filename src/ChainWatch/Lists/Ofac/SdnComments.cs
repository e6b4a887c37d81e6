namespace ChainWatch.Lists.Ofac;

/// <summary>SDN_COMMENTS.CSV: what SDN.CSV cut off its remarks, by uid. Several rows of one uid follow one another.</summary>
internal sealed class SdnComments
{
    private const int CharactersMax = 1 << 24;

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    private SdnComments()
    {
    }

    public static SdnComments Read(Stream stream, string file)
    {
        SdnComments comments = new();
        long characters = 0;
        foreach (CsvHelper.CsvReader row in SdnRow.Read(stream, file, width: 2))
        {
            string text = row.GetString(1);
            characters += text.Length;
            if (characters > CharactersMax)
            {
                throw ChainWatchException.At(file, row.LineNumber, null, $"comments of more than {CharactersMax} characters: expected OFAC's SDN_COMMENTS.CSV");
            }

            string uid = row.GetString(0).Trim();
            comments._texts[uid] = comments._texts.GetValueOrDefault(uid, "") + text;
        }

        return comments;
    }

    /// <summary>The text for a party; null where there is none.</summary>
    public string? Take(string uid)
    {
        _taken.Add(uid);
        return _texts.GetValueOrDefault(uid);
    }

    /// <summary>The texts for which nobody asked.</summary>
    public IEnumerable<(string Uid, string Text)> Left() => _texts
        .Where(t => !_taken.Contains(t.Key))
        .OrderBy(t => t.Key, StringComparer.Ordinal)
        .Select(t => (t.Key, t.Value));
}
