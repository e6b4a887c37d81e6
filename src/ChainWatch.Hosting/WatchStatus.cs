namespace ChainWatch.Hosting;

/// <summary>How a watch stands at a moment.</summary>
public sealed record WatchStatus
{
    /// <summary>Whether it runs.</summary>
    public required bool IsRunning { get; init; }

    /// <summary>The chains; one whose node has never answered is among them without a name.</summary>
    public required IReadOnlyList<ChainStatus> Chains { get; init; }

    /// <summary>The lists with a date that are watched for.</summary>
    public required IReadOnlyList<ListStatus> Lists { get; init; }

    /// <summary>Where alerts go.</summary>
    public required IReadOnlyList<SinkStatus> Sinks { get; init; }

    /// <summary>How many wallets are watched.</summary>
    public required int Wallets { get; init; }

    /// <summary>What is wrong with files that changed, each in one line: what was read before is in force.</summary>
    public IReadOnlyList<string> InputProblems { get; init; } = [];

    /// <summary>Whether "no alert" means that there was none: no list is too old, no file could not be read, and every node answers.</summary>
    public bool IsComplete => InputProblems.Count == 0 && Lists.All(l => !l.IsTooOld) && Chains.All(c => c.Problem is null && c.Chain is not null);
}

/// <summary>How far a chain was read.</summary>
public sealed record ChainStatus
{
    /// <summary>The chain; null where its node has never answered.</summary>
    public Chain? Chain { get; init; }

    /// <summary>The newest block that was read; null before the first.</summary>
    public long? Height { get; init; }

    /// <summary>Blocks that its node has, and that were not read.</summary>
    public long LagBlocks { get; init; }

    /// <summary>
    /// How old the newest block that was read is; before the first, how long the watch has been open. Null where its time is not
    /// known. It grows where the node is silent, too, and between two blocks of the chain.
    /// </summary>
    public TimeSpan? Lag { get; init; }

    /// <summary>Blocks read since the watch was opened.</summary>
    public long BlocksRead { get; init; }

    /// <summary>Why it does not go on, in one line; null: it does.</summary>
    public string? Problem { get; init; }
}

/// <summary>How old a list is.</summary>
/// <param name="Name">The list's name.</param>
/// <param name="AsOf">The day as of which it speaks.</param>
/// <param name="Age">The time since that day began (UTC).</param>
/// <param name="IsTooOld">Whether that is more than <see cref="WatchLimits.ListAgeDaysMax"/>.</param>
public sealed record ListStatus(string Name, DateOnly AsOf, TimeSpan Age, bool IsTooOld);

/// <summary>How far a sink has come.</summary>
/// <param name="Name">The sink's name.</param>
/// <param name="Backlog">Lines of the log that it has not accepted.</param>
/// <param name="Delay">How long it has been offered the next of them; null: it has all.</param>
/// <param name="Refusal">Why it gets nothing more before the next start, in one line; null: it does.</param>
/// <param name="Skipped">Lines that it never accepted, and that were skipped by hand.</param>
public sealed record SinkStatus(string Name, long Backlog, TimeSpan? Delay, string? Refusal, int Skipped);
