using System.CommandLine;
using ChainWatch.Collecting;
using ChainWatch.Console.Printing;
using ChainWatch.Graph;
using ChainWatch.Sources;
using ChainWatch.Tracing;

namespace ChainWatch.Console.Arguments;

/// <summary>Where the transfers come from: files, a graph file, a node or an explorer; exactly one of these kinds.</summary>
internal sealed class SourceArgument
{
    private readonly Option<string[]> _files = new("--transfers")
    {
        Description = "Files of transfers, CSV or JSON lines, also .gz; columns chain,block,position,time,tx,from,to,asset,value. The transactions CSV of ethereum-etl is read as it is",
        HelpName = "FILE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> _complete = new("--complete")
    {
        Description = "The files hold every transfer that matters to the question: you vouch for it. Else an answer 'none found' is incomplete",
    };

    private readonly Option<string?> _graph = new("--graph") { Description = "A graph file that --output-graph wrote", HelpName = "FILE.cwg" };

    private readonly Option<string?> _ethereum = new("--ethereum")
    {
        Description = "A node of Ethereum or another EVM chain (JSON-RPC over HTTP); user:password@ in the URL, or the variable CHAINWATCH_RPC_TOKEN for a bearer token",
        HelpName = "URL",
    };

    private readonly Option<string?> _etherscan = new("--etherscan")
    {
        Description = "An Etherscan-compatible explorer (API v2, or Blockscout's); ?chainid=N for other chains than 1; the key in the variable CHAINWATCH_ETHERSCAN_KEY",
        HelpName = "URL",
    };

    private readonly CollectArgument _collect = new();

    private readonly Option<string?> _outputGraph = new("--output-graph") { Description = "Write the transfers to this graph file, for later questions without the endpoint", HelpName = "FILE.cwg" };

    public void AddTo(Command command)
    {
        command.Add(_files);
        command.Add(_complete);
        command.Add(_graph);
        command.Add(_ethereum);
        command.Add(_etherscan);
        _collect.AddTo(command);
        command.Add(_outputGraph);
    }

    public IEnumerable<string> Files(ParseResult parsed) => [.. parsed.GetValue(_files) ?? [], .. parsed.GetValue(_graph) is string graph ? [graph] : Array.Empty<string>()];

    /// <summary>Checks that exactly one kind of source is given, and that the other options go with it.</summary>
    /// <exception cref="ChainWatchException">They do not.</exception>
    public void Check(ParseResult parsed)
    {
        Option[] kinds = [_files, _graph, _ethereum, _etherscan];
        string all = string.Join(", ", kinds.Select(k => k.Name));
        Option[] given = [.. kinds.Where(k => parsed.GetResult(k) is { Implicit: false })];
        if (given.Length != 1)
        {
            throw new ChainWatchException(given.Length == 0
                ? $"no source of transfers; expected one of {all}"
                : $"{given[0].Name} and {given[1].Name}: expected one of {all}");
        }

        if (given[0] != _files && parsed.GetValue(_complete))
        {
            throw new ChainWatchException($"--complete goes with --transfers: what {given[0].Name} covers is known without it");
        }

        if (given[0] == _files || given[0] == _graph)
        {
            string? lost = _collect.FirstGiven(parsed);
            if (lost is not null)
            {
                throw new ChainWatchException($"{lost} goes with an endpoint (--ethereum, --etherscan), not with {given[0].Name}");
            }
        }
    }

    /// <summary>Reads, or fetches, what the question needs.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">Whose stderr shows the progress.</param>
    /// <param name="ask">The question, on a given chain.</param>
    /// <param name="inputs">The files that must not be written over.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<TransferGraph> ReadAsync(ParseResult parsed, Terminal terminal, Func<Chain, TraceRequest> ask, IEnumerable<string> inputs, CancellationToken cancellationToken)
    {
        string? outputGraph = parsed.GetValue(_outputGraph);
        OutputFile? output = outputGraph is null ? null : OutputFile.Open(outputGraph, inputs, terminal, cancellationToken);
        TransferGraph graph = parsed.GetValue(_graph) is string file ? TransferGraph.Open(file, cancellationToken)
            : parsed.GetValue(_files) is { Length: > 0 } files ? await Progress.ReadAsync(new TransferFileSource(files, parsed.GetValue(_complete)), terminal, cancellationToken).ConfigureAwait(false)
            : await CollectAsync(parsed, terminal, ask, cancellationToken).ConfigureAwait(false);
        output?.Write(graph.Save);
        return graph;
    }

    private async Task<TransferGraph> CollectAsync(ParseResult parsed, Terminal terminal, Func<Chain, TraceRequest> ask, CancellationToken cancellationToken)
    {
        using LiveSource source = parsed.GetValue(_ethereum) is string node ? LiveSource.Ethereum(node, terminal.Clock) : LiveSource.Etherscan(parsed.GetValue(_etherscan)!, terminal.Clock);
        CollectOptions options = _collect.Read(parsed, terminal);
        try
        {
            return await Progress.CollectAsync(new Collector(source.Source, options), ask, terminal, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new InterruptedException(
                options.StateFolder is string state ? $"interrupted; what was fetched is kept in {state}: the same command goes on from there" : "interrupted; nothing was kept (--state DIR keeps what is fetched)", e);
        }
    }
}
