using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace ChainWatch.Benchmarks.Ethereum;

/// <summary>The same fields decoded with <see cref="JsonDocument"/>, to the same kinds of values, as one would write it first.</summary>
internal static class DocumentTwin
{
    public static long Receipts(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        List<(TxId Tx, long Index, TxId Block, long Height, bool Succeeded, byte[]? Created)> rows = [];
        List<Log> logs = [];
        foreach (JsonElement receipt in document.RootElement.EnumerateArray())
        {
            JsonElement created = receipt.GetProperty("contractAddress");
            rows.Add((Hash(receipt, "transactionHash"), Number(receipt, "transactionIndex"), Hash(receipt, "blockHash"), Number(receipt, "blockNumber"), Number(receipt, "status") == 1, created.ValueKind == JsonValueKind.Null ? null : Bytes(created)));
            Logs(receipt.GetProperty("logs"), logs);
        }

        return rows.Count + logs.Count;
    }

    public static long Logs(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        List<Log> logs = [];
        Logs(document.RootElement, logs);
        return logs.Count;
    }

    private static void Logs(JsonElement array, List<Log> logs)
    {
        foreach (JsonElement log in array.EnumerateArray())
        {
            string data = log.GetProperty("data").GetString()!;
            logs.Add(new Log(
                Bytes(log.GetProperty("address")),
                [.. log.GetProperty("topics").EnumerateArray().Select(t => TxId.Parse(t.GetString()!))],
                data.Length,
                data.Length == 66 ? Amount.From(BigInteger.Parse("0" + data[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)) : default,
                Number(log, "blockNumber"),
                Hash(log, "blockHash"),
                Hash(log, "transactionHash"),
                Number(log, "transactionIndex"),
                Number(log, "logIndex"),
                log.GetProperty("removed").GetBoolean()));
        }
    }

    private static TxId Hash(JsonElement element, string property) => TxId.Parse(element.GetProperty(property).GetString()!);

    private static long Number(JsonElement element, string property) => long.Parse(element.GetProperty(property).GetString()!.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static byte[] Bytes(JsonElement element) => Convert.FromHexString(element.GetString()!.AsSpan(2));

    private sealed record Log(byte[] Contract, TxId[] Topics, int DataLength, Amount Data, long Block, TxId BlockHash, TxId Tx, long TxIndex, long LogIndex, bool IsRemoved);
}
