using System.Globalization;

namespace ChainWatch.Tests;

/// <summary>
/// How many cases a test of random ones runs: by default so many that all tests together take minutes, and as many as its
/// environment variable says. The variables and the numbers for a long run stand in CONTRIBUTING.md.
/// </summary>
internal static class CaseCount
{
    /// <summary>Random graphs for each question to the tracer; others of its parts take a share of them.</summary>
    public static int TraceGraphs => Of("CHAINWATCH_TRACE_GRAPHS", 2_000);

    /// <summary>Random UTXO chains for each question by coin.</summary>
    public static int CoinChains => Of("CHAINWATCH_COIN_CHAINS", 400);

    /// <summary>Random chains that are collected.</summary>
    public static int CollectedChains => Of("CHAINWATCH_COLLECT_CHAINS", 300);

    /// <summary>Kills of a process that collects, for each way to collect.</summary>
    public static int CollectKills => Of("CHAINWATCH_COLLECT_KILLS", 10);

    /// <summary>Random histories of appends to a graph file.</summary>
    public static int AppendHistories => Of("CHAINWATCH_APPEND_HISTORIES", 100);

    /// <summary>Kills of a process that appends to a graph file.</summary>
    public static int AppendKills => Of("CHAINWATCH_APPEND_KILLS", 8);

    /// <summary>Changed bytes of small graph files.</summary>
    public static int FileMutations => Of("CHAINWATCH_FILE_MUTATIONS", 20_000);

    /// <summary>Damaged transactions and blocks; other decoders take a share of them.</summary>
    public static int DecoderInputs => Of("CHAINWATCH_DECODER_INPUTS", 100_000);

    /// <summary>Random histories of a watcher, every block of which waits for the disk.</summary>
    public static int WatchHistories => Of("CHAINWATCH_WATCH_HISTORIES", 30);

    /// <summary>Random histories of a live trace.</summary>
    public static int LiveHistories => Of("CHAINWATCH_LIVE_HISTORIES", 400);

    /// <summary>The number that an environment variable holds, or the default where it is not set.</summary>
    public static int Of(string variable, int byDefault)
    {
        string? text = Environment.GetEnvironmentVariable(variable);
        return string.IsNullOrEmpty(text) ? byDefault
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int asked) && asked > 0 ? asked
            : throw new InvalidOperationException($"{variable} is '{text}'; expected a whole number above 0");
    }
}
