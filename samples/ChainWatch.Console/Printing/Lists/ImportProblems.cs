using ChainWatch.Lists.Ofac;
using ChainWatch.Reporting;

namespace ChainWatch.Console.Printing.Lists;

/// <summary>What an import could not read, or carried as it was, told on stderr: all of it stands in the manifest.</summary>
internal static class ImportProblems
{
    private const int ShownMax = 10;

    public static void Tell(Terminal terminal, IReadOnlyList<OfacProblem> problems, string file, string manifest)
    {
        if (problems.Count == 0)
        {
            return;
        }

        string kinds = string.Join(", ", problems.GroupBy(problem => problem.Kind).OrderBy(kind => kind.Key).Select(kind => $"{Words.Number(kind.Count())} {ReportWords.Of(kind.Key)}"));
        string shown = problems.Count > ShownMax ? $"the first {ShownMax} follow, all are under \"refused\" in {manifest}" : $"they also stand under \"refused\" in {manifest}";
        terminal.Warn($"{file}: {Words.Count(problems.Count, "problem")} ({kinds}); {shown}");
        foreach (OfacProblem problem in problems.Take(ShownMax))
        {
            terminal.Warn(problem.ToString());
        }
    }
}
