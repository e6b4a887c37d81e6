namespace ChainWatch.Tracing.Live;

/// <summary>What a new block means to the watched wallets, by one list.</summary>
internal sealed record LiveBlock
{
    /// <summary>The list.</summary>
    public required TracedList List { get; init; }

    /// <summary>What brought funds of the list to watched wallets, in chain order.</summary>
    public required IReadOnlyList<LiveInflow> Inflows { get; init; }

    /// <summary>What would have, but for its value or its token; in chain order.</summary>
    public required IReadOnlyList<LiveNote> Notes { get; init; }

    /// <summary>What watched wallets paid to the list's addresses, of whatever value above zero; in chain order.</summary>
    public required IReadOnlyList<PathStep> Payments { get; init; }
}
