using System.CommandLine;

namespace ChainWatch.Console.Commands;

/// <summary><c>chainwatch graph</c>: graph files.</summary>
internal static class GraphCommand
{
    public static Command Create(Terminal terminal) => new("graph", "Graph files: transfers in chain order, for questions without the source") 
    {
        GraphBuildCommand.Create(terminal),
        GraphAppendCommand.Create(terminal),
        GraphInfoCommand.Create(terminal),
        GraphVerifyCommand.Create(terminal),
    };
}
