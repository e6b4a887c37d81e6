using System.Collections.Concurrent;
using ChainWatch.Ethereum.Decoding;
using ChainWatch.Rpc;
using ChainWatch.Sources;

namespace ChainWatch.Ethereum;

/// <summary>A node that was probed, with what its queries share.</summary>
internal sealed class NodeSession(JsonRpcClient client, EthereumSourceOptions options, SourceProfile profile, NodeCapabilities capabilities)
{
    private const int HeadersMax = 100_000;
    private readonly ConcurrentDictionary<long, Block> _headers = new();
    private readonly ConcurrentDictionary<(int, int), AdaptiveRange> _ranges = new();

    public JsonRpcClient Client => client;

    public EthereumSourceOptions Options => options;

    public SourceProfile Profile => profile;

    public NodeCapabilities Capabilities => capabilities;

    public BlockReader Reader { get; } = new(client, capabilities);

    /// <summary>
    /// Events of <c>eth_getLogs</c> by what is looked for: by how many blocks the node was asked last. Each has its own, so that
    /// what is asked never depends on which answer came first.
    /// </summary>
    public AdaptiveRange LogRange(int place, int events) => _ranges.GetOrAdd((place, events), _ => new AdaptiveRange(options.LogRange));

    /// <summary>Traces of <c>trace_filter</c>, of payers or of payees, likewise.</summary>
    public AdaptiveRange TraceRange(bool from) => _ranges.GetOrAdd((from ? -1 : -2, 0), _ => new AdaptiveRange(options.TraceRange));

    public ValueMoves NewMoves() => new(profile.Chain, options.WrappedCoins ?? WrappedCoin.Of(profile.Chain));

    /// <summary>Headers by height; those not at hand are asked for, many at once.</summary>
    public async Task<IReadOnlyDictionary<long, Block>> HeadersAsync(IReadOnlyCollection<long> heights, CancellationToken cancellationToken)
    {
        if (_headers.Count > HeadersMax)
        {
            _headers.Clear();
        }

        long[] missing = [.. heights.Where(h => !_headers.ContainsKey(h)).Distinct().Order()];
        const int atOnce = 500;
        foreach (long[] chunk in missing.Chunk(atOnce))
        {
            foreach (Block header in await Reader.ReadHeadersAsync(chunk, cancellationToken).ConfigureAwait(false))
            {
                _headers[header.Height] = header;
            }
        }

        return heights.Distinct().ToDictionary(h => h, h => _headers[h]);
    }

    /// <summary>Forgets headers from a height on: the chain was reorganised.</summary>
    public void ForgetHeadersFrom(long height)
    {
        foreach (long known in _headers.Keys.Where(h => h >= height).ToArray())
        {
            _headers.TryRemove(known, out _);
        }
    }

    /// <summary>What a query rests on.</summary>
    public SourceCoverage Coverage(long rows, IReadOnlyList<ReadWindow> windows, IReadOnlyList<CoverageGap> gaps, IEnumerable<string> notes) => new()
    {
        Name = profile.Name,
        Kind = profile.Kind,
        Rows = rows,
        Windows = windows,
        Gaps = gaps,
        Notes = [.. notes],
    };
}
