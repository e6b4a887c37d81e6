namespace ChainWatch.Tracing;

/// <summary>The reasons to stop that are told apart in more than one place.</summary>
internal static class StopReasons
{
    /// <summary>All that went on went into CoinJoins.</summary>
    public const string CoinJoin = "opaque:coinjoin";
}
