using System.CommandLine;
using ChainWatch.Labels;
using ChainWatch.Lists;
using ChainWatch.Tracing;

namespace ChainWatch.Console.Arguments;

/// <summary>The options that say what a path is, wherever transfers come from: how far, where to stop, what to follow, by which lists.</summary>
internal sealed class PathRules
{
    private readonly Option<int?> _hops = NumberArgument.Option("--hops", "N", "Within how many hops, 1 to 100. A hop is one transfer of value between two addresses", 1, TraceRequest.HopsMax);
    private readonly StopsArgument _stops = new();
    private readonly Option<string[]> _minValues = MinValuesArgument.Option();
    private readonly Option<bool> _anyToken = new("--any-token") { Description = "Follow every token, also those that are not on the token list: anybody can make one that looks like another" };
    private readonly Option<bool> _strictOrder = new("--strict-order") { Description = "Only paths whose every transfer stands at a later position than the one before" };
    private readonly Option<bool> _throughCoinJoin = new("--through-coinjoin") { Description = "Follow CoinJoins, and mark them. By default they are opaque stops: who paid whom in one cannot be told" };
    private readonly Option<DateOnly?> _asOf = DateArgument.AsOf("The lists as they were in force on this day. Default: each list's own date");
    private readonly Option<string?> _lists = ListsArgument.Option();

    /// <summary>How far.</summary>
    public Option Hops
    {
        get
        {
            _hops.Required = true;
            return _hops;
        }
    }

    public void AddTo(Command command)
    {
        _stops.AddTo(command);
        command.Add(_minValues);
        command.Add(_anyToken);
        command.Add(_strictOrder);
        command.Add(_throughCoinJoin);
    }

    public void AddListsTo(Command command)
    {
        command.Add(_asOf);
        command.Add(_lists);
    }

    public ListSet Lists(ParseResult parsed) => ListChoice.Load(parsed.GetValue(_lists));

    /// <summary>The folder of lists; null: those inside this program.</summary>
    public string? ListsDirectory(ParseResult parsed) => parsed.GetValue(_lists);

    /// <summary>The label files as given.</summary>
    public IEnumerable<string> StopFiles(ParseResult parsed) => _stops.Files(parsed);

    /// <summary>Whether the lists of stops are used.</summary>
    public bool DefaultLabels(ParseResult parsed) => _stops.UsesDefault(parsed);

    /// <summary>The least values as given.</summary>
    public IReadOnlyList<string> MinValues(ParseResult parsed) => parsed.GetValue(_minValues) ?? [];

    /// <summary>Every file that the rules are read from.</summary>
    public IEnumerable<string> Inputs(ParseResult parsed) => [.. _stops.Files(parsed), .. ListChoice.Files(parsed.GetValue(_lists))];

    /// <summary>The question, but for the window.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="lists">The lists.</param>
    /// <param name="from">The seeds.</param>
    /// <param name="to">The wallets.</param>
    public TraceRequest Read(ParseResult parsed, ListSet lists, IReadOnlyList<AddressList> from, IReadOnlyList<Address> to)
    {
        TraceRequest request = new()
        {
            From = from,
            To = to,
            MaxHops = parsed.GetRequiredValue(_hops) ?? 0,
            Stops = _stops.Read(parsed, lists),
            Tokens = ListChoice.Tokens(lists),
            AnyToken = parsed.GetValue(_anyToken),
            StrictOrder = parsed.GetValue(_strictOrder),
            ThroughCoinJoin = parsed.GetValue(_throughCoinJoin),
            AsOf = parsed.GetValue(_asOf),
            Lists = lists,
        };
        foreach (AddressList list in from)
        {
            list.Seeds(request.AsOf);
        }

        return On(parsed, request, []);
    }

    /// <summary>The question with the least values for the chains' coins, which are known late.</summary>
    public TraceRequest On(ParseResult parsed, TraceRequest request, IEnumerable<Chain> chains) =>
        request with { MinValues = AssetAmounts.Read(parsed.GetValue(_minValues) ?? [], request.Tokens, chains, MinValuesArgument.MinValue) };
}
