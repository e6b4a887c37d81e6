namespace ChainWatch.Watching;

/// <summary>What an alert tells of.</summary>
public enum AlertReason
{
    /// <summary>The wallet came within the hops asked for, for the first time.</summary>
    FirstWithin,

    /// <summary>The wallet was within them, and came nearer.</summary>
    Closer,

    /// <summary>More value came over a path that was known.</summary>
    NewValue,

    /// <summary>The wallet itself paid an address of the list.</summary>
    PaidListed,
}
