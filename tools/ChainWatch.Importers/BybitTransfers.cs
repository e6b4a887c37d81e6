using System.Globalization;
using CsvHelper;

namespace ChainWatch.Importers;

/// <summary>
/// The outbound transfers of five addresses on one trail of the Bybit theft of 21 February 2025, read off Etherscan, in the
/// schema of our transfer file. The source gives amounts in whole coins; base units are exact.
/// </summary>
internal static class BybitTransfers
{
    // Nothing but the contract says how many decimals a token has. All of the genuine ones here have 18; the look-alikes,
    // which are on no token list, imitate coins and tokens of 18, and are taken to have as many.
    private const int EtherDecimals = 18;

    /// <summary>Writes <c>bybit-2025.csv</c>.</summary>
    /// <param name="dataDirectory">Holds the source, <c>transfers/bybit_5hop_transfers.csv</c>, and <c>labels/tokens.csv</c>.</param>
    /// <param name="samplesDirectory">Gets the file.</param>
    public static void Import(string dataDirectory, string samplesDirectory) => TransferRow.WriteFile(
        Path.Combine(samplesDirectory, "bybit-2025.csv"),
        Read(Path.Combine(dataDirectory, "transfers", "bybit_5hop_transfers.csv"), ReadDecimals(Path.Combine(dataDirectory, "labels", "tokens.csv"))));

    private static Dictionary<Address, int> ReadDecimals(string tokens)
    {
        using CsvReader csv = CsvReader.FromFile(tokens, new CsvReaderOptions { Separator = ',' });
        Dictionary<Address, int> decimals = [];
        while (csv.Read())
        {
            decimals.Add(Address.Parse(csv.GetString("contract"), Chain.Ethereum), int.Parse(csv.GetString("decimals"), NumberStyles.None, CultureInfo.InvariantCulture));
        }

        return decimals;
    }

    private static List<TransferRow> Read(string source, Dictionary<Address, int> decimalsOf)
    {
        using CsvReader csv = CsvReader.FromFile(source, new CsvReaderOptions { Separator = ',', TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Throw });
        List<TransferRow> rows = [];
        while (csv.Read())
        {
            string contract = csv.GetString("token_contract");
            int decimals = csv.GetString("kind") switch
            {
                "native" when contract.Length == 0 => EtherDecimals,
                "token_genuine" when decimalsOf.TryGetValue(Address.Parse(contract, Chain.Ethereum), out int known) => known,
                "token_impersonating" when !decimalsOf.ContainsKey(Address.Parse(contract, Chain.Ethereum)) => EtherDecimals,
                string kind => throw ChainWatchException.At(source, csv.LineNumber, "kind", $"'{kind}' does not fit the contract '{contract}' and the token list"),
            };
            if (!Amount.TryParseDecimal(csv.GetString("amount"), decimals, out Amount value))
            {
                throw ChainWatchException.At(source, csv.LineNumber, "amount", $"'{csv.GetString("amount")}' is not an exact amount of {decimals} decimals");
            }

            rows.Add(new TransferRow(
                long.Parse(csv.GetString("block"), NumberStyles.None, CultureInfo.InvariantCulture),
                DateTimeOffset.ParseExact(csv.GetString("timestamp_utc"), "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                csv.GetString("tx_hash"),
                csv.GetString("from"),
                csv.GetString("to"),
                contract.Length == 0 ? "native" : contract,
                value));
        }

        return rows;
    }
}
