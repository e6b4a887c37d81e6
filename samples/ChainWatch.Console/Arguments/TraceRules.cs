using System.CommandLine;
using ChainWatch.Bundling;
using ChainWatch.Console.Bundles;
using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Tracing;

namespace ChainWatch.Console.Arguments;

/// <summary>The options that <c>trace</c> and <c>sources</c> share: what a path is, and over which transfers.</summary>
internal sealed class TraceRules
{
    private readonly PathRules _path = new();
    private readonly SourceArgument _source = new();
    private readonly WindowArgument _window = new();

    public void AddTo(Command command)
    {
        command.Add(_path.Hops);
        _source.AddTo(command);
        _path.AddTo(command);
        _window.AddTo(command);
        _path.AddListsTo(command);
    }

    /// <summary>Where the transfers come from.</summary>
    public SourceArgument Source => _source;

    /// <summary>The folder of lists; null: those inside this program.</summary>
    public string? ListsDirectory(ParseResult parsed) => _path.ListsDirectory(parsed);

    public ListSet Lists(ParseResult parsed) => _path.Lists(parsed);

    /// <summary>Every file that the question is read from: transfers, stops, lists.</summary>
    public IEnumerable<string> Inputs(ParseResult parsed) => [.. _source.Files(parsed), .. _path.Inputs(parsed)];

    /// <summary>Asks: checks every argument, then reads the transfers, then traces.</summary>
    public async Task<TraceResult> AskAsync(
        ParseResult parsed, Terminal terminal, ListSet lists, IReadOnlyList<AddressList> from, IReadOnlyList<Address> to, Direction direction, IEnumerable<string> inputs, CancellationToken cancellationToken) =>
        (await AskAsync(parsed, terminal, lists, from, to, direction, inputs, acquisition: null, cancellationToken).ConfigureAwait(false)).Result;

    /// <summary>As above; and gives the transfers, too.</summary>
    public async Task<(TransferGraph Graph, TraceResult Result)> AskAsync(
        ParseResult parsed, Terminal terminal, ListSet lists, IReadOnlyList<AddressList> from, IReadOnlyList<Address> to, Direction direction, IEnumerable<string> inputs, Acquisition? acquisition, CancellationToken cancellationToken)
    {
        _source.Check(parsed);
        TraceRequest request = _path.Read(parsed, lists, from, to) with { Direction = direction, Window = _window.Read(parsed) };
        TransferGraph graph = await _source.ReadAsync(parsed, terminal, chain => _path.On(parsed, request, [chain]), inputs, acquisition, cancellationToken).ConfigureAwait(false);
        return (graph, Tracer.Trace(graph, _path.On(parsed, request, graph.Chains.Select(log => log.Chain)), cancellationToken));
    }

    /// <summary>What a bundle keeps of the question.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">Whose clock tells the day.</param>
    /// <param name="request">The question as it was traced.</param>
    /// <param name="from">The seeds.</param>
    /// <param name="stops">The label files.</param>
    /// <param name="transfers">The files with the transfers.</param>
    public BundleQuestion Question(ParseResult parsed, Terminal terminal, TraceRequest request, IReadOnlyList<GivenFile> from, IReadOnlyList<GivenFile> stops, IReadOnlyList<GivenFile> transfers) =>
        _source.Complete(
            new BundleQuestion
            {
                AskedOn = terminal.Today,
                From = from,
                To = request.To,
                Direction = request.Direction,
                MaxHops = request.MaxHops,
                AsOf = request.AsOf,
                StopFiles = stops,
                DefaultLabels = _path.DefaultLabels(parsed),
                MaxDegree = request.Stops.MaxDegree,
                MinValues = _path.MinValues(parsed),
                AnyToken = request.AnyToken,
                StrictOrder = request.StrictOrder,
                ThroughCoinJoin = request.ThroughCoinJoin,
                Window = request.Window,
                Source = _source.KindOf(parsed),
                Transfers = transfers,
            },
            parsed,
            terminal);

    /// <summary>The label files as given, each once.</summary>
    public IReadOnlyList<string> StopFiles(ParseResult parsed) => [.. _path.StopFiles(parsed).Distinct(StringComparer.Ordinal)];
}
