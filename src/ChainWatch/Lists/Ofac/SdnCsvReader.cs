using CsvHelper;

namespace ChainWatch.Lists.Ofac;

/// <summary>Reads SDN.CSV, whose addresses stand in the remarks (column 12), and says which remarks are cut.</summary>
internal sealed class SdnCsvReader(string file, SdnComments? comments)
{
    private const int Width = 12;
    private const string Null = "-0-";
    private const int ExcerptLength = 120;

    private readonly List<OfacParty> _parties = [];
    private readonly List<OfacProblem> _problems = [];

    public OfacContent Read(Stream stream, CancellationToken cancellationToken)
    {
        int count = 0;
        foreach (CsvReader row in SdnRow.Read(stream, file, Width))
        {
            cancellationToken.ThrowIfCancellationRequested();
            count++;
            ReadRow(row);
        }

        _problems.AddRange((comments?.Left() ?? []).Select(c => new OfacProblem(OfacProblemKind.OrphanComment, c.Uid, "", Excerpt(c.Text))));
        return new OfacContent(null, count, _parties, _problems);
    }

    private void ReadRow(CsvReader row)
    {
        string uid = row.GetString(0).Trim();
        string name = row.GetString(1).Trim();
        if (uid.Length == 0 || !uid.All(char.IsAsciiDigit))
        {
            throw ChainWatchException.At(file, row.LineNumber, "column 1", $"'{uid}': expected an SDN uid, a number");
        }

        SdnRemark remark = SdnRemark.Read(Value(row, 11), comments?.Take(uid), comments is not null);
        if (remark.Problem is OfacProblemKind kind)
        {
            _problems.Add(new OfacProblem(kind, uid, name, Excerpt(remark.Fragment)));
        }

        OfacParty party = new(uid) { Name = name, Type = TypeOf(Value(row, 2)) };
        foreach (string statement in remark.Statements)
        {
            if (SdnRemark.TryReadAddress(statement, out string? ticker, out string? text))
            {
                party.Listings.Add(new OfacListing(ticker, text, row.LineNumber));
            }
            else if (statement.Contains(OfacTicker.BroadLead, StringComparison.OrdinalIgnoreCase))
            {
                throw ChainWatchException.At(file, row.LineNumber, $"{name} (uid {uid})", $"'{Excerpt(statement)}': expected '[alt. ]{OfacTicker.Lead}TICKER ADDRESS'");
            }
        }

        if (party.Listings.Count > 0)
        {
            // Several programs stand as "DPRK3] [CYBER2".
            party.Programs.UnionWith(Value(row, 3).Split("] [", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
            _parties.Add(party);
        }
    }

    private static string Value(CsvReader row, int column) => row.GetString(column) is var text && text.Trim() == Null ? "" : text;

    // The file leaves the type of organisations null.
    private static OfacPartyType TypeOf(string text) =>
        text.Length == 0 ? OfacPartyType.Entity
        : Enum.TryParse(text.Trim(), ignoreCase: true, out OfacPartyType type) ? type
        : OfacPartyType.Unknown;

    private static string Excerpt(string text) => text.Length <= ExcerptLength ? text : $"{text[..ExcerptLength]}…";
}
