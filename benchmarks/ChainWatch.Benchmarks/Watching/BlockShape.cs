namespace ChainWatch.Benchmarks.Watching;

/// <summary>Who pays whom in the blocks that a watch takes.</summary>
internal enum BlockShape
{
    /// <summary>Any address pays any other: nothing that a block needs is near anything else, the worst there is.</summary>
    AnyAddresses,

    /// <summary>The same, and every sixth payee is new.</summary>
    OneInSixNew,

    /// <summary>As the made-up history goes on: its shares of hubs, of recent and older payees, and of new addresses.</summary>
    AsHistory,
}
