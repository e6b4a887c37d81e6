using System.CommandLine;
using ChainWatch.Console.Printing;
using ChainWatch.Graph;
using ChainWatch.Sources;

namespace ChainWatch.Console.Arguments;

/// <summary>Where the transfers are read: files.</summary>
internal sealed class TransfersArgument
{
    private readonly Option<string[]> _files = new("--transfers")
    {
        Description = "Files of transfers, CSV or JSON lines, also .gz; columns chain,block,position,time,tx,from,to,asset,value. The transactions CSV of ethereum-etl is read as it is",
        HelpName = "FILE",
        Required = true,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> _complete = new("--complete")
    {
        Description = "The files hold every transfer that matters to the question: you vouch for it. Else an answer 'none found' is incomplete",
    };

    public void AddTo(Command command)
    {
        command.Add(_files);
        command.Add(_complete);
    }

    public IEnumerable<string> Files(ParseResult parsed) => parsed.GetRequiredValue(_files);

    /// <summary>Reads the files into a graph.</summary>
    public async Task<TransferGraph> ReadAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        TransferFileSource source = new(parsed.GetRequiredValue(_files), parsed.GetValue(_complete));
        return await Progress.ReadAsync(source, terminal, cancellationToken).ConfigureAwait(false);
    }
}
