using System.Globalization;

namespace ChainWatch.Benchmarks.Engine;

/// <summary>
/// One question, asked of many programs about the same files, in one run: 2,000 seeds, 5 hops, the least number of hops of every
/// address, with and without stops. Answers that should agree are checked; times come as one table.
/// </summary>
internal static class PeersBenchmark
{
    private static readonly int?[] s_stops = [null, PeersExpected.StopDegree];

    /// <summary>Runs all that was asked for. False where an answer was wrong, or a program that is there gave none.</summary>
    public static bool Run(PeersOptions options, TextWriter output, TextWriter log)
    {
        string loadBefore = PeersMachine.Load();
        List<PeersRow> rows = [];
        foreach (int transfers in options.Sizes)
        {
            PeersGraph graph = PeersGraph.Open(options.Data, transfers, log);
            Dictionary<int, int[]> expected = s_stops.ToDictionary(Key, stop => PeersExpected.Histogram(graph, stop));
            IEnumerable<PeersRow> own = [.. PeersOwnRows.All.SelectMany(row => s_stops.Select(stop => Row(row, graph, stop)))];
            graph.Release();
            OwnGraph.Release();
            foreach (PeersRow row in own.Concat(Peers(options).SelectMany(peer => peer.Run(graph, options.UpTo))))
            {
                rows.Add(Checked(row, expected[Key(row.StopDegree)]));
                log.WriteLine(Line(rows[^1]));
            }
        }

        PeersTable table = new(rows, loadBefore);
        table.WriteText(output);
        if (options.Output is { } file)
        {
            using StreamWriter markdown = new(file);
            table.WriteMarkdown(markdown);
        }

        return !rows.Any(row => row.IsWrong || row.IsFailed);
    }

    private static IEnumerable<PeersScript> Peers(PeersOptions options) => PeersScript.All.Where(peer => options.Only.Count == 0 || options.Only.Contains(peer.Name));

    private static PeersRow Row(PeersOwnRow own, PeersGraph graph, int? stopDegree)
    {
        PeersOwnAnswer answer = own.Ask(graph, stopDegree);
        return new PeersRow(own.Name, own.Kind, graph.Transfers, stopDegree)
        {
            LoadSeconds = answer.LoadSeconds,
            Seconds = answer.Seconds,
            Runs = answer.Runs,
            Histogram = answer.Histogram,
        };
    }

    private static PeersRow Checked(PeersRow row, int[] expected) =>
        row.Kind != PeersKind.Exact || row.Seconds is null || (row.Histogram ?? []).SequenceEqual(expected)
            ? row
            : row with { IsWrong = true, Note = $"WRONG: addresses by hops {string.Join(", ", row.Histogram ?? [])}; expected {string.Join(", ", expected)}" };

    // While it runs: the table comes at the end.
    private static string Line(PeersRow row)
    {
        string stops = row.Seconds is null ? "" : row.StopDegree is null ? ", no stops" : ", stops";
        string seconds = row.Seconds is { } median ? string.Create(CultureInfo.InvariantCulture, $" {median:0.0000} s") : "";
        return $"{PeersOptions.Text(row.Transfers)}, {row.Name}{stops}:{seconds} {row.Note}".TrimEnd();
    }

    private static int Key(int? stopDegree) => stopDegree ?? int.MaxValue;
}
