using System.Text.Json;
using ChainWatch.Lists;

namespace ChainWatch.Console.Printing;

/// <summary>The parts of JSON answers that several commands write.</summary>
internal static class JsonText
{
    public static void WriteDay(Utf8JsonWriter json, string property, DateOnly? day)
    {
        if (day is null)
        {
            json.WriteNull(property);
        }
        else
        {
            json.WriteString(property, Words.Day(day));
        }
    }

    public static void WriteLists(Utf8JsonWriter json, ListSet lists)
    {
        json.WriteStartArray("lists");
        foreach (AddressList list in lists.AddressLists)
        {
            json.WriteStartObject();
            json.WriteString("name", list.Name);
            WriteDay(json, "as_of", list.AsOf);
            if (list.Manifest is ListManifest manifest)
            {
                json.WriteString("version", manifest.Version);
                json.WriteString("sha256", manifest.Sha256);
                json.WriteNumber("count", manifest.Count);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>What lists say of an address, named as in the JSON report.</summary>
    public static void WriteMatches(Utf8JsonWriter json, IReadOnlyList<ScreeningMatch> matches)
    {
        json.WriteStartArray("matches");
        foreach (ScreeningMatch match in matches)
        {
            ListEntry entry = match.Entry;
            json.WriteStartObject();
            json.WriteString("list", entry.List);
            json.WriteString("address", entry.Address.ToCaip10());
            json.WriteString("status", Word(match.Status.ToString()));
            json.WriteString("in_force", Word(match.InForce.ToString()));
            json.WriteString("authority", entry.Authority.Name);
            json.WriteString("authority_kind", Word(entry.Authority.Kind.ToString()));
            json.WriteString("entity", entry.Entity);
            json.WriteString("role", Word(entry.Role.ToString()));
            if (entry is Designation designation)
            {
                json.WriteString("entity_id", designation.EntityId);
                WriteDay(json, "entity_listed", designation.EntityListed);
                WriteTexts(json, "programs", designation.Programs);
                WriteTexts(json, "tickers", designation.Tickers);
                WriteBounds(json, "came_on", designation.CameOn);
                WriteBounds(json, "went_off", designation.WentOff);
            }
            else if (entry is Attribution attribution)
            {
                json.WriteString("incident", attribution.Incident);
                WriteDay(json, "stated_on", attribution.StatedOn);
            }

            WriteDocument(json, entry.Document);
            json.WriteString("note", entry.Note);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Ends the text with a line break, as files and terminals like it.</summary>
    public static void End(Utf8JsonWriter json, Stream output)
    {
        json.WriteEndObject();
        json.Flush();
        output.WriteByte((byte)'\n');
    }

    private static void WriteDocument(Utf8JsonWriter json, SourceDocument document)
    {
        json.WriteStartObject("document");
        json.WriteString("title", document.Title);
        WriteDay(json, "date", document.Date);
        json.WriteString("url", document.Url);
        json.WriteString("issuer_text", Word(document.Seen.ToString()));
        json.WriteString("seen_at", document.SeenAt);
        json.WriteEndObject();
    }

    private static void WriteBounds(Utf8JsonWriter json, string property, DateBounds? bounds)
    {
        if (bounds is not DateBounds some)
        {
            json.WriteNull(property);
            return;
        }

        json.WriteStartObject(property);
        WriteDay(json, "not_before", some.NotBefore);
        WriteDay(json, "not_after", some.NotAfter);
        json.WriteEndObject();
    }

    // GovernmentBody is written government-body.
    private static string Word(string name) =>
        string.Concat(name.Select((c, i) => char.IsAsciiLetterUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));

    private static void WriteTexts(Utf8JsonWriter json, string property, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(property);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
