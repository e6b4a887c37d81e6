using ChainWatch.Labels;
using ChainWatch.Lists;

namespace ChainWatch.Tracing;

/// <summary>The question: from which lists, to which wallets, within how many hops, under which rules.</summary>
public sealed record TraceRequest
{
    /// <summary>The most hops that can be asked for.</summary>
    public const int HopsMax = 100;

    /// <summary>The lists whose entries start the trace. Each has labels, rows and witnesses of its own. Names must differ.</summary>
    public required IReadOnlyList<AddressList> From { get; init; }

    /// <summary>The watched wallets. Empty: every address is reported. Watching never changes a label.</summary>
    public IReadOnlyList<Address> To { get; init; } = [];

    /// <summary>The number of hops within which an address is reported, 1 to <see cref="HopsMax"/>.</summary>
    /// <exception cref="ChainWatchException">Out of that range.</exception>
    public required int MaxHops
    {
        get;
        init => field = value is >= 1 and <= HopsMax ? value : throw new ChainWatchException($"hops {value}: expected 1 to {HopsMax}");
    }

    /// <summary>Which way the funds went.</summary>
    public Direction Direction { get; init; } = Direction.Received;

    /// <summary>Where the trace stops.</summary>
    public StopRule Stops { get; init; } = StopRule.None;

    /// <summary>The tokens that are recognised. Coins always are.</summary>
    public TokenList Tokens { get; init; } = TokenList.Empty;

    /// <summary>Follow tokens that are not recognised, too: anybody can make one that looks like another.</summary>
    public bool AnyToken { get; init; }

    /// <summary>By asset, the least value that is followed; what is below is dust.</summary>
    public IReadOnlyDictionary<Asset, Amount> MinValues { get; init; } = new Dictionary<Asset, Amount>();

    /// <summary>Admit only paths whose every transfer stands at a later position than the one before.</summary>
    public bool StrictOrder { get; init; }

    /// <summary>
    /// Follow CoinJoins, and mark them. By default they are opaque stops: what one of their input owners paid cannot be told
    /// from what another did.
    /// </summary>
    public bool ThroughCoinJoin { get; init; }

    /// <summary>The part of history to look at. The default is all of it.</summary>
    public TraceWindow Window { get; init; } = TraceWindow.All;

    /// <summary>Seeds are the entries in force on this day. Null: on each list's own as-of date.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>The lists against which wallets are screened, and by which a seed given by hand is known to be designated. Null: none.</summary>
    public ListSet? Lists { get; init; }
}
