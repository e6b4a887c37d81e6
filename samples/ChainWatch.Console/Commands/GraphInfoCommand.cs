using System.CommandLine;
using ChainWatch.Console.Printing;
using ChainWatch.Console.Printing.Trace;
using ChainWatch.Graph;

namespace ChainWatch.Console.Commands;

/// <summary><c>chainwatch graph info</c>: what a graph file holds.</summary>
internal static class GraphInfoCommand
{
    private const string Lesson = """
        Example:
          chainwatch graph info chain.cwg
        """;

    public static Command Create(Terminal terminal)
    {
        Argument<string> file = new("FILE.cwg") { Description = "A graph file" };
        TaughtCommand command = new("info", "Shows what a graph file holds, what it rests on, and what takes how many bytes. Does not read all of it", Lesson) { file };
        command.SetAction(parsed =>
        {
            GraphFileInfo info = TransferGraph.Describe(parsed.GetRequiredValue(file));
            using Page page = new(terminal.Width, terminal.Colour);
            page.Title($"{info.Path}: {Words.Number(info.Length)} bytes");
            foreach (ChainLog log in info.Graph.Chains)
            {
                page.Heading($"{log.Chain}: {Words.Count(log.MovementCount, "movement")}, {Words.Count(log.Addresses.Count, "address", "addresses")}, {Words.Count(log.Blocks.Count, "block")}");
                GraphPartInfo[] parts = [.. info.Parts.Where(p => p.Chain == log.Chain)];
                foreach (GraphPartInfo part in parts.Where(p => !p.IsAppended))
                {
                    WritePart(page, part);
                }

                WriteAppended(page, "appended", [.. parts.Where(p => p.IsAppended && !p.IsTakenBack)]);
                WriteAppended(page, "taken back, and counted no more", [.. parts.Where(p => p.IsTakenBack)]);
            }

            if (info.Parts.Any(p => p.IsAppended))
            {
                GraphPartInfo[] commits = [.. info.Parts.Where(p => p.Chain is null)];
                page.Line($"{Words.Count(commits.Length, "commit")}, {Words.Number(commits.Sum(c => c.Length))} bytes; 'chainwatch graph build --graph {info.Path} --output FILE.cwg' writes all in one piece", 2);
            }

            CoverageText.Write(page, info.Graph.Coverage);
            page.WriteTo(terminal.Answers);
            return ExitCode.NothingFound;
        });
        return command;
    }

    private static void WritePart(Page page, GraphPartInfo part)
    {
        TextTable table = new("section", "#numbers", "#bytes each", "#bytes", "#a movement");
        foreach (GraphSectionInfo section in part.Sections.Where(s => s.Count > 0))
        {
            table.Add(section.Name + (section.IsHot ? " (hot)" : ""), Words.Number(section.Count), section.Width == 0 ? "all the same" : Words.Number(section.Width), Words.Number(section.Length), PerMovement(section.Length, part.Movements));
        }

        page.Write(table);
        long hot = part.Sections.Where(s => s.IsHot).Sum(s => s.Length);
        page.Line($"bytes a movement: {PerMovement(hot, part.Movements)} hot, {PerMovement(part.Length - hot, part.Movements)} cold (checksums included)", 2, Styles.Strong);
    }

    private static void WriteAppended(Page page, string what, GraphPartInfo[] parts)
    {
        if (parts.Length > 0)
        {
            (long movements, long bytes) = (parts.Sum(p => p.Movements), parts.Sum(p => p.Length));
            page.Line($"{what}: {Words.Count(parts.Length, "part")} of {Words.Count(movements, "movement")}, {Words.Number(bytes)} bytes: {PerMovement(bytes, movements)} a movement", 2);
        }
    }

    private static string PerMovement(long bytes, long movements) =>
        movements == 0 ? "" : (bytes / (double)movements).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture);
}
