using System.Text.Json;
using ChainWatch.Console.Printing.Screen;
using ChainWatch.Lists;
using ChainWatch.Reporting;

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

    /// <summary>What lists say of an address, as in the JSON report.</summary>
    public static void WriteMatches(Utf8JsonWriter json, IReadOnlyList<ScreeningMatch> matches)
    {
        json.WriteStartArray("matches");
        foreach (ScreeningMatch match in matches)
        {
            json.WriteStartObject();
            json.WriteEntry(match.Entry, match.Status, match.InForce);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>What lists say of one address that was asked about.</summary>
    public static void WriteScreened(Utf8JsonWriter json, ScreenedAddress address)
    {
        json.WriteStartObject();
        json.WriteString("address", address.Screening.Address.ToCaip10());
        json.WriteString("ref", address.Reference);
        json.WriteBoolean("match_in_force", address.Screening.IsInForce);
        WriteMatches(json, address.Screening.Matches);
        json.WriteString("statement", address.Screening.Statement);
        json.WriteEndObject();
    }

    /// <summary>Ends the text with a line break, as files and terminals like it.</summary>
    public static void End(Utf8JsonWriter json, Stream output)
    {
        json.WriteEndObject();
        json.Flush();
        output.WriteByte((byte)'\n');
    }
}
