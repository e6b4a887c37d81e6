using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace ChainWatch.Benchmarks.Engine;

/// <summary>A program by others that is asked the same question, through a script of its own in <c>benchmarks/peers</c>.</summary>
/// <param name="Name">As in <c>--only</c> and in the script's output.</param>
/// <param name="Kind">What it can answer.</param>
/// <param name="Command">The script and what is always passed to it.</param>
/// <param name="TransfersMax">The largest graph it is asked about unless <c>--up-to</c> says more.</param>
internal sealed record PeersScript(string Name, PeersKind Kind, string[] Command, int TransfersMax)
{
    private static readonly TimeSpan s_timeMax = TimeSpan.FromHours(1);

    public static IReadOnlyList<PeersScript> All { get; } =
    [
        new("duckdb", PeersKind.Exact, ["duckdb.mjs"], int.MaxValue),
        new("duckdb-clustered", PeersKind.Exact, ["duckdb.mjs", "--clustered"], 10_000_000),
        new("sqlite", PeersKind.Exact, ["sqlite.py"], 1_000_000),
        new("postgresql", PeersKind.Exact, ["postgresql.py"], 1_000_000),
        new("networkx", PeersKind.Exact, ["networkx_loop.py"], 1_000_000),
        new("igraph", PeersKind.IgnoresTime, ["igraph_bfs.py"], 10_000_000),
        new("graph-tool", PeersKind.IgnoresTime, ["graph_tool_bfs.py"], 10_000_000),
        new("gap", PeersKind.IgnoresTime, ["gap_bfs.py"], 10_000_000),
    ];

    public static bool IsName(string text) => All.Any(peer => peer.Name == text);

    /// <summary>Asks about a graph, with and without stops: a row for each, or one that says why there is none.</summary>
    public IReadOnlyList<PeersRow> Run(PeersGraph graph, int transfersMax)
    {
        PeersRow none = new(Name, Kind, graph.Transfers, null);
        if (graph.Transfers > Math.Max(TransfersMax, transfersMax))
        {
            return [none with { Note = $"not asked: {PeersOptions.Text(TransfersMax)} transfers is its limit here unless --up-to says more" }];
        }

        // Debian's packages belong to Debian's Python, which need not be the first one in the path.
        string[] programs = Command[0].EndsWith(".py", StringComparison.Ordinal) ? ["python3", "/usr/bin/python3"] : ["node"];
        IReadOnlyList<PeersRow> rows = [];
        foreach (string program in programs)
        {
            rows = Run(program, graph, none);
            if (rows is not [{ Seconds: null, IsFailed: false }])
            {
                break;
            }
        }

        return rows;
    }

    private IReadOnlyList<PeersRow> Run(string program, PeersGraph graph, PeersRow none)
    {
        ProcessStartInfo start = new(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        string stops = string.Create(CultureInfo.InvariantCulture, $"none,{PeersExpected.StopDegree}");
        string hops = PeersExpected.HopsMax.ToString(CultureInfo.InvariantCulture);
        foreach (string argument in (string[])[Path.Combine(Folder(), Command[0]), Path.GetFullPath(graph.Folder), "--hops", hops, "--stops", stops, .. Command[1..]])
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(s_timeMax))
            {
                process.Kill(entireProcessTree: true);
                return [none with { IsFailed = true, Note = $"failed: stopped after {s_timeMax.TotalMinutes} minutes" }];
            }

            process.WaitForExit();
            string[] lines = Lines(output.Result);
            return process.ExitCode == 0 && lines.Length > 0
                ? [.. lines.Select(line => Row(line, none))]
                : [none with { IsFailed = true, Note = $"failed: {Lines(errors.Result).LastOrDefault("it said nothing").Trim()}" }];
        }
        catch (JsonException)
        {
            return [none with { IsFailed = true, Note = "failed: its output is not a line of JSON for each answer" }];
        }
        catch (Win32Exception)
        {
            return [none with { Note = $"skipped: {program} is not installed" }];
        }
    }

    private static PeersRow Row(string json, PeersRow none)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement line = document.RootElement;
        if (line.TryGetProperty("skipped", out JsonElement reason))
        {
            return none with { Note = $"skipped: {reason.GetString()}" };
        }

        if (line.GetProperty("transfers").GetInt32() != none.Transfers)
        {
            throw new InvalidDataException($"{none.Name} read {line.GetProperty("transfers")} transfers; {none.Transfers} are in the files");
        }

        JsonElement stops = line.GetProperty("stops");
        JsonElement histogram = line.GetProperty("histogram");
        return none with
        {
            StopDegree = stops.ValueKind == JsonValueKind.Null ? null : stops.GetInt32(),
            Version = line.GetProperty("version").GetString()!,
            LoadSeconds = line.GetProperty("load_seconds").GetDouble(),
            Seconds = line.GetProperty("seconds").GetDouble(),
            Runs = line.GetProperty("runs").GetInt32(),
            Histogram = histogram.ValueKind == JsonValueKind.Null ? null : [.. histogram.EnumerateArray().Select(count => count.GetInt32())],
        };
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    // Above the program, wherever it was built to, or above the current folder.
    private static string Folder() => new[] { AppContext.BaseDirectory, Environment.CurrentDirectory }
        .SelectMany(start => Above(new DirectoryInfo(start)))
        .Select(folder => Path.Combine(folder.FullName, "benchmarks", "peers"))
        .FirstOrDefault(Directory.Exists) ?? throw new DirectoryNotFoundException("no folder benchmarks/peers above the program or the current folder");

    private static IEnumerable<DirectoryInfo> Above(DirectoryInfo? folder)
    {
        for (; folder is not null; folder = folder.Parent)
        {
            yield return folder;
        }
    }
}
