using ChainWatch.Tracing;
using CsvHelper;

namespace ChainWatch.Reporting;

/// <summary>The answer as rows. Reads labels and arrivals only, so that no path is computed.</summary>
internal static class CsvReport
{
    private static readonly string[] Columns =
    [
        "list", "direction", "chain", "address", "hops", "seed",
        "arrival_block", "arrival_position", "arrival_time", "arrival_tx", "order", "stop_reason",
    ];

    public static void Write(TraceResult result, TextWriter output)
    {
        using CsvWriter csv = CsvWriter.Create(output, CsvWriterOptions.Default with { NewLine = "\n" }, leaveOpen: true);
        foreach (string column in Columns)
        {
            csv.WriteField(column);
        }

        csv.EndRecord();
        // Many rows share a seed, and an address's checksum casing costs a hash.
        Dictionary<Address, string> seeds = [];
        foreach (Exposure exposure in result.Exposures)
        {
            Arrival? arrival = exposure.Arrival;
            csv.WriteField(exposure.List);
            csv.WriteField(ReportWords.Of(exposure.Direction));
            csv.WriteField(exposure.Address.Chain.Name);
            csv.WriteField(exposure.Address.ToString());
            csv.WriteField(ReportWords.Plain(exposure.Hops));
            if (!seeds.TryGetValue(exposure.Seed, out string? seed))
            {
                seeds.Add(exposure.Seed, seed = exposure.Seed.ToString());
            }

            csv.WriteField(seed);
            csv.WriteField(arrival is null ? "" : ReportWords.Plain(arrival.Position.Block));
            csv.WriteField(arrival?.Position.Index is int index ? ReportWords.Plain(index) : "");
            csv.WriteField(arrival?.Time is DateTimeOffset time ? ReportWords.Time(time) : "");
            csv.WriteField(arrival?.Tx is TxId tx ? tx.ToString(exposure.Address.Chain) : "");
            csv.WriteField(exposure.Order is PathOrder order ? ReportWords.Of(order) : "");
            csv.WriteField(exposure.StopReason);
            csv.EndRecord();
        }
    }
}
