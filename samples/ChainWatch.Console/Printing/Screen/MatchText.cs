using System.Globalization;
using ChainWatch.Lists;

namespace ChainWatch.Console.Printing.Screen;

/// <summary>An address and every entry that names it: who says what, in which document, since when.</summary>
internal static class MatchText
{
    public static void Write(Page page, ScreenedAddress address)
    {
        WriteName(page, address);
        foreach (ScreeningMatch match in address.Screening.Matches)
        {
            page.Line(Statement(match), 2, match.Status == EntryStatus.Delisted ? Styles.Open : Styles.Found);
            foreach (string detail in Details(match).Where(detail => detail.Length > 0))
            {
                page.Line(detail, 5);
            }
        }

        page.Blank();
    }

    public static void WriteName(Page page, ScreenedAddress address) => page.Line(
        $"{address.Screening.Address}  {address.Screening.Address.Chain}{(address.Reference.Length > 0 ? $"  ref {address.Reference}" : "")}", 0, Styles.Title);

    private static string Statement(ScreeningMatch match)
    {
        ListEntry entry = match.Entry;
        string possibly = match.InForce == Trilean.Unknown ? " (possibly: its dates are known only within bounds)" : "";
        return match.Status switch
        {
            EntryStatus.Designated => $"DESIGNATED by {entry.Authority}: {entry.Entity}{possibly}",
            EntryStatus.Delisted => $"DELISTED by {entry.Authority} ({EntryDates.WentOff(entry)}): {entry.Entity}",
            _ => $"ATTRIBUTED{(entry.Entity.Length > 0 ? $" to {entry.Entity}" : "")} by {entry.Authority}; {(entry.Authority.Kind == AuthorityKind.SanctionsAuthority ? "a designation stands on its own list" : "not a sanctions designation")}",
        };
    }

    private static IEnumerable<string> Details(ScreeningMatch match)
    {
        ListEntry entry = match.Entry;
        if (entry is Designation designation)
        {
            yield return $"{entry.List}; program {string.Join(", ", designation.Programs)}{(designation.EntityId.Length > 0 ? $"; SDN uid {designation.EntityId}" : "")}";
            yield return $"this address came on {designation.CameOn}"
                + (designation.WentOff is DateBounds off ? $", went off {off}" : "")
                + (designation.EntityListed is DateOnly listed ? string.Create(CultureInfo.InvariantCulture, $"; the entity was designated {listed:yyyy-MM-dd}") : "");
            yield return $"listed for {string.Join(", ", designation.Tickers)} on {entry.Address.Chain}";
        }
        else if (entry is Attribution attribution)
        {
            yield return $"{entry.List}{(attribution.Incident.Length > 0 ? $"; incident {attribution.Incident}" : "")}{(entry.Role == Role.Unknown ? "" : $"; {RoleWords.Of(entry.Role)}")}; {(attribution.DatedOn is DateOnly dated ? $"stated {Words.Day(dated)}" : $"no date known; counted from the list's date {Words.Day(attribution.StatedOn)}")}";
        }

        SourceDocument document = entry.Document;
        if (document.Title.Length > 0)
        {
            string seen = document.Seen switch { IssuerText.Yes => "the issuer's own text", IssuerText.Mirror => "a third party's reproduction of the issuer's text", _ => "a transcription by somebody else" };
            yield return $"document: {document.Title}{(document.Date is null ? "" : $" ({Words.Day(document.Date)})")}; read as {seen}";
            yield return document.Url;
        }

        yield return entry.Note;
    }
}
