using System.Globalization;
using ChainWatch.Labels;

namespace ChainWatch.Importers;

/// <summary>
/// The outbound transfers of five addresses on one trail of the Bybit theft of 21 February 2025, read off Etherscan, in the
/// schema of our transfer file. The source gives amounts in whole coins; base units are exact.
/// </summary>
public static class BybitTransfers
{
    // Nothing but the contract says how many decimals a token has. All of the genuine ones here have 18; the look-alikes,
    // which are on no token list, imitate coins and tokens of 18, and are taken to have as many.
    private const int EtherDecimals = 18;

    /// <summary>Writes <c>bybit-2025.csv</c>.</summary>
    /// <param name="dataDirectory">Holds the source, <c>transfers/bybit_5hop_transfers.csv</c>, and <c>labels/tokens.csv</c>.</param>
    /// <param name="samplesDirectory">Gets the file.</param>
    public static void Import(string dataDirectory, string samplesDirectory)
    {
        TokenList tokens = new("tokens", [.. TokensImporter.Read(dataDirectory)]);
        List<SourceRow> rows = SourceTable.Read(Path.Combine(dataDirectory, "transfers", "bybit_5hop_transfers.csv"));
        TransferRow.WriteFile(Path.Combine(samplesDirectory, "bybit-2025.csv"), rows.Select(row => Read(row, tokens)));
    }

    private static TransferRow Read(SourceRow row, TokenList tokens)
    {
        string contract = row["token_contract"];
        Token? known = contract.Length == 0 ? null : tokens.Find(Asset.Token(Address.Parse(contract, Chain.Ethereum)));
        int decimals = (row["kind"], known) switch
        {
            ("native", null) when contract.Length == 0 => EtherDecimals,
            ("token_genuine", not null) => known.Decimals,
            ("token_impersonating", null) when contract.Length > 0 => EtherDecimals,
            _ => throw row.Error("kind", $"'{row["kind"]}' does not fit the contract '{contract}' and the token list"),
        };
        if (!Amount.TryParseDecimal(row["amount"], decimals, out Amount value))
        {
            throw row.Error("amount", $"'{row["amount"]}' is not an exact amount of {decimals} decimals");
        }

        return new TransferRow(
            long.Parse(row["block"], NumberStyles.None, CultureInfo.InvariantCulture),
            DateTimeOffset.ParseExact(row["timestamp_utc"], "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            row["tx_hash"],
            row["from"],
            row["to"],
            known is null && contract.Length == 0 ? "native" : contract,
            value);
    }
}
