using System.Globalization;

namespace ChainWatch.Importers;

/// <summary>
/// The ether transfers of the eight Lazarus addresses on OFAC's list, 23 March to 27 September 2022 (the Ronin theft), in the
/// schema of our transfer file. The source tells neither hash nor block: the block is the Unix time of the transfer, which
/// orders as blocks do; transfers of one second form one group, their order assumed.
/// </summary>
public static class LazarusTransfers
{
    private const int EtherDecimals = 18;

    /// <summary>Writes <c>ronin-2022.csv</c>.</summary>
    /// <param name="dataDirectory">Holds the source, <c>transfers/lazarus2022_transfers.csv</c>.</param>
    /// <param name="samplesDirectory">Gets the file.</param>
    public static void Import(string dataDirectory, string samplesDirectory)
    {
        List<SourceRow> rows = SourceTable.Read(Path.Combine(dataDirectory, "transfers", "lazarus2022_transfers.csv"));
        TransferRow.WriteFile(Path.Combine(samplesDirectory, "ronin-2022.csv"), rows.Select(Read));
    }

    private static TransferRow Read(SourceRow row)
    {
        if (!Amount.TryParseDecimal(row["value_eth"], EtherDecimals, out Amount value))
        {
            throw row.Error("value_eth", $"'{row["value_eth"]}' is not an exact amount of ether");
        }

        DateTimeOffset time = DateTimeOffset.ParseExact(row["block_time_utc"], "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
        return new TransferRow(time.ToUnixTimeSeconds(), time, "", row["from"], row["to"], "native", value);
    }
}
