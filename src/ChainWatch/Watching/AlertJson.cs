using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using ChainWatch.Labels;
using ChainWatch.Reporting;
using ChainWatch.Sources;

namespace ChainWatch.Watching;

/// <summary>Writes an alert as JSON on one line, in the reports' words.</summary>
internal static class AlertJson
{
    private const int SchemaVersion = 1;

    // Read by people and programs, never put into a web page: letters and quotes stay readable. Line ends are escaped.
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(Alert alert, TokenList tokens)
    {
        ArrayBufferWriter<byte> buffer = new(1024);
        using (Utf8JsonWriter json = new(buffer, Options))
        {
            Write(json, alert, new SymbolBook(tokens));
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static void Write(Utf8JsonWriter json, Alert alert, SymbolBook symbols)
    {
        json.WriteStartObject();
        json.WriteNumber("schema_version", SchemaVersion);
        json.WriteString("id", alert.Id);
        json.WriteString("state", ReportWords.Of(alert.State));
        json.WriteText("cause", alert.Cause is WithdrawalCause cause ? ReportWords.Of(cause) : null);
        json.WriteString("reason", ReportWords.Of(alert.Reason));
        json.WriteBoolean("note", alert.IsNote);
        json.WriteBoolean("retroactive", alert.IsRetroactive);
        json.WriteString("list", alert.List);
        json.WriteDate("list_as_of", alert.ListAsOf);
        json.WriteText("list_version", alert.ListVersion);
        json.WriteText("list_sha256", alert.ListSha256);
        json.WriteString("direction", ReportWords.Of(alert.Direction));
        json.WriteString("wallet", alert.Wallet.ToCaip10());
        json.WriteNumber("hops", alert.Hops);
        WriteBlock(json, alert.Block);
        json.WriteNumber("confirmations", alert.Confirmations);
        json.WritePath(alert.Path, symbols);
        json.WriteEndObject();
    }

    private static void WriteBlock(Utf8JsonWriter json, BlockRef block)
    {
        json.WriteStartObject("block");
        json.WriteNumber("height", block.Height);
        json.WriteString("hash", block.Hash);
        json.WriteString("parent_hash", block.ParentHash);
        json.WriteTime("time", block.Time);
        json.WriteEndObject();
    }
}
