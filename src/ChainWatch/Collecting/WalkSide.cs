using ChainWatch.Sources;
using ChainWatch.Tracing;

namespace ChainWatch.Collecting;

/// <summary>One side of a walk: from the lists, or from the watched wallets.</summary>
/// <param name="request">Asks how far what is at hand reaches from this side.</param>
/// <param name="seeds">Where the side starts, on the chain that is walked.</param>
internal sealed class WalkSide(TraceRequest request, IReadOnlyList<Address> seeds)
{
    private readonly HashSet<Address> _fetched = [];

    public TraceRequest Request => request;

    public IReadOnlyList<Address> Seeds => seeds;

    /// <summary>Rings that are fetched.</summary>
    public int Depth { get; set; }

    /// <summary>Whether anything was fetched.</summary>
    public bool HasStarted => _fetched.Count > 0;

    /// <summary>Whether funds are followed as they went: what the addresses paid is fetched, and not what they got.</summary>
    public bool IsForward => request.Direction == Direction.Received;

    public bool IsFetched(Address address) => _fetched.Contains(address);

    /// <summary>Remembers addresses as fetched.</summary>
    /// <param name="addresses">Which.</param>
    /// <param name="needDegree">Where degrees are limited, both sides of an address count.</param>
    /// <returns>The side of their transfers that is to be fetched.</returns>
    public TransferSide Fetched(IEnumerable<Address> addresses, bool needDegree)
    {
        _fetched.UnionWith(addresses);
        return needDegree ? TransferSide.Both : IsForward ? TransferSide.From : TransferSide.To;
    }
}
