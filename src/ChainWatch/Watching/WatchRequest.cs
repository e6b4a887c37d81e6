using ChainWatch.Tracing;

namespace ChainWatch.Watching;

/// <summary>What a watcher watches for.</summary>
public sealed record WatchRequest
{
    /// <summary>The lists, the hops and the rules. Its wallets are those watched at first; one direction, received.</summary>
    /// <exception cref="ChainWatchException">Another direction.</exception>
    public required TraceRequest Trace
    {
        get;
        init => field = value.Direction == Direction.Received
            ? value
            : throw new ChainWatchException("a watcher traces what is received, and tells of payments to listed addresses by itself: expected the direction received");
    }

    /// <summary>
    /// By asset, the least value that is an alert where it comes to a wallet that is within reach already, and no nearer than
    /// before. Of other assets such transfers are none. What a designated address pays the wallet itself always is.
    /// </summary>
    public IReadOnlyDictionary<Asset, Amount> AlertValues { get; init; } = new Dictionary<Asset, Amount>();

    /// <summary>So many blocks, its own counted, must stand on a transfer before it is told; from 1, the default.</summary>
    /// <exception cref="ChainWatchException">Below 1.</exception>
    public int Confirmations
    {
        get;
        init => field = value >= 1 ? value : throw new ChainWatchException($"confirmations {value}: expected at least 1");
    } = 1;

    /// <summary>The first block to read where the state holds none of a chain; null: from the endpoint's newest on.</summary>
    public long? Since { get; init; }
}
