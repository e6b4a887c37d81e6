using System.CommandLine;
using ChainWatch.Console.Printing;
using ChainWatch.Graph;

namespace ChainWatch.Console.Commands;

/// <summary><c>chainwatch graph verify</c>: whether a graph file is as it was written.</summary>
internal static class GraphVerifyCommand
{
    private const string Lesson = """
        Example:
          chainwatch graph verify chain.cwg
        """;

    public static Command Create(Terminal terminal)
    {
        Argument<string> file = new("FILE.cwg") { Description = "A graph file" };
        TaughtCommand command = new("verify", "Reads a graph file whole: every checksum, and that everything in it is in its order. Any difference is an error", Lesson) { file };
        command.SetAction((parsed, cancellationToken) =>
        {
            string path = parsed.GetRequiredValue(file);
            TransferGraph.Verify(path, cancellationToken);
            GraphFileInfo info = TransferGraph.Describe(path);
            using Page page = new(terminal.Width, terminal.Colour);
            page.Line($"{path}: {Words.Number(info.Length)} bytes, {Words.Count(info.Graph.Chains.Sum(c => (long)c.MovementCount), "movement")}: as it was written, and in order", 0, Styles.Strong);
            page.WriteTo(terminal.Answers);
            return Task.FromResult(ExitCode.NothingFound);
        });
        return command;
    }
}
