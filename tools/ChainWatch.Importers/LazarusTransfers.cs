using System.Globalization;
using CsvHelper;

namespace ChainWatch.Importers;

/// <summary>
/// The ether transfers of the eight Lazarus addresses on OFAC's list, 23 March to 27 September 2022 (the Ronin theft), in the
/// schema of our transfer file. The source tells neither hash nor block: the block is the Unix time of the transfer, which
/// orders as blocks do; transfers of one second form one group, their order assumed.
/// </summary>
internal static class LazarusTransfers
{
    private const int EtherDecimals = 18;

    /// <summary>Writes <c>ronin-2022.csv</c>.</summary>
    /// <param name="dataDirectory">Holds the source, <c>transfers/lazarus2022_transfers.csv</c>.</param>
    /// <param name="samplesDirectory">Gets the file.</param>
    public static void Import(string dataDirectory, string samplesDirectory) => TransferRow.WriteFile(
        Path.Combine(samplesDirectory, "ronin-2022.csv"),
        Read(Path.Combine(dataDirectory, "transfers", "lazarus2022_transfers.csv")));

    private static List<TransferRow> Read(string source)
    {
        using CsvReader csv = CsvReader.FromFile(source, new CsvReaderOptions { Separator = ',', TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Throw });
        List<TransferRow> rows = [];
        while (csv.Read())
        {
            if (!Amount.TryParseDecimal(csv.GetString("value_eth"), EtherDecimals, out Amount value))
            {
                throw ChainWatchException.At(source, csv.LineNumber, "value_eth", $"'{csv.GetString("value_eth")}' is not an exact amount of ether");
            }

            DateTimeOffset time = DateTimeOffset.ParseExact(csv.GetString("block_time_utc"), "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
            rows.Add(new TransferRow(time.ToUnixTimeSeconds(), time, "", csv.GetString("from"), csv.GetString("to"), "native", value));
        }

        return rows;
    }
}
