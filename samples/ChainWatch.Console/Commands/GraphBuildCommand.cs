using System.CommandLine;
using System.Globalization;
using ChainWatch.Console.Arguments;
using ChainWatch.Console.Printing;
using ChainWatch.Console.Printing.Trace;
using ChainWatch.Graph;

namespace ChainWatch.Console.Commands;

/// <summary><c>chainwatch graph build</c>: reads everything that a source has into a graph file.</summary>
internal static class GraphBuildCommand
{
    private const string Lesson = """
        Example:
          chainwatch graph build --bitcoin-blocks ~/.bitcoin/blocks --until 300000 --output chain.cwg
          chainwatch trace --from "list:ofac-sdn" --hops 3 --graph chain.cwg
          chainwatch graph build --graph appended.cwg --output compact.cwg

        With --index the file also has, by address, the transfers in which it pays and is paid: 8 bytes a
        transfer and 8 an address more. Questions about few addresses are then answered sooner, and the same.
        Of an endpoint whole blocks are read: nothing is asked about an address.
        --memory 2GB builds the same file where not everything fits into memory.
        """;

    public static Command Create(Terminal terminal)
    {
        SourceArgument source = new();
        WindowArgument window = new();
        Option<string> output = new("--output") { Description = "The graph file to write", HelpName = "FILE.cwg", Required = true };
        Option<bool> index = new("--index") { Description = "Write an index by address, too" };
        TaughtCommand command = new("build", "Read everything that a source has into a graph file", Lesson);
        source.AddToBuild(command);
        window.AddTo(command);
        command.Add(output);
        command.Add(index);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            source.Check(parsed);
            OutputFile file = OutputFile.Open(parsed.GetRequiredValue(output), source.Files(parsed), terminal, cancellationToken);
            TransferGraph graph = await source.BuildAsync(parsed, terminal, window.Read(parsed), file.Folder, cancellationToken).ConfigureAwait(false);
            file.Write(stream => graph.Save(stream, parsed.GetValue(index)));
            using Page page = new(terminal.Width, terminal.Colour);
            page.Line($"{parsed.GetRequiredValue(output)}: {string.Join("; ", graph.Chains.Select(Describe))}", 0, Styles.Strong);
            CoverageText.Write(page, graph.Coverage);
            page.WriteTo(terminal.Answers);
            return ExitCode.NothingFound;
        });
        return command;
    }

    private static string Describe(ChainLog log) => string.Create(
        CultureInfo.InvariantCulture,
        $"{log.MovementCount:N0} {(log.MovementCount == 1 ? "movement" : "movements")} of {log.Addresses.Count:N0} {(log.Addresses.Count == 1 ? "address" : "addresses")} on {log.Chain}");
}
