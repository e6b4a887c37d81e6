using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using ChainWatch.Reporting;
using ChainWatch.Tracing;

namespace ChainWatch.Watching;

/// <summary>Names events, so that one is known again after a restart or a reorganisation.</summary>
internal static class AlertId
{
    private const int Bytes = 16;

    /// <summary>The first bytes of the SHA-256 of a compact JSON array of texts: what makes the event the one it is.</summary>
    public static string Of(Alert alert)
    {
        PathStep? last = alert.Path.Count > 0 ? alert.Path[^1] : null;
        Chain chain = last?.Position.Chain ?? alert.Wallet.Chain;
        ArrayBufferWriter<byte> description = new(512);
        using (Utf8JsonWriter json = new(description, AlertJson.Options))
        {
            json.WriteStartArray();
            json.WriteStringValue(alert.List);
            json.WriteStringValue(ReportWords.Of(alert.Direction));
            json.WriteStringValue(chain.Id);
            json.WriteStringValue(alert.Wallet.ToCaip10());
            json.WriteStringValue(ReportWords.Of(alert.Reason));
            // The same transaction in another block is the same event.
            json.WriteStringValue(last is null ? "" : last.Tx is TxId tx ? tx.ToString(chain) : last.Position.ToString());
            json.WriteStringValue(last is null ? "" : SymbolBook.IdOf(last.Asset));
            json.WriteStringValue(last is null ? "" : last.Value.ToString());
            json.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(description.WrittenSpan).AsSpan(0, Bytes));
    }

    /// <summary>An id as a number, which takes a quarter of the memory.</summary>
    public static bool TryGetKey(string id, out UInt128 key) =>
        UInt128.TryParse(id, System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out key)
        && id.Length == 2 * Bytes;
}
