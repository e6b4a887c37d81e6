using ChainWatch.Lists;
using ChainWatch.Tracing;

namespace ChainWatch.Watching;

/// <summary>What a watcher watches for.</summary>
public sealed record WatchRequest
{
    /// <summary>The most blocks that can be waited for: fewer than can be taken back.</summary>
    public const int ConfirmationsMax = 400;

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

    /// <summary>So many blocks, its own counted, must stand on a transfer before it is told; 1, the default, to <see cref="ConfirmationsMax"/>.</summary>
    /// <exception cref="ChainWatchException">Out of that range.</exception>
    public int Confirmations
    {
        get;
        init => field = value is >= 1 and <= ConfirmationsMax ? value : throw new ChainWatchException($"confirmations {value}: expected 1 to {ConfirmationsMax}");
    } = 1;

    /// <summary>The first block to read where the state holds none of a chain; null: from the endpoint's newest on.</summary>
    public long? Since { get; init; }

    /// <summary>Whether another request asks the same of other wallets.</summary>
    internal bool AsksLike(WatchRequest other) => Question == other.Question && Trace.From.Count == other.Trace.From.Count && Trace.From.Zip(other.Trace.From).All(l => IsSame(l.First, l.Second));

    /// <summary>The same request, with some wallets more, and some less.</summary>
    internal WatchRequest Watching(IReadOnlyDictionary<Address, bool> changed) => changed.Count == 0 ? this : this with
    {
        Trace = Trace with { To = [.. Trace.To.Where(w => changed.GetValueOrDefault(w, true)).Union(changed.Where(w => w.Value).Select(w => w.Key))] },
    };

    private WatchRequest Question => this with { Trace = Trace with { From = [], To = [], Lists = null } };

    // A file that is read again gives another object.
    private static bool IsSame(AddressList list, AddressList other) => ReferenceEquals(list, other)
        || (list.Name == other.Name && list.AsOf == other.AsOf && list.Manifest is not null && list.Manifest.Sha256 == other.Manifest?.Sha256);
}
