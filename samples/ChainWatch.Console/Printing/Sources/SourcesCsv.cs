using System.Globalization;
using ChainWatch.Lists;
using ChainWatch.Tracing;
using CsvHelper;

namespace ChainWatch.Console.Printing.Sources;

/// <summary>A row for each source and list entry, one with an empty status where no list names the source.</summary>
internal static class SourcesCsv
{
    private static readonly string[] Columns =
    [
        "wallet", "chain", "address", "hops", "departure_block", "departure_position", "departure_time", "departure_tx", "order",
        "stop_reason", "label", "status", "list", "entity", "program", "attributed_by",
    ];

    public static void Write(TextWriter output, SourcesAnswer answer)
    {
        using CsvWriter csv = CsvWriter.Create(output, CsvWriterOptions.Default with { NewLine = "\n" }, leaveOpen: true);
        csv.WriteRecord(Columns);
        foreach (Source source in answer.Sources)
        {
            string[] start = Start(source.Exposure);
            if (source.Matches.Count == 0)
            {
                csv.WriteRecord([.. start, "", "", "", "", ""]);
            }

            foreach (ScreeningMatch match in source.Matches)
            {
                string programs = match.Entry is Designation designation ? string.Join('|', designation.Programs) : "";
                csv.WriteRecord([.. start, match.Status.ToString(), match.Entry.List, match.Entry.Entity, programs, match.Entry.Authority.Name]);
            }
        }
    }

    private static string[] Start(Exposure exposure) =>
    [
        exposure.List,
        exposure.Address.Chain.Name,
        exposure.Address.ToString(),
        exposure.Hops.ToString(CultureInfo.InvariantCulture),
        exposure.Arrival!.Position.Block.ToString(CultureInfo.InvariantCulture),
        exposure.Arrival.Position.Index?.ToString(CultureInfo.InvariantCulture) ?? "",
        exposure.Arrival.Time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "",
        exposure.Arrival.Tx?.ToString(exposure.Address.Chain) ?? "",
        Words.Of(exposure.Order),
        exposure.StopReason,
        exposure.Label?.Name ?? "",
    ];
}
