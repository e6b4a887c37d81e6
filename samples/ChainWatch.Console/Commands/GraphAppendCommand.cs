using System.CommandLine;
using ChainWatch.Console.Arguments;
using ChainWatch.Console.Printing;
using ChainWatch.Console.Printing.Trace;
using ChainWatch.Graph;
using ChainWatch.Tracing;

namespace ChainWatch.Console.Commands;

/// <summary><c>chainwatch graph append</c>: reads later blocks into a graph file.</summary>
internal static class GraphAppendCommand
{
    private const string Lesson = """
        Example:
          chainwatch graph append chain.cwg --bitcoin-blocks ~/.bitcoin/blocks
          chainwatch graph append chain.cwg --transfers newer.csv --complete

        Of a node, or of a node's files, the blocks above those of the file are read, unless --since says otherwise.
        The file stays readable meanwhile, also where this is killed. After many appends 'graph build --graph' writes it anew, in one piece.
        """;

    public static Command Create(Terminal terminal)
    {
        Argument<string> file = new("FILE.cwg") { Description = "A graph file" };
        SourceArgument source = new();
        WindowArgument window = new();
        TaughtCommand command = new("append", "Reads later blocks of a source into a graph file; every block must be above those that the file holds", Lesson) { file };
        source.AddToBuild(command);
        window.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            source.Check(parsed);
            string path = parsed.GetRequiredValue(file);
            using GraphAppender appender = TransferGraph.OpenForAppend(path);
            long before = Movements(appender.Graph);
            TransferGraph read = await source.BuildAsync(parsed, terminal, Above(appender.Graph, window.Read(parsed), source.ReadsBlocks(parsed)), Path.GetDirectoryName(Path.GetFullPath(path))!, cancellationToken).ConfigureAwait(false);
            foreach (ChainLog log in read.Chains)
            {
                log.SendTo(appender);
            }

            cancellationToken.ThrowIfCancellationRequested();
            TransferGraph graph = appender.Commit(read.Coverage.Sources);
            using Page page = new(terminal.Width, terminal.Colour);
            page.Line($"{path}: {Words.Count(Movements(graph) - before, "movement")} appended; {Words.Count(Movements(graph), "movement")} in all", 0, Styles.Strong);
            CoverageText.Write(page, graph.Coverage);
            page.WriteTo(terminal.Answers);
            return ExitCode.NothingFound;
        });
        return command;
    }

    private static long Movements(TransferGraph graph) => graph.Chains.Sum(c => (long)c.MovementCount);

    // Blocks without transfers were looked at, too.
    private static TraceWindow Above(TransferGraph graph, TraceWindow window, bool readsBlocks) =>
        !readsBlocks || graph.Chains.Count != 1 || (window.FirstBlock ?? (object?)window.FirstTime) is not null ? window
            : window with
            {
                FirstBlock = 1 + graph.Coverage.Chains.Select(c => c.LastBlock)
                    .Concat(graph.Coverage.Sources.SelectMany(s => s.Windows).Where(w => w.Chain == graph.Chains[0].Chain).Select(w => w.Last))
                    .DefaultIfEmpty(-1).Max(),
            };
}
