using System.Text.Json.Nodes;
using ChainWatch.Bitcoin.Decoding;
using ChainWatch.TestNodes.Bitcoin;

namespace ChainWatch.Bitcoin.Tests.Source;

/// <summary>A block that the stand-in serves: its bytes, and what its transactions spend where that is known.</summary>
/// <param name="Height">Its height.</param>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Spent">For each transaction but the first an array of <c>{value, scriptHex, height, coinbase}</c>; null: not known.</param>
internal sealed record StandInBlock(int Height, byte[] Bytes, JsonArray? Spent)
{
    public string Hash { get; } = new BlockHeader(Bytes).ComputeHashText();

    /// <summary>The blocks of a node from one height to another.</summary>
    public static async Task<StandInBlock[]> CopyAsync(Bcoin node, int first, int last)
    {
        StandInBlock[] blocks = new StandInBlock[last - first + 1];
        for (int i = 0; i < blocks.Length; i++)
        {
            JsonArray? spent = first + i == 0 ? null : (await node.SpentOutputsAsync(first + i)).AsArray();
            blocks[i] = new StandInBlock(first + i, Convert.FromHexString(await node.RawBlockAsync(first + i)), spent);
        }

        return blocks;
    }

    /// <summary>The block's transactions by their ids.</summary>
    public IEnumerable<(TxId Id, byte[] Bytes)> Transactions()
    {
        List<(TxId, byte[])> all = [];
        BlockView view = new(Bytes);
        while (view.Read(out TransactionView transaction))
        {
            all.Add((transaction.ComputeId(), transaction.Bytes.ToArray()));
        }

        return all;
    }

    /// <summary>The answer to <c>getblock</c> in the form that Bitcoin Core documents.</summary>
    public JsonNode Json(int verbosity)
    {
        BlockView view = new(Bytes);
        BlockHeader header = view.Header;
        JsonArray transactions = [];
        for (int i = 0; view.Read(out TransactionView transaction); i++)
        {
            string id = transaction.ComputeId().ToString();
            transactions.Add(verbosity == 1 ? id : Json(transaction, id, verbosity == 3 && i > 0 ? Spent?[i - 1]?.AsArray() : null));
        }

        JsonObject block = new()
        {
            ["hash"] = Hash,
            ["confirmations"] = 1,
            ["height"] = Height,
            ["version"] = header.Version,
            ["versionHex"] = $"{header.Version:x8}",
            ["merkleroot"] = Written(header.MerkleRoot),
            ["time"] = header.Time.ToUnixTimeSeconds(),
            ["mediantime"] = header.Time.ToUnixTimeSeconds(),
            ["nonce"] = BitConverter.ToUInt32(Bytes, 76),
            ["bits"] = $"{header.Bits:x8}",
            ["difficulty"] = 4.656542373906925e-10,
            ["nTx"] = view.TransactionCount,
            ["size"] = Bytes.Length,
            ["tx"] = transactions,
        };
        if (Height > 0)
        {
            block["previousblockhash"] = Written(header.PreviousHash);
        }

        return block;
    }

    private static JsonObject Json(TransactionView transaction, string id, JsonArray? spent)
    {
        JsonArray inputs = [];
        foreach (InputView input in transaction.Inputs)
        {
            JsonObject json = transaction.IsCoinbase
                ? new() { ["coinbase"] = Convert.ToHexStringLower(input.Script) }
                : new() { ["txid"] = Written(input.PreviousId), ["vout"] = input.PreviousIndex, ["scriptSig"] = new JsonObject { ["hex"] = Convert.ToHexStringLower(input.Script) } };
            if (spent?[inputs.Count] is JsonNode previous)
            {
                json["prevout"] = new JsonObject
                {
                    ["generated"] = (bool)previous["coinbase"]!,
                    ["height"] = (int)previous["height"]!,
                    ["value"] = Coins((ulong)(long)previous["value"]!),
                    ["scriptPubKey"] = new JsonObject { ["asm"] = "", ["hex"] = (string)previous["scriptHex"]!, ["type"] = "nonstandard" },
                };
            }

            json["sequence"] = input.Sequence;
            inputs.Add(json);
        }

        JsonArray outputs = [];
        foreach (OutputView output in transaction.Outputs)
        {
            outputs.Add(new JsonObject { ["value"] = Coins(output.Value), ["n"] = outputs.Count, ["scriptPubKey"] = new JsonObject { ["hex"] = Convert.ToHexStringLower(output.Script) } });
        }

        return new JsonObject { ["txid"] = id, ["version"] = transaction.Version, ["locktime"] = transaction.LockTime, ["vin"] = inputs, ["vout"] = outputs, ["hex"] = Convert.ToHexStringLower(transaction.Bytes) };
    }

    // Eight decimals always, as Bitcoin Core writes them.
    private static JsonValue Coins(ulong satoshis) => JsonValue.Create(new decimal((int)(uint)satoshis, (int)(satoshis >> 32), 0, false, 8));

    private static string Written(ReadOnlySpan<byte> hash)
    {
        byte[] bytes = hash.ToArray();
        Array.Reverse(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
