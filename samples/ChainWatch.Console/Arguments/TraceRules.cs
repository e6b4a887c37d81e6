using System.CommandLine;
using ChainWatch.Graph;
using ChainWatch.Labels;
using ChainWatch.Lists;
using ChainWatch.Tracing;

namespace ChainWatch.Console.Arguments;

/// <summary>The options that <c>trace</c> and <c>sources</c> share: how far, over which transfers, where to stop, by which lists.</summary>
internal sealed class TraceRules
{
    private readonly Option<int?> _hops = NumberArgument.Option("--hops", "N", "Within how many hops, 1 to 100. A hop is one transfer of value between two addresses", 1, TraceRequest.HopsMax);
    private readonly SourceArgument _source = new();
    private readonly StopsArgument _stops = new();
    private readonly Option<string[]> _minValues = MinValuesArgument.Option();
    private readonly Option<bool> _anyToken = new("--any-token") { Description = "Follow every token, also those that are not on the token list: anybody can make one that looks like another" };
    private readonly Option<bool> _strictOrder = new("--strict-order") { Description = "Only paths whose every transfer stands at a later position than the one before" };
    private readonly Option<bool> _throughCoinJoin = new("--through-coinjoin") { Description = "Follow CoinJoins, and mark them. By default they are opaque stops: who paid whom in one cannot be told" };
    private readonly WindowArgument _window = new();
    private readonly Option<DateOnly?> _asOf = DateArgument.AsOf("The lists as they were in force on this day. Default: each list's own date");
    private readonly Option<string?> _lists = ListsArgument.Option();

    public void AddTo(Command command)
    {
        _hops.Required = true;
        command.Add(_hops);
        _source.AddTo(command);
        _stops.AddTo(command);
        command.Add(_minValues);
        command.Add(_anyToken);
        command.Add(_strictOrder);
        command.Add(_throughCoinJoin);
        _window.AddTo(command);
        command.Add(_asOf);
        command.Add(_lists);
    }

    public ListSet Lists(ParseResult parsed) => ListsArgument.Load(parsed.GetValue(_lists));

    /// <summary>Every file that the question is read from: transfers, stops, lists.</summary>
    public IEnumerable<string> Inputs(ParseResult parsed) =>
        [.. _source.Files(parsed), .. _stops.Files(parsed), .. ListsArgument.Files(parsed.GetValue(_lists))];

    /// <summary>Asks: checks every argument, then reads the transfers, then traces.</summary>
    public async Task<TraceResult> AskAsync(
        ParseResult parsed, Terminal terminal, ListSet lists, IReadOnlyList<AddressList> from, IReadOnlyList<Address> to, Direction direction, IEnumerable<string> inputs, CancellationToken cancellationToken)
    {
        _source.Check(parsed);
        TokenList tokens = ListsArgument.Tokens(lists);
        string[] minValues = parsed.GetValue(_minValues) ?? [];
        MinValuesArgument.Read(minValues, tokens, []);
        TraceRequest request = new()
        {
            From = from,
            To = to,
            MaxHops = parsed.GetRequiredValue(_hops) ?? 0,
            Direction = direction,
            Stops = _stops.Read(parsed, lists),
            Tokens = tokens,
            AnyToken = parsed.GetValue(_anyToken),
            StrictOrder = parsed.GetValue(_strictOrder),
            ThroughCoinJoin = parsed.GetValue(_throughCoinJoin),
            Window = _window.Read(parsed),
            AsOf = parsed.GetValue(_asOf),
            Lists = lists,
        };
        foreach (AddressList list in from)
        {
            list.Seeds(request.AsOf);
        }

        TraceRequest On(IEnumerable<Chain> chains) => request with { MinValues = MinValuesArgument.Read(minValues, tokens, chains) };
        TransferGraph graph = await _source.ReadAsync(parsed, terminal, chain => On([chain]), inputs, cancellationToken).ConfigureAwait(false);
        request = On(graph.Chains.Select(log => log.Chain));
        return Tracer.Trace(graph, request, cancellationToken);
    }
}
