using ChainWatch.Tracing;
using static ChainWatch.Reporting.MarkdownText;

namespace ChainWatch.Reporting;

/// <summary>
/// The answer as a note for a case file: question, answer, evidence, what lies behind the stops, what was not followed,
/// coverage, lists, method and limits.
/// </summary>
internal sealed class CaseNote
{
    private readonly TraceResult _result;
    private readonly RunInfo? _run;
    private readonly int _pathsMax;
    private readonly NoteWords _words;

    public CaseNote(TraceResult result, RunInfo? run, int pathsMax)
    {
        _result = result;
        _run = run;
        _pathsMax = pathsMax;
        _words = new NoteWords(result);
    }

    /// <summary>The note's parts after the question, in order; one without a title belongs to the part before.</summary>
    public IEnumerable<(string Id, string Title, Action<INoteText> Write)> Parts =>
    [
        ("answer", "Answer", text => NoteAnswer.Write(text, _result, _words)),
        ("listed", "", text => NoteListed.Write(text, _result)),
        ("evidence", "Evidence", text => NoteEvidence.Write(text, _result, _words, _pathsMax)),
        ("stops", "What lies behind the stops", text => NoteStops.Write(text, _result, _words)),
        ("spent-together", "Spent together with a listed address", text => NoteRemainder.WriteCoSpendings(text, _result)),
        ("not-followed", "What was not followed", text => NoteRemainder.WriteNotFollowed(text, _result, _words)),
        ("coverage", "Coverage", text => NoteCoverage.Write(text, _result.Coverage)),
        ("lists", "Lists used", text => NoteLists.Write(text, _result)),
        ("method", "Method and limits", text => NoteMethod.Write(text, _result, _words)),
    ];

    public string Title => $"Exposure to {string.Join(", ", _result.Lists.Select(l => Quote(l.Name)))}";

    public void Write(TextWriter output)
    {
        MarkdownText text = new(output);
        text.Heading(1, Title);
        WriteQuestion(text);
        foreach ((_, string title, Action<INoteText> write) in Parts)
        {
            if (title.Length > 0)
            {
                text.Heading(2, title);
            }

            write(text);
        }

        if (_run is not null)
        {
            text.Paragraph($"Written by {Quote(_run.ToolVersion)}; engine: {Quote(_result.Engine)}.");
        }
    }

    public void WriteQuestion(INoteText text)
    {
        TraceRequest request = _result.Request;
        string lists = NoteWords.Sentence([.. _result.Lists.Select(l => $"**{Quote(l.Name)}**")], "or");
        string wallets = NoteWords.Sentence([.. request.To.Distinct().Order().Select(w => Code(w.ToString()))], "or");
        string within = $"within {ReportWords.Count(request.MaxHops, "hop", "hops")}";
        List<string> questions = [];
        if (request.Direction.HasFlag(Direction.Received))
        {
            questions.Add(request.To.Count > 0
                ? $"Did funds from {lists} reach {wallets} {within}?"
                : $"Which addresses did funds from {lists} reach {within}?");
        }

        if (request.Direction.HasFlag(Direction.Sent))
        {
            questions.Add(request.To.Count > 0
                ? $"Did funds of {wallets} reach {lists} {within}?"
                : $"From which addresses did funds reach {lists} {within}?");
        }

        string asked = _run is null ? "" : $" Asked on {ReportWords.Date(_run.AskedOn)}.";
        string day = request.AsOf is DateOnly asOf ? $" Seeds: entries in force on {ReportWords.Date(asOf)}." : " Seeds: entries in force on each list's own date.";
        text.Paragraph($"**Question.** {string.Join(' ', questions)}{asked}{day}");
    }
}
