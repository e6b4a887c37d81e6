using ChainWatch.Collecting;
using ChainWatch.Labels;
using ChainWatch.Lists;
using ChainWatch.Sources;
using ChainWatch.Tracing;

namespace ChainWatch.Bundling;

/// <summary>Everything that a trace rests on besides lists and transfers, as it was given: <c>request.json</c>. From it the question is made again.</summary>
public sealed record BundleQuestion
{
    private const string Place = "request.json";

    /// <summary>The day the question was asked.</summary>
    public required DateOnly AskedOn { get; init; }

    /// <summary>The seeds in the order given, each once: selectors, addresses, files of addresses.</summary>
    public required IReadOnlyList<GivenFile> From { get; init; }

    /// <summary><see cref="TraceRequest.To"/>.</summary>
    public IReadOnlyList<Address> To { get; init; } = [];

    /// <summary><see cref="TraceRequest.Direction"/>.</summary>
    public Direction Direction { get; init; } = Direction.Received;

    /// <summary><see cref="TraceRequest.MaxHops"/>.</summary>
    public required int MaxHops { get; init; }

    /// <summary><see cref="TraceRequest.AsOf"/>.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>The user's label files in the order given, each once. They count before the lists of stops.</summary>
    public IReadOnlyList<GivenFile> StopFiles { get; init; } = [];

    /// <summary>Whether the lists of stops in the bundle are used.</summary>
    public bool DefaultLabels { get; init; } = true;

    /// <summary><see cref="StopRule.MaxDegree"/>.</summary>
    public int? MaxDegree { get; init; }

    /// <summary>Least values as given: <c>ETH=0.01</c> (<see cref="AssetAmounts"/>).</summary>
    public IReadOnlyList<string> MinValues { get; init; } = [];

    /// <summary><see cref="TraceRequest.AnyToken"/>.</summary>
    public bool AnyToken { get; init; }

    /// <summary><see cref="TraceRequest.StrictOrder"/>.</summary>
    public bool StrictOrder { get; init; }

    /// <summary><see cref="TraceRequest.ThroughCoinJoin"/>.</summary>
    public bool ThroughCoinJoin { get; init; }

    /// <summary><see cref="TraceRequest.Window"/>.</summary>
    public TraceWindow Window { get; init; } = TraceWindow.All;

    /// <summary>Where the transfers came from.</summary>
    public required BundleSource Source { get; init; }

    /// <summary>The transfer files in the order given; of every other source the one graph file.</summary>
    public required IReadOnlyList<GivenFile> Transfers { get; init; }

    /// <summary>Whether somebody vouches that the transfer files hold every transfer that matters.</summary>
    public bool DeclaredComplete { get; init; }

    /// <summary>The network as which a Bitcoin network was taken, on the user's word; null: its own.</summary>
    public Chain? AsChain { get; init; }

    /// <summary>How an endpoint was asked: its limits and its way. Of other sources the defaults.</summary>
    public CollectOptions Collect { get; init; } = new();

    /// <summary>The question as the tracer takes it.</summary>
    /// <param name="lists">The lists of the bundle.</param>
    /// <param name="folder">The folder with the bundle's files.</param>
    /// <param name="chains">The chains at hand, whose coins <c>native</c> means.</param>
    /// <exception cref="ChainWatchException">A file or a name is not what it was when the question was asked.</exception>
    public TraceRequest ToRequest(ListSet lists, string folder, IEnumerable<Chain> chains)
    {
        TokenList tokens = ListChoice.Tokens(lists);
        return new TraceRequest
        {
            From = [.. From.Select(seeds => Seeds(seeds, lists, folder))],
            To = To,
            Direction = Direction,
            MaxHops = MaxHops,
            AsOf = AsOf,
            Stops = new StopRule
            {
                Lists = [.. StopFiles.Select(file => LabelFile.Read(PathOf(folder, file.File!)) with { Name = file.Given }), .. DefaultLabels ? lists.StopLists : []],
                MaxDegree = MaxDegree,
            },
            Tokens = tokens,
            AnyToken = AnyToken,
            MinValues = AssetAmounts.Read(MinValues, tokens, chains, Place),
            StrictOrder = StrictOrder,
            ThroughCoinJoin = ThroughCoinJoin,
            Window = Window,
            Lists = lists,
        };
    }

    /// <summary>Where a file of the bundle stands in a folder.</summary>
    internal static string PathOf(string folder, string name) => Path.Combine([folder, .. name.Split('/')]);

    private static AddressList Seeds(GivenFile seeds, ListSet lists, string folder) => seeds.File is string file
        ? AddressList.Of(seeds.Given, AddressFile.Read(PathOf(folder, file)).Select(row => row.Address))
        : SeedSelectors.Read([seeds.Given], lists, Place)[0];
}
