using System.Globalization;
using System.Text.Json.Nodes;

namespace ChainWatch.TestNodes.Esplora;

/// <summary>Reads a node's decoded blocks and transactions.</summary>
/// <remarks>Source of the form: Bitcoin Core's help for getblock and getrawtransaction; older nodes say "addresses" for "address".</remarks>
internal sealed class EsploraReader(Chain network, EsploraChain? known = null)
{
    private readonly Dictionary<string, EsploraTx> _read = new(StringComparer.Ordinal);

    /// <summary>A chain.</summary>
    public EsploraChain Read(IEnumerable<JsonNode> blocks) => new(network, blocks.Select(ReadBlock).ToList());

    /// <summary>Transactions that wait.</summary>
    public IEnumerable<EsploraTx> ReadTransactions(IEnumerable<JsonNode> transactions) => transactions.Select(ReadTransaction).ToList();

    /// <summary>Satoshis from bitcoins in decimals. Exact: System.Decimal counts in tens, and more than eight places are refused.</summary>
    public static long Satoshis(JsonNode? bitcoins)
    {
        string text = bitcoins?.ToJsonString() ?? "nothing";
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) && value >= 0 && value <= 21_000_000
            && value * 100_000_000 is decimal satoshis && decimal.Truncate(satoshis) == satoshis
            ? (long)satoshis
            : throw new InvalidDataException($"{text} is no amount of bitcoins: expected 0 to 21000000 with at most eight decimals");
    }

    private EsploraBlock ReadBlock(JsonNode block) => new(
        (long)block["height"]!,
        (string)block["hash"]!,
        (string?)block["previousblockhash"] is string previous && previous.Any(c => c != '0') ? previous : null,
        (long)block["time"]!,
        [.. block["tx"]!.AsArray().Select(tx => ReadTransaction(tx!))])
    {
        Version = (int?)block["version"] ?? 1,
        MerkleRoot = (string?)block["merkleroot"],
        Bits = (string?)block["bits"] is string bits ? uint.Parse(bits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : 0x207fffff,
        Nonce = (uint?)block["nonce"] ?? 0,
        Difficulty = block["difficulty"]?.ToJsonString() ?? "1",
        MedianTime = (long?)block["mediantime"] ?? (long)block["time"]!,
    };

    private EsploraTx ReadTransaction(JsonNode transaction)
    {
        string txid = (string)transaction["txid"]!;
        EsploraTx tx = new(
            txid,
            [.. transaction["vin"]!.AsArray().Select(input => ReadInput(input!, txid))],
            [.. transaction["vout"]!.AsArray().OrderBy(output => (int)output!["n"]!).Select(output => ReadOutput(output!))])
        {
            Version = (int?)transaction["version"] ?? 1,
            LockTime = (uint?)transaction["locktime"] ?? 0,
            Size = (int?)transaction["size"] ?? 200,
            Weight = (int?)transaction["weight"] ?? ((int?)transaction["size"] ?? 200) * 4,
            Raw = (string?)transaction["hex"],
        };
        return _read[txid] = tx;
    }

    private EsploraInput ReadInput(JsonNode input, string spender)
    {
        string[]? witness = input["txinwitness"] is JsonArray { Count: > 0 } items ? [.. items.Select(item => (string)item!)] : null;
        uint sequence = (uint?)input["sequence"] ?? uint.MaxValue;
        if ((string?)input["coinbase"] is string coinbase)
        {
            return EsploraInput.Coinbase with { ScriptSig = coinbase, Sequence = sequence, Witness = witness };
        }

        string txid = (string)input["txid"]!;
        uint vout = (uint)input["vout"]!;
        EsploraOutput? previous = input["prevout"] is JsonObject told
            ? ReadOutput(told)
            : (_read.GetValueOrDefault(txid) ?? known?.Transaction(txid))?.Outputs.ElementAtOrDefault((int)vout);
        return new EsploraInput(txid, vout, previous ?? throw new InvalidDataException($"{spender} spends {txid}:{vout}, which is not among the blocks"))
        {
            ScriptSig = (string?)input["scriptSig"]?["hex"] ?? "",
            Sequence = sequence,
            Witness = witness,
        };
    }

    private EsploraOutput ReadOutput(JsonNode output)
    {
        JsonNode key = output["scriptPubKey"]!;
        string script = ((string)key["hex"]!).ToLowerInvariant();
        string? address = EsploraScript.AddressOf(script, network);
        string? stated = (string?)key["address"] ?? (key["addresses"] is JsonArray { Count: 1 } one ? (string?)one[0] : null);
        return address is null || stated is null || stated == address
            ? new EsploraOutput(script, EsploraScript.TypeOf(script), address, Satoshis(output["value"]))
            : throw new InvalidDataException($"the node writes {stated} where {network.Name} has {address}");
    }
}
