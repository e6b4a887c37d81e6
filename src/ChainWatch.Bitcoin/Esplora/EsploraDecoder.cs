using System.Text.Json;
using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Esplora;

/// <summary>Reads the API's answers. What is missing or of another form is a <see cref="BitcoinFormatException"/>.</summary>
/// <remarks>Source of the fields: Blockstream/esplora, API.md.</remarks>
internal static class EsploraDecoder
{
    /// <summary>A list of transactions.</summary>
    public static List<EsploraTransaction> Transactions(ReadOnlySpan<byte> json) =>
        JsonReading.Decode(json, static (ref Utf8JsonReader r) => JsonReading.List(ref r, "the answer", TransactionJson.Read));

    /// <summary>A transaction.</summary>
    public static EsploraTransaction Transaction(ReadOnlySpan<byte> json) => JsonReading.Decode(json, TransactionJson.Read);

    /// <summary>A list of transactions' ids.</summary>
    public static List<TxId> TxIds(ReadOnlySpan<byte> json) =>
        JsonReading.Decode(json, static (ref Utf8JsonReader r) => JsonReading.List(ref r, "the answer", static (ref Utf8JsonReader r) => JsonReading.Id(ref r, "txid")));

    /// <summary>A block's own hash and height.</summary>
    public static ToldBlock Block(ReadOnlySpan<byte> json) => JsonReading.Decode(json, static (ref Utf8JsonReader r) =>
    {
        TxId? hash = null;
        long? height = null;
        JsonReading.Enter(ref r, "the answer");
        while (JsonReading.Next(ref r, out string name))
        {
            switch (name)
            {
                case "id":
                    hash = JsonReading.Id(ref r, name);
                    break;
                case "height":
                    height = JsonReading.Whole(ref r, name, 0, int.MaxValue);
                    break;
                default:
                    r.Skip();
                    break;
            }
        }

        return new ToldBlock(height ?? throw JsonReading.Missing("height"), (hash ?? throw JsonReading.Missing("id")).ToString());
    });

    /// <summary>An address as it is told back, and how many confirmed transactions it has.</summary>
    public static (string Address, long Count) Summary(ReadOnlySpan<byte> json) => JsonReading.Decode(json, static (ref Utf8JsonReader r) =>
    {
        string? address = null;
        long? count = null;
        JsonReading.Enter(ref r, "the answer");
        while (JsonReading.Next(ref r, out string name))
        {
            switch (name)
            {
                case "address":
                    address = JsonReading.Text(ref r, name);
                    break;
                case "chain_stats":
                    count = Count(ref r);
                    break;
                default:
                    r.Skip();
                    break;
            }
        }

        return (address ?? throw JsonReading.Missing("address"), count ?? throw JsonReading.Missing("chain_stats.tx_count"));
    });

    private static long? Count(ref Utf8JsonReader r)
    {
        long? count = null;
        JsonReading.Enter(ref r, "chain_stats");
        while (JsonReading.Next(ref r, out string name))
        {
            if (name == "tx_count")
            {
                count = JsonReading.Whole(ref r, name, 0, long.MaxValue);
            }
            else
            {
                r.Skip();
            }
        }

        return count;
    }
}
