using System.Globalization;
using Nethereum.RPC.Eth.DTOs;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace ChainWatch.Nethereum.Tests.CrossCheck;

/// <summary>Recorded answers as Nethereum's types hold them, in the words of our own side's lines.</summary>
internal static class NethereumAnswers
{
    public static IEnumerable<string> Lines(string method, byte[] json)
    {
        JToken token = JToken.Parse(System.Text.Encoding.UTF8.GetString(json));
        switch (method)
        {
            case "eth_getBlockByNumber":
                bool isWhole = token["transactions"]!.All(t => t.Type == JTokenType.Object);
                Block block = isWhole ? To<BlockWithTransactions>(token) : To<BlockWithTransactionHashes>(token);
                Transaction[] transactions = (block as BlockWithTransactions)?.Transactions ?? [];
                int count = (block as BlockWithTransactionHashes)?.TransactionHashes.Length ?? transactions.Length;
                return
                [
                    $"block {block.Number.Value} {block.BlockHash} {block.ParentHash} {block.Timestamp.Value} {count}",
                    .. transactions.Select(t => $"tx {t.TransactionHash} {t.TransactionIndex.Value} {Lower(t.From)} {Lower(t.To)} {t.Value.Value}"),
                    .. (block.Withdrawals ?? []).Select(w => $"withdrawal {Lower(w.Address)} {w.Amount.Value}"),
                ];
            case "eth_getBlockReceipts" or "eth_getTransactionReceipt":
                TransactionReceipt[] receipts = token is JArray ? To<TransactionReceipt[]>(token) : [To<TransactionReceipt>(token)];
                return
                [
                    .. receipts.Select(r => $"receipt {r.TransactionHash} {r.BlockNumber.Value} {r.TransactionIndex.Value} {r.Status?.Value.ToString(CultureInfo.InvariantCulture) ?? "-"} {Lower(r.ContractAddress)}"),
                    .. receipts.SelectMany(r => r.Logs).Select(Line),
                ];
            default:
                return To<FilterLog[]>(token).Select(Line);
        }
    }

    private static T To<T>(JToken token) => token.ToObject<T>(JsonSerializer.CreateDefault())!;

    private static string Lower(string? address) => string.IsNullOrEmpty(address) ? "-" : address.ToLowerInvariant();

    private static string Line(FilterLog log) =>
        $"log {Lower(log.Address)} {log.BlockNumber.Value} {log.TransactionHash} {log.TransactionIndex.Value} {log.LogIndex.Value} {log.Topics.Length} {(log.Data.Length - 2) / 2}";
}
