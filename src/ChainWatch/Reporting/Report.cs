using ChainWatch.Reporting.Html;
using ChainWatch.Tracing;

namespace ChainWatch.Reporting;

/// <summary>
/// Writes the answer of a trace. A report prints what the tracer saw and computes no verdict; the same answer gives the
/// same bytes, whatever the culture. The formats stand in docs/formats.md.
/// </summary>
/// <remarks>Whoever opens a file for a report writes to a temporary one and renames it: a report cut short is no report.</remarks>
public static class Report
{
    /// <summary>How many witness paths a case note shows for each list and direction, unless told otherwise.</summary>
    public const int PathsMax = 25;

    /// <summary>
    /// Writes JSON: a <c>body</c>, its SHA-256, and a <c>run</c> part outside the hash. UTF-8, indented, LF. The stream
    /// stays open.
    /// </summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void WriteJson(TraceResult result, Stream output, RunInfo run) => JsonReport.Write(result, output, run);

    /// <summary>Checks that the body of a JSON report has the hash written beside it.</summary>
    /// <param name="report">The report's bytes, at most 2 GiB.</param>
    /// <param name="name">The file, as errors name it.</param>
    /// <returns>The body's SHA-256, 64 lower-case hexadecimal digits.</returns>
    /// <exception cref="ChainWatchException">The body was changed, or the bytes are no report of this form.</exception>
    public static string VerifyJson(ReadOnlyMemory<byte> report, string name) => JsonVerifier.Verify(report.Span, name);

    /// <summary>
    /// Writes CSV, a row per exposure in the answer's order, with exactly the columns
    /// <c>list,direction,chain,address,hops,seed,arrival_block,arrival_position,arrival_time,arrival_tx,order,stop_reason</c>.
    /// LF. The writer stays open.
    /// </summary>
    /// <exception cref="IOException">The writer cannot be written.</exception>
    public static void WriteCsv(TraceResult result, TextWriter output) => CsvReport.Write(result, output);

    /// <summary>
    /// Writes JSON lines, one for each finding (wallet, list and direction), or for each exposure where no wallet is watched: for
    /// batches of any size. UTF-8, LF. The stream stays open.
    /// </summary>
    /// <param name="result">The answer.</param>
    /// <param name="output">Where to.</param>
    /// <param name="references">What stands as <c>ref</c> of an address, such as the customer's number; null: nothing.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void WriteJsonLines(TraceResult result, Stream output, IReadOnlyDictionary<Address, string>? references = null) =>
        JsonLinesReport.Write(result, output, references);

    /// <summary>Writes a case note in Markdown. LF. The writer stays open.</summary>
    /// <param name="result">The answer.</param>
    /// <param name="output">Where to.</param>
    /// <param name="run">What is said of the run; null leaves out the date asked and the tool's version.</param>
    /// <param name="pathsMax">The most witness paths shown for each list and direction where no wallet is watched; those of watched wallets are all shown. What is left out is counted.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pathsMax"/> is negative.</exception>
    /// <exception cref="IOException">The writer cannot be written.</exception>
    public static void WriteMarkdown(TraceResult result, TextWriter output, RunInfo? run = null, int pathsMax = PathsMax)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pathsMax);
        new CaseNote(result, run, pathsMax).Write(output);
    }

    /// <summary>
    /// Writes GraphML: the addresses and transfers of all witness paths and inflows. UTF-8, indented, LF. The stream stays
    /// open.
    /// </summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void WriteGraphMl(TraceResult result, Stream output) => GraphMlReport.Write(result, output);

    /// <summary>
    /// Whether this build can write HTML: it holds the graph library, as the packages do. A build from source does after
    /// <c>npm ci</c>, or with <c>-p:WithHtml=true</c>.
    /// </summary>
    /// <exception cref="ChainWatchException">It cannot; the message says what to do.</exception>
    public static void RequireHtml() => _ = ViewerFiles.Library;

    /// <summary>
    /// Writes one HTML page that loads nothing: the case note, the flow graph, the witness paths, and tables of the addresses
    /// and transfers of all witness paths and inflows, at most 5,000 exposures (the nearest) and 500 inflows of each; what is
    /// left out is told. UTF-8, LF. The stream stays open.
    /// </summary>
    /// <param name="result">The answer.</param>
    /// <param name="output">Where to.</param>
    /// <param name="run">What is said of the run, in an element of its own; null leaves out the date asked and the tool's version.</param>
    /// <exception cref="ChainWatchException">This build lacks the graph library, see <see cref="RequireHtml"/>. Nothing is written.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void WriteHtml(TraceResult result, Stream output, RunInfo? run = null) => HtmlReport.Write(result, output, run, ViewerFiles.Library);
}
