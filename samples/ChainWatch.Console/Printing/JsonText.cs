using System.Text.Json;
using ChainWatch.Console.Printing.Screen;
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

    public static void WriteMatches(Utf8JsonWriter json, IReadOnlyList<ScreeningMatch> matches)
    {
        json.WriteStartArray("matches");
        foreach (ScreeningMatch match in matches)
        {
            ListEntry entry = match.Entry;
            json.WriteStartObject();
            json.WriteString("status", match.Status.ToString());
            json.WriteString("in_force", match.InForce.ToString());
            json.WriteString("list", entry.List);
            json.WriteString("listed_as", entry.Address.ToCaip10());
            json.WriteString("attributed_by", entry.Authority.Name);
            json.WriteString("entity", entry.Entity);
            json.WriteString("role", entry.Role.ToString());
            json.WriteString("came_on", EntryDates.CameOn(entry));
            json.WriteString("went_off", EntryDates.WentOff(entry));
            if (entry is Designation designation)
            {
                json.WriteString("entity_id", designation.EntityId);
                WriteDay(json, "entity_listed", designation.EntityListed);
                WriteTexts(json, "programs", designation.Programs);
                WriteTexts(json, "tickers", designation.Tickers);
            }
            else if (entry is Attribution attribution)
            {
                json.WriteString("incident", attribution.Incident);
            }

            WriteDocument(json, entry.Document);
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
        json.WriteString("issuer_text_seen", document.Seen.ToString());
        json.WriteEndObject();
    }

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
