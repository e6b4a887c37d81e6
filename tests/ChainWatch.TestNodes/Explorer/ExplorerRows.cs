using System.Globalization;
using System.Text.Json.Nodes;
using ChainWatch.TestNodes.Ronin;

namespace ChainWatch.TestNodes.Explorer;

/// <summary>
/// The three tables of an explorer, in chain order. Transactions and logs are the node's; internal moves are what the
/// re-enactment knows it made, with the calls that were undone.
/// </summary>
/// <remarks>
/// Field names: https://docs.etherscan.io (txlist, txlistinternal, tokentx) and Blockscout's view of the same actions
/// (apps/block_scout_web/lib/block_scout_web/views/api/rpc/address_view.ex).
/// </remarks>
internal sealed class ExplorerRows
{
    private const string TransferTopic = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
    private readonly RoninReenactment _play;
    private readonly bool _blockscout;
    private readonly Dictionary<string, JsonObject> _common = new(StringComparer.Ordinal);

    private ExplorerRows(RoninReenactment play, bool blockscout) => (_play, _blockscout) = (play, blockscout);

    /// <summary>txlist.</summary>
    public List<ExplorerRow> Transactions { get; } = [];

    /// <summary>txlistinternal.</summary>
    public List<ExplorerRow> Internals { get; } = [];

    /// <summary>tokentx.</summary>
    public List<ExplorerRow> Tokens { get; } = [];

    /// <summary>Makes the tables.</summary>
    public static async Task<ExplorerRows> BuildAsync(RoninReenactment play, ExplorerDialect dialect)
    {
        ExplorerRows rows = new(play, dialect == ExplorerDialect.Blockscout);
        for (long height = play.FirstBlock; height <= play.LastBlock; height++)
        {
            JsonNode block = (await play.Node.CallAsync("eth_getBlockByNumber", RpcClient.Quantity(height), true))!;
            JsonArray receipts = (await play.Node.CallAsync("eth_getBlockReceipts", RpcClient.Quantity(height)))!.AsArray();
            foreach ((JsonNode? transaction, JsonNode? receipt) in block["transactions"]!.AsArray().Zip(receipts))
            {
                rows.AddTransaction(block, transaction!, receipt!);
            }
        }

        rows.AddInternals();
        return rows;
    }

    private void AddTransaction(JsonNode block, JsonNode transaction, JsonNode receipt)
    {
        bool failed = (string?)receipt["status"] == "0x0";
        string hash = (string)transaction["hash"]!;
        long height = (long)RpcClient.Number(block["number"]);
        string from = (string)transaction["from"]!;
        string to = (string?)transaction["to"] ?? "";
        string created = (string?)receipt["contractAddress"] ?? "";
        JsonObject common = new()
        {
            ["blockNumber"] = Decimal(block["number"]),
            ["timeStamp"] = Decimal(block["timestamp"]),
            ["hash"] = hash,
            ["nonce"] = Decimal(transaction["nonce"]),
            ["blockHash"] = (string)block["hash"]!,
            ["transactionIndex"] = Decimal(transaction["transactionIndex"]),
            ["gas"] = Decimal(transaction["gas"]),
            ["gasPrice"] = Decimal(transaction["gasPrice"]),
            ["gasUsed"] = Decimal(receipt["gasUsed"]),
            ["cumulativeGasUsed"] = Decimal(receipt["cumulativeGasUsed"]),
            ["confirmations"] = (_play.LastBlock - height + 1).ToString(CultureInfo.InvariantCulture),
        };
        _common.Add(hash, common);
        JsonObject row = common.DeepClone().AsObject();
        row["from"] = from;
        row["to"] = to;
        row["value"] = Decimal(transaction["value"]);
        row["isError"] = failed ? "1" : "0";
        row["txreceipt_status"] = failed ? "0" : "1";
        row["input"] = (string)transaction["input"]!;
        row["contractAddress"] = created;
        AddMethod(row, (string)transaction["input"]!);
        Transactions.Add(new ExplorerRow(height, hash, [from, to, created], null, row));
        foreach (JsonNode? log in receipt["logs"]!.AsArray())
        {
            AddToken(height, hash, log!, (string)transaction["input"]!);
        }
    }

    // Etherscan lists ERC-721 elsewhere (tokennfttx); Blockscout has them among the tokens, with a tokenID and no value.
    private void AddToken(long height, string hash, JsonNode log, string input)
    {
        string[] topics = [.. log["topics"]!.AsArray().Select(t => (string)t!)];
        bool isPiece = topics.Length == 4;
        if (topics[0] != TransferTopic || (isPiece && !_blockscout))
        {
            return;
        }

        string contract = (string)log["address"]!;
        bool isWrapper = Address.Parse(contract, _play.Chain) == _play.Cast.Weth;
        string from = "0x" + topics[1][26..];
        string to = "0x" + topics[2][26..];
        JsonObject row = _common[hash].DeepClone().AsObject();
        row["from"] = from;
        row["contractAddress"] = contract;
        row["to"] = to;
        row["tokenName"] = isPiece ? "Collection" : isWrapper ? "Wrapped Ether" : "USD Coin";
        row["tokenSymbol"] = isPiece ? "PIECE" : isWrapper ? "WETH" : "USDC";
        row["tokenDecimal"] = isPiece ? "" : isWrapper ? "18" : "6";
        row["input"] = _blockscout ? input : "deprecated";
        row[isPiece ? "tokenID" : "value"] = Decimal(isPiece ? topics[3] : log["data"]);
        AddMethod(row, input);
        if (_blockscout)
        {
            row["logIndex"] = Decimal(log["logIndex"]);
        }

        Tokens.Add(new ExplorerRow(height, hash, [from, to], contract, row));
    }

    private void AddInternals()
    {
        MinedTransaction undone = _play.Transactions.Single(t => t.To == _play.Cast.Reverter);
        foreach (MinedTransaction transaction in _play.Transactions)
        {
            int index = 0;
            foreach (Transfer move in _play.Expected.Where(t => t.IsInternal && t.Tx == transaction.Hash))
            {
                string type = move.To == _play.Vault ? "create" : move.From == _play.Suicidal ? "suicide" : "call";
                AddInternal(transaction, type, move.From, move.To, move.Value, ++index, isError: false);
            }

            if (transaction == undone)
            {
                Amount value = Amount.From(undone.Value);
                AddInternal(transaction, "call", _play.Cast.Reverter, _play.Cast.Reverter, value, 1, isError: true);
                AddInternal(transaction, "call", _play.Cast.Reverter, _play.Cast.Named("never paid"), value, 2, isError: true);
            }
        }
    }

    // Neither dialect says where in the block the transaction is.
    private void AddInternal(MinedTransaction transaction, string type, Address from, Address to, Amount value, int index, bool isError)
    {
        string hash = $"0x{transaction.Hash}";
        string number = index.ToString(CultureInfo.InvariantCulture);
        JsonObject row = new()
        {
            ["blockNumber"] = transaction.Position.Block.ToString(CultureInfo.InvariantCulture),
            ["timeStamp"] = transaction.Time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            [_blockscout ? "transactionHash" : "hash"] = hash,
            ["from"] = Written(from),
            ["to"] = type == "create" ? "" : Written(to),
            ["value"] = value.ToString(),
            ["contractAddress"] = type == "create" ? Written(to) : "",
            ["input"] = "",
            ["type"] = _blockscout && type == "suicide" ? "selfdestruct" : type,
            ["gas"] = "2300",
            ["gasUsed"] = "0",
            ["isError"] = isError ? "1" : "0",
            ["errCode"] = isError ? "execution reverted" : "",
        };
        if (_blockscout)
        {
            row["index"] = number;
            row["callType"] = type == "call" ? "call" : "";
        }
        else
        {
            row["traceId"] = number;
        }

        Internals.Add(new ExplorerRow(transaction.Position.Block, hash, [Written(from), Written(to)], null, row));
    }

    private void AddMethod(JsonObject row, string input)
    {
        if (!_blockscout)
        {
            row["methodId"] = input.Length >= 10 ? input[..10] : "0x";
            row["functionName"] = "";
        }
    }

    private static string Written(Address address) => address.ToCanonicalString();

    private static string Decimal(JsonNode? quantity) => RpcClient.Number(quantity).ToString(CultureInfo.InvariantCulture);
}
