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
            foreach (GraphPartInfo part in info.Parts)
            {
                WritePart(page, info, part);
            }

            CoverageText.Write(page, info.Graph.Coverage);
            page.WriteTo(terminal.Answers);
            return ExitCode.NothingFound;
        });
        return command;
    }

    private static void WritePart(Page page, GraphFileInfo info, GraphPartInfo part)
    {
        if (part.Chain is not Chain chain)
        {
            return;
        }

        ChainLog log = info.Graph.Chains.First(l => l.Chain == chain);
        page.Heading($"{chain}: {Words.Count(log.MovementCount, "movement")}, {Words.Count(log.Addresses.Count, "address", "addresses")}, {Words.Count(log.Blocks.Count, "block")}");
        TextTable table = new("section", "#numbers", "#bytes each", "#bytes", "#a movement");
        foreach (GraphSectionInfo section in part.Sections.Where(s => s.Count > 0))
        {
            table.Add(section.Name + (section.IsHot ? " (hot)" : ""), Words.Number(section.Count), section.Width == 0 ? "all the same" : Words.Number(section.Width), Words.Number(section.Length), PerMovement(section.Length, log));
        }

        page.Write(table);
        long hot = part.Sections.Where(s => s.IsHot).Sum(s => s.Length);
        page.Line($"bytes a movement: {PerMovement(hot, log)} hot, {PerMovement(part.Length - hot, log)} cold (checksums included)", 2, Styles.Strong);
    }

    private static string PerMovement(long bytes, ChainLog log) =>
        log.MovementCount == 0 ? "" : (bytes / (double)log.MovementCount).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture);
}
