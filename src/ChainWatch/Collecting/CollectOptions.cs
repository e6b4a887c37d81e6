namespace ChainWatch.Collecting;

/// <summary>How a <see cref="Collector"/> fetches, and how far it goes.</summary>
public sealed record CollectOptions
{
    /// <summary>The folder in which what was fetched is kept and found again; made where it is missing. Null: nothing is kept.</summary>
    public string? StateFolder { get; init; }

    /// <summary>By blocks, by addresses, or (null, the default) as <see cref="CollectWay"/> tells.</summary>
    public CollectWay? Way { get; init; }

    /// <summary>False forbids every question about single addresses, so that the endpoint does not learn them. Default true.</summary>
    public bool AddressQueries { get; init; } = true;

    /// <summary>
    /// Whether blocks are asked for while those before them are put down. Default true. False: what is asked for then never depends
    /// on which answer came first, so that the same answers can be asked for again.
    /// </summary>
    public bool ReadsAhead { get; init; } = true;

    /// <summary>The limits.</summary>
    public CollectBudget Budget { get; init; } = new();

    /// <summary>Time since some moment, from the caller's clock: for the limit of time and the estimate. Null: neither.</summary>
    public Func<TimeSpan>? Elapsed { get; init; }
}

/// <summary>
/// The two ways to fetch. Where none is given: by blocks for windows of at most 10,000 blocks, and where the source cannot show every kind of transfer by addresses; else by addresses.
/// </summary>
public enum CollectWay
{
    /// <summary>Every block of the window: nothing is asked about an address.</summary>
    Blocks,

    /// <summary>Outward from the seeds and backward from the wallets, address by address.</summary>
    Addresses,
}

/// <summary>Limits of a collection. Reaching one ends the fetching, and is a gap of the coverage.</summary>
public sealed record CollectBudget
{
    /// <summary>Addresses asked about. Default 20,000.</summary>
    public int Addresses { get; init => field = Checked(value); } = 20_000;

    /// <summary>Transfers of one address: one that has more in a query is a hub, and is not fetched. Default 200,000.</summary>
    public long TransfersPerAddress { get; init => field = Checked(value); } = 200_000;

    /// <summary>Transfers in all. Default 20 million: about 3 GB of memory.</summary>
    public long Transfers { get; init => field = Checked(value); } = 20_000_000;

    /// <summary>Requests to the endpoint, retries included. Default 200,000.</summary>
    public long Requests { get; init => field = Checked(value); } = 200_000;

    /// <summary>Time, where <see cref="CollectOptions.Elapsed"/> tells it. Default 12 hours.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromHours(12);

    private static int Checked(int value) => (int)Checked((long)value);

    private static long Checked(long value) => value >= 1 ? value : throw new ChainWatchException($"a limit of {value}: expected at least 1");
}
