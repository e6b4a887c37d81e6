using System.CommandLine;
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

    public ListSet Lists(ParseResult parsed) => _path.Lists(parsed);

    /// <summary>Every file that the question is read from: transfers, stops, lists.</summary>
    public IEnumerable<string> Inputs(ParseResult parsed) => [.. _source.Files(parsed), .. _path.Inputs(parsed)];

    /// <summary>Asks: checks every argument, then reads the transfers, then traces.</summary>
    public async Task<TraceResult> AskAsync(
        ParseResult parsed, Terminal terminal, ListSet lists, IReadOnlyList<AddressList> from, IReadOnlyList<Address> to, Direction direction, IEnumerable<string> inputs, CancellationToken cancellationToken)
    {
        _source.Check(parsed);
        TraceRequest request = _path.Read(parsed, lists, from, to) with { Direction = direction, Window = _window.Read(parsed) };
        TransferGraph graph = await _source.ReadAsync(parsed, terminal, chain => _path.On(parsed, request, [chain]), inputs, cancellationToken).ConfigureAwait(false);
        return Tracer.Trace(graph, _path.On(parsed, request, graph.Chains.Select(log => log.Chain)), cancellationToken);
    }
}
