namespace ChainWatch.Tracing.Live;

/// <summary>A transfer of a new block that brought funds of a list to a watched wallet.</summary>
internal sealed record LiveInflow
{
    /// <summary>The wallet.</summary>
    public required Address Wallet { get; init; }

    /// <summary>How many hops from the list the wallet is over this transfer.</summary>
    public required int Hops { get; init; }

    /// <summary>How many hops from the list the wallet was before the block; null where it was not reached.</summary>
    public required int? HopsBefore { get; init; }

    /// <summary>True for a direct transfer below the minimum from a designated address.</summary>
    public required bool IsDust { get; init; }

    /// <summary>True where a designated address paid the wallet itself: it counts at any amount.</summary>
    public required bool IsFromDesignated { get; init; }

    /// <summary>The list's address at the path's beginning.</summary>
    public required Address Seed { get; init; }

    /// <summary>The path over this transfer, in chain order: from the seed to the wallet.</summary>
    public required IReadOnlyList<PathStep> Path { get; init; }
}
