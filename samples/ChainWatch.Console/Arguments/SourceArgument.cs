using System.CommandLine;
using ChainWatch.Bitcoin;
using ChainWatch.Bundling;
using ChainWatch.Collecting;
using ChainWatch.Console.Bundles;
using ChainWatch.Console.Printing;
using ChainWatch.Graph;
using ChainWatch.Hosting;
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

    private readonly Option<string?> _bitcoin = new("--bitcoin")
    {
        Description = "A node of Bitcoin (JSON-RPC over HTTP); user:password@ in the URL, or --bitcoin-cookie",
        HelpName = "URL",
    };

    private readonly Option<string?> _cookie = new("--bitcoin-cookie") { Description = "The node's cookie file, with user and password", HelpName = "FILE" };

    private readonly Option<string?> _esplora = new("--esplora")
    {
        Description = "An Esplora API (Blockstream's, mempool.space's or one's own): asked address by address",
        HelpName = "URL",
    };

    private readonly Option<string?> _bitcoinBlocks = new("--bitcoin-blocks")
    {
        Description = "The blocks folder of a Bitcoin Core node: blk*.dat, with rev*.dat for the spent outputs",
        HelpName = "DIR",
    };

    private readonly Option<string?> _asChain = new("--as-chain")
    {
        Description = "Take a Bitcoin network as another one: for a private network whose addresses are written as Bitcoin's",
        HelpName = "CHAIN",
    };

    private readonly Option<long?> _memory = SizeArgument.Option("--memory", "How much memory what grows with the transfers may take, such as 2GB; the rest goes to temporary files beside the output. Addresses, about 45 bytes each, and UTXO transactions are always in memory. Default: as much as it needs");

    private readonly CollectArgument _collect = new();

    private readonly Option<string?> _outputGraph = new("--output-graph") { Description = "Write the transfers to this graph file, for later questions without the endpoint", HelpName = "FILE.cwg" };

    public void AddTo(Command command)
    {
        AddSourcesTo(command);
        command.Add(_graph);
        _collect.AddTo(command);
        command.Add(_outputGraph);
    }

    /// <summary>The sources a graph can be built of.</summary>
    public void AddToBuild(Command command)
    {
        AddSourcesTo(command);
        command.Add(_graph);
        _collect.AddTo(command);
        command.Add(_memory);
    }

    /// <summary>Whether blocks are read, and not files of transfers.</summary>
    public bool ReadsBlocks(ParseResult parsed) => parsed.GetValue(_files) is not { Length: > 0 } && parsed.GetValue(_graph) is null;

    /// <summary>Every file that is read, none of which may be written over.</summary>
    public IEnumerable<string> Files(ParseResult parsed) => [.. parsed.GetValue(_bitcoinBlocks) is string blocks && Directory.Exists(blocks) ? Directory.EnumerateFiles(blocks) : [], .. parsed.GetValue(_files) ?? [], .. parsed.GetValue(_graph) is string graph ? [graph] : Array.Empty<string>()];

    /// <summary>The kind of source that is given.</summary>
    public BundleSource KindOf(ParseResult parsed) => parsed.GetValue(_files) is { Length: > 0 } ? BundleSource.Transfers
        : parsed.GetValue(_graph) is not null ? BundleSource.Graph
        : parsed.GetValue(_ethereum) is not null ? BundleSource.Ethereum
        : parsed.GetValue(_etherscan) is not null ? BundleSource.Etherscan
        : parsed.GetValue(_bitcoin) is not null ? BundleSource.Bitcoin
        : parsed.GetValue(_esplora) is not null ? BundleSource.Esplora
        : BundleSource.BitcoinBlocks;

    /// <summary>The transfer files, or the graph file, as given; none of other sources.</summary>
    public IReadOnlyList<string> TransferFiles(ParseResult parsed) => parsed.GetValue(_files) is { Length: > 0 } files ? files : parsed.GetValue(_graph) is string graph ? [graph] : [];

    /// <summary>Puts into a bundle's question what of it is the source's.</summary>
    public BundleQuestion Complete(BundleQuestion question, ParseResult parsed, Terminal terminal) => question with
    {
        DeclaredComplete = parsed.GetValue(_complete),
        AsChain = AsChain(parsed),
        Collect = _collect.Read(parsed, terminal),
    };

    /// <summary>The folder of block files; null where another source is given.</summary>
    public string? BlockFiles(ParseResult parsed) => parsed.GetValue(_bitcoinBlocks);

    /// <summary>Checks that what is fetched can be kept in a bundle.</summary>
    /// <exception cref="ChainWatchException">It cannot.</exception>
    public void CheckBundle(ParseResult parsed)
    {
        if (_collect.KeepsState(parsed))
        {
            throw new ChainWatchException("--state: a bundle keeps every answer of the endpoint, and of what was fetched before there is none; expected the question without it");
        }
    }

    /// <summary>Checks that exactly one kind of source is given, and that the other options go with it.</summary>
    /// <exception cref="ChainWatchException">They do not.</exception>
    public void Check(ParseResult parsed)
    {
        Option[] kinds = [.. new Option[] { _files, _graph, _ethereum, _etherscan, _bitcoin, _esplora, _bitcoinBlocks }.Where(parsed.CommandResult.Command.Options.Contains)];
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

        Option[] ofBitcoin = [_bitcoin, _esplora, _bitcoinBlocks];
        RequireWith(parsed, _cookie, given[0], [_bitcoin]);
        RequireWith(parsed, _asChain, given[0], ofBitcoin);
        RequireWith(parsed, _memory, given[0], [_files, _bitcoinBlocks]);
        AsChain(parsed);
        if (given[0] == _files || given[0] == _graph || given[0] == _bitcoinBlocks)
        {
            string? lost = _collect.FirstGiven(parsed);
            if (lost is not null)
            {
                throw new ChainWatchException($"{lost} goes with an endpoint (--ethereum, --etherscan, --bitcoin, --esplora), not with {given[0].Name}");
            }
        }
    }

    private static void RequireWith(ParseResult parsed, Option option, Option given, Option[] allowed)
    {
        if (parsed.GetResult(option) is { Implicit: false } && !allowed.Contains(given))
        {
            throw new ChainWatchException($"{option.Name} goes with {string.Join(", ", allowed.Select(o => o.Name))}, not with {given.Name}");
        }
    }

    private Chain? AsChain(ParseResult parsed) => AsChain(parsed.GetValue(_asChain));

    /// <summary>The Bitcoin network of a name; null for none.</summary>
    /// <exception cref="ChainWatchException">It is none.</exception>
    public static Chain? AsChain(string? name) => ChainNode.Network(name, "--as-chain");

    private void AddSourcesTo(Command command)
    {
        command.Add(_files);
        command.Add(_complete);
        command.Add(_ethereum);
        command.Add(_etherscan);
        command.Add(_bitcoin);
        command.Add(_cookie);
        command.Add(_esplora);
        command.Add(_bitcoinBlocks);
        command.Add(_asChain);
    }

    /// <summary>Reads, or fetches, what the question needs.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">Whose stderr shows the progress.</param>
    /// <param name="ask">The question, on a given chain.</param>
    /// <param name="inputs">The files that must not be written over.</param>
    /// <param name="acquisition">Keeps what an endpoint answers; null: nothing is kept.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<TransferGraph> ReadAsync(ParseResult parsed, Terminal terminal, Func<Chain, TraceRequest> ask, IEnumerable<string> inputs, Acquisition? acquisition, CancellationToken cancellationToken)
    {
        string? outputGraph = parsed.GetValue(_outputGraph);
        OutputFile? output = outputGraph is null ? null : OutputFile.Open(outputGraph, inputs, terminal, cancellationToken);
        TransferGraph graph = parsed.GetValue(_graph) is string file ? TransferGraph.Open(file, cancellationToken)
            : await ReadAsync(parsed, terminal, ask, way: null, new GraphBuildOptions(), acquisition, cancellationToken).ConfigureAwait(false);
        output?.Write(graph.Save);
        return graph;
    }

    /// <summary>Reads everything that lies in a window: of endpoints whole blocks.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">Whose stderr shows the progress.</param>
    /// <param name="window">The blocks.</param>
    /// <param name="folder">Where temporary files go.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ChainWatchException">The window cannot be applied to what is read.</exception>
    public Task<TransferGraph> BuildAsync(ParseResult parsed, Terminal terminal, TraceWindow window, string folder, CancellationToken cancellationToken)
    {
        bool isBlocks = parsed.GetValue(_bitcoinBlocks) is not null;
        if (window != TraceWindow.All && (!ReadsBlocks(parsed) || (isBlocks && (window.FirstTime ?? window.LastTime) is not null)))
        {
            throw new ChainWatchException(isBlocks
                ? "--since and --until with --bitcoin-blocks: expected heights of blocks, and no days"
                : $"--since and --until go with blocks; expected {(parsed.GetValue(_graph) is null ? "--transfers" : "--graph")} to be read whole, and the window to be given with the question");
        }

        if ((parsed.GetValue(_etherscan) ?? parsed.GetValue(_esplora)) is not null)
        {
            string name = parsed.GetValue(_esplora) is null ? _etherscan.Name : _esplora.Name;
            throw new ChainWatchException($"{name} answers address by address: a graph of everything cannot be built of it; expected a node or files, or a trace with {name} and --output-graph");
        }

        GraphBuildOptions options = new() { MemoryBytesMax = parsed.GetValue(_memory), TemporaryFolder = folder };
        return parsed.GetValue(_graph) is string file ? Task.FromResult(TransferGraph.Open(file, cancellationToken))
            : ReadAsync(parsed, terminal, _ => new TraceRequest { From = [], MaxHops = 1, Window = window }, CollectWay.Blocks, options, acquisition: null, cancellationToken);
    }

    private async Task<TransferGraph> ReadAsync(ParseResult parsed, Terminal terminal, Func<Chain, TraceRequest> ask, CollectWay? way, GraphBuildOptions options, Acquisition? acquisition, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_files) is { Length: > 0 } files)
        {
            return await Progress.ReadAsync(new TransferFileSource(files, parsed.GetValue(_complete)), TransferQuery.Everything, options, terminal, cancellationToken).ConfigureAwait(false);
        }

        if (parsed.GetValue(_bitcoinBlocks) is string blocks)
        {
            TraceWindow window = ask(AsChain(parsed) ?? Chain.Bitcoin).Window;
            TransferQuery query = (window.FirstBlock ?? window.LastBlock) is null ? TransferQuery.Everything
                : new TransferQuery { Blocks = new BlockWindow(window.FirstBlock ?? 0, window.LastBlock ?? long.MaxValue) };
            return await Progress.ReadAsync(new BlockFilesTransferSource(blocks, AsChain(parsed)), query, options, terminal, cancellationToken).ConfigureAwait(false);
        }

        return await CollectAsync(parsed, terminal, ask, way, acquisition, cancellationToken).ConfigureAwait(false);
    }

    private async Task<TransferGraph> CollectAsync(ParseResult parsed, Terminal terminal, Func<Chain, TraceRequest> ask, CollectWay? way, Acquisition? acquisition, CancellationToken cancellationToken)
    {
        LiveSource source = parsed.GetValue(_ethereum) is string ethereum ? LiveSource.Ethereum(ethereum, terminal.Clock, acquisition?.Log)
            : parsed.GetValue(_etherscan) is string etherscan ? LiveSource.Etherscan(etherscan, terminal.Clock, acquisition?.Log)
            : parsed.GetValue(_bitcoin) is string bitcoin ? LiveSource.Bitcoin(bitcoin, parsed.GetValue(_cookie), AsChain(parsed), terminal.Clock, acquisition?.Log)
            : LiveSource.Esplora(parsed.GetValue(_esplora)!, AsChain(parsed), terminal.Clock, acquisition?.Log);
        if (acquisition is not null)
        {
            acquisition.Begin(source);
        }

        using LiveSource? owned = acquisition is null ? source : null;
        CollectOptions options = _collect.Read(parsed, terminal);
        options = options with { Way = way ?? options.Way, ReadsAhead = acquisition is null };
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
