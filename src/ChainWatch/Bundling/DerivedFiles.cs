using ChainWatch.Reporting;
using ChainWatch.Tracing;

namespace ChainWatch.Bundling;

/// <summary>The files of a bundle that follow from the others: written by whoever makes it, and made again by whoever checks it.</summary>
internal static class DerivedFiles
{
    public const string Request = "request.json";
    public const string Tool = "tool.json";
    public const string Acquisition = "acquisition.json";
    public const string ReportJson = "report.json";
    public const string ReportMarkdown = "report.md";
    private const int BufferLength = 1 << 16;

    public static IReadOnlyList<BundleFile> Of(BundleQuestion question, BundleTool tool, BundleFetch? fetch, TraceResult answer)
    {
        TraceResult result = answer with { Engine = tool.Engine };
        RunInfo run = new() { AskedOn = question.AskedOn, ToolVersion = tool.ToolVersion };
        return
        [
            ReadmeText.File,
            BundleJson.Of(Request, json => QuestionJson.Write(json, question)),
            BundleJson.Of(Tool, tool.Write),
            BundleJson.Of(Acquisition, json => BundleFetch.Write(json, question.Source, fetch, result.Coverage)),
            new BundleFile(ReportJson, output =>
            {
                // Not disposed: that would end the output, too.
                BufferedStream buffered = new(output, BufferLength);
                Report.WriteJson(result, buffered, run);
                buffered.Flush();
            }),
            new BundleFile(ReportMarkdown, output =>
            {
                using StreamWriter text = new(output, bufferSize: BufferLength, leaveOpen: true) { NewLine = "\n" };
                Report.WriteMarkdown(result, text, run);
            }),
        ];
    }
}
