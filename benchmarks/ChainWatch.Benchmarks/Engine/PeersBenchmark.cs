using System.Globalization;

namespace ChainWatch.Benchmarks.Engine;

/// <summary>
/// One question, asked of many programs about the same files, in one run: 2,000 seeds, 5 hops, the least number of hops of every
/// address, with and without stops. Answers that should agree are checked; times come as one table.
/// </summary>
internal static class PeersBenchmark
{
    private static readonly int?[] s_stops = [null, PeersExpected.StopDegree];

    /// <summary>Runs all that was asked for. False where an answer was wrong.</summary>
    public static bool Run(PeersOptions options, TextWriter output, TextWriter log)
    {
        List<PeersRow> rows = [];
        foreach (int transfers in options.Sizes)
        {
            PeersGraph graph = PeersGraph.Open(options.Data, transfers, log);
            Dictionary<int, int[]> expected = s_stops.ToDictionary(Key, stop => PeersExpected.Histogram(graph, stop));
            IEnumerable<PeersRow> own = [.. PeersOwnRows.All.SelectMany(row => s_stops.Select(stop => Row(row, graph, stop)))];
            graph.Release();
            foreach (PeersRow row in own.Concat(Peers(options).SelectMany(peer => peer.Run(graph, options.UpTo))))
            {
                PeersRow seen = Checked(row, expected[Key(row.StopDegree)]);
                rows.Add(seen);
                log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{PeersOptions.Text(transfers)}, {seen.Name}, {(seen.StopDegree is null ? "no stops" : "stops")}: {(seen.Seconds is { } s ? $"{s:0.0000} s " : "")}{seen.Note}"));
            }
        }

        PeersTable table = new(rows);
        table.WriteText(output);
        if (options.Output is { } file)
        {
            using StreamWriter markdown = new(file);
            table.WriteMarkdown(markdown);
        }

        return !rows.Any(row => row.IsWrong);
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

    private static int Key(int? stopDegree) => stopDegree ?? int.MaxValue;
}
