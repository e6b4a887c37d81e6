using System.CommandLine;
using System.CommandLine.Invocation;

namespace ChainWatch.Console;

/// <summary>Prints the version of this program, whatever program has loaded it.</summary>
internal sealed class VersionLine : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(ToolVersion.Text);
        return ExitCode.NothingFound;
    }
}
