using System.Globalization;

namespace ChainWatch.Benchmarks.Engine;

/// <summary>The rows as a table for each size: as text in columns, and as Markdown.</summary>
internal sealed class PeersTable(IReadOnlyList<PeersRow> rows, string loadBefore)
{
    private static readonly string[] s_head =
    [
        "program", "answers", "load s", "no stops s", "x fastest", "x read", "stops s", "x fastest", "x read", "runs",
    ];

    private readonly string _machine = $"{PeersMachine.Describe()}; load before {loadBefore}, after {PeersMachine.Load()}";

    public void WriteText(TextWriter output)
    {
        foreach (string line in Introduction())
        {
            output.WriteLine(line);
        }

        foreach (IGrouping<int, PeersRow> size in rows.GroupBy(row => row.Transfers))
        {
            string[][] lines = [s_head, .. Lines(size)];
            int[] widths = [.. s_head.Select((_, column) => lines.Max(line => line[column].Length))];
            output.WriteLine();
            output.WriteLine($"{PeersOptions.Text(size.Key)} transfers");
            foreach (string[] line in lines)
            {
                output.WriteLine(string.Join("  ", line.Select((cell, column) => column < 2 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
            }

            foreach (string text in Histograms(size).Concat(Notes(size)))
            {
                output.WriteLine(text);
            }
        }
    }

    public void WriteMarkdown(TextWriter output)
    {
        output.WriteLine(string.Join("\n", Introduction()));
        foreach (IGrouping<int, PeersRow> size in rows.GroupBy(row => row.Transfers))
        {
            output.WriteLine($"\n### {PeersOptions.Text(size.Key)} transfers\n");
            output.WriteLine($"| {string.Join(" | ", s_head)} |");
            output.WriteLine($"|{string.Join("|", s_head.Select((_, column) => column < 2 ? "---" : "---:"))}|");
            foreach (string[] line in Lines(size))
            {
                output.WriteLine($"| {string.Join(" | ", line)} |");
            }

            output.WriteLine();
            foreach (string text in Histograms(size).Concat(Notes(size)))
            {
                output.WriteLine($"- {text}");
            }
        }
    }

    private IEnumerable<string> Introduction() =>
    [
        _machine,
        "",
        string.Create(CultureInfo.InvariantCulture, $"2,000 seeds, {PeersExpected.HopsMax} hops, every address; stops: not traced through above {PeersExpected.StopDegree:N0} transfers in all. Seconds are medians, loading left out."),
        "x fastest: times the fastest exact answer of this run; x read: times one sequential read of the two columns. A program that ignores time answers another question.",
    ];

    private static IEnumerable<string[]> Lines(IGrouping<int, PeersRow> size)
    {
        foreach (IGrouping<string, PeersRow> program in size.Where(row => row.Seconds is not null).GroupBy(row => row.Name))
        {
            PeersRow first = program.First();
            PeersRow? open = program.FirstOrDefault(row => row.StopDegree is null);
            PeersRow? stopped = program.FirstOrDefault(row => row.StopDegree is not null);
            string name = first.Version.Length == 0 ? first.Name : first.Name.EndsWith("-clustered", StringComparison.Ordinal) ? $"{first.Version}, table sorted by source" : first.Version;
            yield return
            [
                name, Answers(program), program.Max(row => row.LoadSeconds) is { } load ? Number(load) : "",
                Number(open?.Seconds), Ratio(open, Fastest(size, null)), Ratio(open, Read(size)),
                Number(stopped?.Seconds), Ratio(stopped, Fastest(size, PeersExpected.StopDegree)), Ratio(stopped, Read(size)),
                $"{open?.Runs}/{stopped?.Runs}",
            ];
        }
    }

    private static string Answers(IEnumerable<PeersRow> program) => program.Any(row => row.IsWrong) ? "WRONG" : program.First().Kind switch
    {
        PeersKind.Exact => "exact",
        PeersKind.IgnoresTime => "ignores time",
        _ => "the limit",
    };

    private static double? Fastest(IEnumerable<PeersRow> size, int? stopDegree) =>
        size.Where(row => row.Kind == PeersKind.Exact && !row.IsWrong && row.StopDegree == stopDegree).Min(row => row.Seconds);

    private static double? Read(IEnumerable<PeersRow> size) => size.Where(row => row.Kind == PeersKind.Limit).Min(row => row.Seconds);

    private static IEnumerable<string> Histograms(IEnumerable<PeersRow> size) => size
        .Where(row => row.Histogram is not null && !row.IsWrong)
        .GroupBy(row => (row.Kind, row.StopDegree, Text: string.Join(", ", row.Histogram!)))
        .OrderBy(group => group.Key.Kind)
        .Select(group => $"addresses by hops{(group.Key.StopDegree is null ? "" : ", with stops")}: {group.Key.Text} ({string.Join(", ", group.Select(row => row.Name))})");

    private static IEnumerable<string> Notes(IEnumerable<PeersRow> size) => size.Where(row => row.Note is not null).Select(row => $"{row.Name}: {row.Note}");

    private static string Ratio(PeersRow? row, double? unit) => row?.Seconds / unit is { } ratio ? Number(ratio) : "";

    // Three digits that count, whatever the size.
    private static string Number(double? value) => value switch
    {
        null => "",
        >= 100 => value.Value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.Value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 1 => value.Value.ToString("0.00", CultureInfo.InvariantCulture),
        >= 0.1 => value.Value.ToString("0.000", CultureInfo.InvariantCulture),
        >= 0.01 => value.Value.ToString("0.0000", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.00000", CultureInfo.InvariantCulture),
    };
}
