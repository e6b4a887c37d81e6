using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace ChainWatch.Console;

/// <summary>The usual help, then the command's lesson.</summary>
internal sealed class TeachingHelp : SynchronousCommandLineAction
{
    private readonly HelpAction _usual;

    public TeachingHelp(HelpAction usual, int width)
    {
        _usual = usual;
        _usual.MaxWidth = width;
    }

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int code = _usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is TaughtCommand taught)
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            foreach (string line in taught.Lesson.Split('\n'))
            {
                output.WriteLine(line.TrimEnd('\r'));
            }

            output.WriteLine();
        }

        return code;
    }
}
