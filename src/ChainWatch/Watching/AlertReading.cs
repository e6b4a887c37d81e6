using System.Text.Json;
using ChainWatch.Heuristics;
using ChainWatch.Reporting;
using ChainWatch.Sources;
using ChainWatch.Tracing;

namespace ChainWatch.Watching;

/// <summary>Reads an alert from JSON, and requires of every property what the writer gives it.</summary>
internal static class AlertReading
{
    private const int SchemaVersion = 1;

    /// <exception cref="ChainWatchException">It is no alert; the message names the property.</exception>
    public static Alert Read(ReadOnlyMemory<byte> json, string file, long line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonFields fields = new(document.RootElement, file, line);
            if (fields.Number("schema_version") is long version and not SchemaVersion)
            {
                throw fields.Problem("schema_version", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{version} is of another version of ChainWatch; expected {SchemaVersion}"));
            }

            Alert alert = ReadAlert(fields);
            return alert.Id == fields.Text("id") ? alert : throw fields.Problem("id", $"'{fields.Text("id")}' is not the id of the event beside it; expected {alert.Id}");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string with bytes that are not UTF-8.
            throw new ChainWatchException(ChainWatchException.At(file, line, null, "no alert in JSON").Message, e);
        }
    }

    private static Alert ReadAlert(JsonFields fields) => new()
    {
        State = fields.Word<AlertState>("state"),
        Cause = fields.TextOrNull("cause") is null ? null : fields.Word<WithdrawalCause>("cause"),
        Reason = fields.Word<AlertReason>("reason"),
        IsNote = fields.Flag("note"),
        IsRetroactive = fields.Flag("retroactive"),
        List = fields.Text("list"),
        ListAsOf = fields.DateOrNull("list_as_of"),
        ListVersion = fields.TextOrNull("list_version"),
        ListSha256 = fields.TextOrNull("list_sha256"),
        Direction = fields.Text("direction") switch
        {
            "received" => Direction.Received,
            "sent" => Direction.Sent,
            string other => throw fields.Problem("direction", $"'{other}': expected received or sent"),
        },
        Wallet = fields.Address("wallet"),
        Hops = fields.Count("hops"),
        Block = ReadBlock(fields.Inner("block")),
        Confirmations = fields.Count("confirmations"),
        Path = [.. fields.Items("path").Select(ReadStep)],
    };

    private static BlockRef ReadBlock(JsonFields fields) =>
        new(fields.Number("height"), fields.Text("hash"), fields.Text("parent_hash"), fields.TimeOrNull("time") ?? throw fields.Problem("time", "expected a time"));

    private static PathStep ReadStep(JsonFields fields)
    {
        Asset asset = ReadAsset(fields);
        return new PathStep
        {
            From = fields.Address("from"),
            To = fields.Address("to"),
            Position = new ChainPosition(asset.Chain, fields.Number("block"), fields.CountOrNull("position")),
            Time = fields.TimeOrNull("time"),
            Tx = fields.TextOrNull("tx") is not string tx ? null : TxId.TryParse(tx, out TxId id) ? id : throw fields.Problem("tx", $"'{tx}' is no transaction hash"),
            Asset = asset,
            Value = Amount.TryParse(fields.Text("value"), out Amount value) ? value : throw fields.Problem("value", $"'{fields.Text("value")}' is no amount"),
            Payers = fields.Count("payers"),
            OutPoint = fields.TextOrNull("outpoint") is not string coin ? null : OutPoint.TryParse(coin, out OutPoint outPoint) ? outPoint : throw fields.Problem("outpoint", $"'{coin}' is no output"),
            CoinJoin = fields.TextOrNull("coinjoin") is string rule ? ReadRule(fields, rule) : CoinJoinRule.None,
            BatchPayees = fields.CountOrNull("batch_payees") ?? 0,
            IsInternal = fields.Flag("internal"),
            IsFromContract = fields.Flag("from_contract"),
            IsToContract = fields.Flag("to_contract"),
            Evidence = fields.Word<EdgeEvidence>("evidence"),
            Order = fields.Word<PathOrder>("order"),
            IsConversion = fields.Flag("conversion"),
            IsThroughOpaque = fields.Flag("through_opaque"),
        };
    }

    // CHAIN/slip44:60, CHAIN/native or CHAIN/erc20:CONTRACT.
    private static Asset ReadAsset(JsonFields fields)
    {
        string text = fields.Text("asset");
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        const string Token = "erc20:";
        if (slash > 0 && Chain.TryParse(text[..slash], out Chain chain))
        {
            string rest = text[(slash + 1)..];
            Asset? asset = !rest.StartsWith(Token, StringComparison.Ordinal) ? Asset.Native(chain)
                : ChainWatch.Address.TryParse(rest[Token.Length..], chain, out Address contract) ? Asset.Token(contract) : null;
            if (asset is Asset found && SymbolBook.IdOf(found) == text)
            {
                return found;
            }
        }

        throw fields.Problem("asset", $"'{text}' is no asset");
    }

    private static CoinJoinRule ReadRule(JsonFields fields, string name)
    {
        foreach (CoinJoinRule rule in Enum.GetValues<CoinJoinRule>())
        {
            if (CoinJoins.NameOf(rule) == name)
            {
                return rule;
            }
        }

        throw fields.Problem("coinjoin", $"'{name}' is no rule");
    }
}
