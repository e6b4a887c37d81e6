using System.Text.Encodings.Web;
using System.Text.Json;
using ChainWatch.Lists;
using ChainWatch.Reporting;

namespace ChainWatch.Console.Printing.Lists;

/// <summary>An update as one JSON object.</summary>
internal static class UpdateJson
{
    public static void Write(Stream output, ListUpdate update)
    {
        using Utf8JsonWriter json = new(output, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteBoolean("is_new", update.IsNew);
        WriteVersion(json, "list", update.List);
        WriteVersion(json, "before", update.Before);
        json.WriteBoolean("before_is_inside_program", update.IsOverOwn);
        json.WriteStartObject("publication");
        JsonText.WriteDay(json, "date", update.Publication.Date);
        json.WriteString("format", update.Publication.Format.ToString().ToLowerInvariant());
        json.WriteNumber("parties", update.Publication.PartyCount);
        json.WriteNumber("addresses", update.Publication.Addresses.Count);
        json.WriteStartArray("problems");
        foreach (string problem in update.Publication.Problems.Select(problem => problem.ToString()))
        {
            json.WriteStringValue(problem);
        }

        json.WriteEndArray();
        json.WriteStartArray("hosts");
        foreach (string host in update.Origin.Hosts)
        {
            json.WriteStringValue(host);
        }

        json.WriteEndArray();
        json.WriteNumber("bytes", update.Origin.Bytes);
        json.WriteString("sha256", update.Origin.Sha256);
        json.WriteEndObject();
        WriteEntries(json, "added", update.Added, update.List.AsOf);
        WriteEntries(json, "removed", update.Removed, update.List.AsOf);
        json.WriteStartArray("redated");
        foreach (ListChange change in update.Redated)
        {
            json.WriteStartObject();
            WriteEntry(json, change.After, update.List.AsOf);
            json.WriteStartArray("dates");
            foreach ((string field, string before, string after) in ListUpdate.DatesOf(change))
            {
                json.WriteStartObject();
                json.WriteString("field", field);
                json.WriteString("before", before);
                json.WriteString("after", after);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("changed_otherwise", update.ChangedOtherwise.Count);
        JsonText.End(json, output);
    }

    private static void WriteVersion(Utf8JsonWriter json, string property, AddressList list)
    {
        ListManifest manifest = list.Manifest!;
        json.WriteStartObject(property);
        json.WriteString("name", manifest.Name);
        json.WriteString("version", manifest.Version);
        JsonText.WriteDay(json, "as_of", manifest.AsOf);
        json.WriteString("sha256", manifest.Sha256);
        json.WriteNumber("count", manifest.Count);
        json.WriteEndObject();
    }

    private static void WriteEntries(Utf8JsonWriter json, string property, IEnumerable<ListEntry> entries, DateOnly day)
    {
        json.WriteStartArray(property);
        foreach (ListEntry entry in entries)
        {
            json.WriteStartObject();
            WriteEntry(json, entry, day);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteEntry(Utf8JsonWriter json, ListEntry entry, DateOnly day) => json.WriteEntry(entry, entry.StatusOn(day), entry.InForceOn(day));
}
