namespace ChainWatch.Collecting;

/// <summary>How far a collection is.</summary>
/// <param name="Stage">What it is at.</param>
/// <param name="Done">How many of <paramref name="Total"/> are done: blocks, addresses or transactions, as the stage says.</param>
/// <param name="Total">How many there are, as far as is known; 0: not known.</param>
/// <param name="Transfers">Transfers at hand.</param>
/// <param name="Requests">Requests made.</param>
/// <param name="Bytes">Bytes received.</param>
public sealed record CollectProgress(CollectStage Stage, long Done, long Total, long Transfers, long Requests, long Bytes)
{
    /// <summary>Something to tell once, one sentence; null: nothing.</summary>
    public string? Notice { get; init; }

    /// <summary>What is expected, told before it starts; null otherwise.</summary>
    public CollectEstimate? Estimate { get; init; }
}

/// <summary>What a collection is at.</summary>
public enum CollectStage
{
    /// <summary>Asking the endpoint what it is and can.</summary>
    Probing,

    /// <summary>Fetching blocks.</summary>
    Blocks,

    /// <summary>Fetching addresses.</summary>
    Addresses,

    /// <summary>Fetching whole transactions.</summary>
    Transactions,

    /// <summary>Checking that what was fetched is of one chain.</summary>
    Checking,

    /// <summary>Putting transfers in chain order.</summary>
    Building,
}

/// <summary>What fetching is expected to cost, from a sample where there is one.</summary>
/// <param name="Units">Blocks, or addresses of the next ring.</param>
/// <param name="Requests">Requests.</param>
/// <param name="Bytes">Bytes; null where there is no sample.</param>
/// <param name="Time">Time; null where there is no sample or no clock.</param>
public sealed record CollectEstimate(long Units, long Requests, long? Bytes, TimeSpan? Time);
