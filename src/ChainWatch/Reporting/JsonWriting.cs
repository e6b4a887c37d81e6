using System.Text.Json;
using ChainWatch.Labels;
using ChainWatch.Lists;
using ChainWatch.Tracing;

namespace ChainWatch.Reporting;

/// <summary>The small parts of which the JSON body is made.</summary>
internal static class JsonWriting
{
    public static void WriteText(this Utf8JsonWriter json, string property, string? text)
    {
        if (text is null)
        {
            json.WriteNull(property);
        }
        else
        {
            json.WriteString(property, text);
        }
    }

    public static void WriteNumberOrNull(this Utf8JsonWriter json, string property, long? number)
    {
        if (number is long some)
        {
            json.WriteNumber(property, some);
        }
        else
        {
            json.WriteNull(property);
        }
    }

    public static void WriteDate(this Utf8JsonWriter json, string property, DateOnly? date) =>
        json.WriteText(property, date is DateOnly some ? ReportWords.Date(some) : null);

    public static void WriteTime(this Utf8JsonWriter json, string property, DateTimeOffset? time) =>
        json.WriteText(property, time is DateTimeOffset some ? ReportWords.Time(some) : null);

    public static void WriteTexts(this Utf8JsonWriter json, string property, IEnumerable<string> texts)
    {
        json.WriteStartArray(property);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    /// <summary>Block and index; the chain is that of the addresses beside it.</summary>
    public static void WritePosition(this Utf8JsonWriter json, ChainPosition position)
    {
        json.WriteNumber("block", position.Block);
        json.WriteNumberOrNull("position", position.Index);
    }

    public static void WriteCrossing(this Utf8JsonWriter json, ChainPosition? crossing)
    {
        if (crossing is not ChainPosition position)
        {
            json.WriteNull("degree_crossing");
            return;
        }

        json.WriteStartObject("degree_crossing");
        json.WritePosition(position);
        json.WriteEndObject();
    }

    public static void WriteLabel(this Utf8JsonWriter json, StopLabel? label)
    {
        if (label is null)
        {
            json.WriteNull("label");
            return;
        }

        json.WriteStartObject("label");
        json.WriteString("category", StopCategories.NameOf(label.Category));
        json.WriteString("name", label.Name);
        json.WriteString("source", label.Source);
        json.WriteEndObject();
    }

    public static void WriteAsset(this Utf8JsonWriter json, Asset asset, SymbolBook symbols)
    {
        json.WriteString("asset", SymbolBook.IdOf(asset));
        json.WriteText("symbol", symbols.SymbolOf(asset));
        json.WriteNumberOrNull("decimals", symbols.DecimalsOf(asset));
    }

    public static void WriteTotals(this Utf8JsonWriter json, string property, IReadOnlyList<AssetTotal> totals, SymbolBook symbols)
    {
        json.WriteStartArray(property);
        foreach (AssetTotal total in totals)
        {
            json.WriteStartObject();
            json.WriteAsset(total.Asset, symbols);
            json.WriteString("value", total.Units.ToString(System.Globalization.CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WritePeelChains(this Utf8JsonWriter json, IReadOnlyList<PeelChain> chains)
    {
        json.WriteStartArray("peel_chains");
        foreach (PeelChain chain in chains)
        {
            json.WriteStartObject();
            json.WriteNumber("first_step", chain.FirstStep);
            json.WriteNumber("length", chain.Length);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WritePath(this Utf8JsonWriter json, IReadOnlyList<PathStep> path, SymbolBook symbols)
    {
        json.WriteStartArray("path");
        foreach (PathStep step in path)
        {
            json.WriteStartObject();
            json.WriteTransfer(step, symbols);
            json.WriteString("order", ReportWords.Of(step.Order));
            json.WriteBoolean("conversion", step.IsConversion);
            json.WriteBoolean("through_opaque", step.IsThroughOpaque);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The facts of a transfer, without its place in a path.</summary>
    public static void WriteTransfer(this Utf8JsonWriter json, PathStep step, SymbolBook symbols)
    {
        json.WriteString("from", step.From.ToCaip10());
        json.WriteString("to", step.To.ToCaip10());
        json.WritePosition(step.Position);
        json.WriteTime("time", step.Time);
        json.WriteText("tx", step.Tx?.ToString(step.Position.Chain));
        json.WriteAsset(step.Asset, symbols);
        json.WriteString("value", step.Value.ToString());
        json.WriteNumber("payers", step.Payers);
        json.WriteText("outpoint", step.OutPoint?.ToString());
        json.WriteText("coinjoin", ReportWords.Of(step.CoinJoin));
        json.WriteNumberOrNull("batch_payees", step.BatchPayees > 0 ? step.BatchPayees : null);
        json.WriteBoolean("internal", step.IsInternal);
        json.WriteBoolean("from_contract", step.IsFromContract);
        json.WriteBoolean("to_contract", step.IsToContract);
        json.WriteString("evidence", ReportWords.Of(step.Evidence));
    }

    /// <summary>A list's statement about an address: who makes it, in what document, and what it says on the day asked.</summary>
    public static void WriteEntry(this Utf8JsonWriter json, ListEntry entry, EntryStatus? status, Trilean inForce)
    {
        json.WriteString("list", entry.List);
        json.WriteString("address", entry.Address.ToCaip10());
        json.WriteText("status", status is EntryStatus some ? ReportWords.Of(some) : null);
        json.WriteString("in_force", ReportWords.Of(inForce));
        json.WriteString("authority", entry.Authority.Name);
        json.WriteString("authority_kind", ReportWords.Of(entry.Authority.Kind));
        json.WriteString("entity", entry.Entity);
        json.WriteString("role", ReportWords.Of(entry.Role));
        switch (entry)
        {
            case Designation designation:
                json.WriteString("entity_id", designation.EntityId);
                json.WriteDate("entity_listed", designation.EntityListed);
                json.WriteTexts("programs", designation.Programs);
                json.WriteTexts("tickers", designation.Tickers);
                json.WriteBounds("came_on", designation.CameOn);
                json.WriteBounds("went_off", designation.WentOff);
                break;
            case Attribution attribution:
                json.WriteString("incident", attribution.Incident);
                json.WriteDate("stated_on", attribution.DatedOn);
                break;
            default:
                break;
        }

        json.WriteStartObject("document");
        json.WriteString("title", entry.Document.Title);
        json.WriteDate("date", entry.Document.Date);
        json.WriteString("url", entry.Document.Url);
        json.WriteString("issuer_text", ReportWords.Of(entry.Document.Seen));
        json.WriteString("seen_at", entry.Document.SeenAt);
        json.WriteEndObject();
        json.WriteString("note", entry.Note);
    }

    /// <summary>What the lists at hand say of an address; null where none were given.</summary>
    public static void WriteScreening(this Utf8JsonWriter json, Screening? screening)
    {
        if (screening is null)
        {
            json.WriteNull("screening");
            return;
        }

        json.WriteStartObject("screening");
        json.WriteString("statement", screening.Statement);
        json.WriteStartArray("matches");
        foreach (ScreeningMatch match in screening.Matches)
        {
            json.WriteStartObject();
            json.WriteEntry(match.Entry, match.Status, match.InForce);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteBounds(this Utf8JsonWriter json, string property, DateBounds? bounds)
    {
        if (bounds is not DateBounds some)
        {
            json.WriteNull(property);
            return;
        }

        json.WriteStartObject(property);
        json.WriteDate("not_before", some.NotBefore);
        json.WriteDate("not_after", some.NotAfter);
        json.WriteEndObject();
    }
}
