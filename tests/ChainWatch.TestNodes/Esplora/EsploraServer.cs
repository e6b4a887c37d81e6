using System.Collections.Concurrent;
using ChainWatch.TestNodes.Http;

namespace ChainWatch.TestNodes.Esplora;

/// <summary>
/// A server that speaks Esplora's REST API over a chain of the test's own: what blockstream.info and mempool.space answer.
/// </summary>
/// <remarks>
/// Source: https://github.com/Blockstream/esplora/blob/master/API.md and the source of Blockstream/electrs and
/// mempool/electrs. Left out: /scripthash, /mempool, /fee-estimates, /blocks, proofs, POST, and the disassembled scripts.
/// A block that a reorganisation took away is not known at all, where electrs still has its transactions.
/// </remarks>
public sealed class EsploraServer : IAsyncDisposable
{
    private readonly EsploraServerOptions _options;
    private readonly LoopbackServer _server;
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private volatile EsploraChain _chain;
    private volatile EsploraFault[] _faults = [];
    private int _requests;

    /// <summary>Starts to answer.</summary>
    /// <param name="chain">From what.</param>
    /// <param name="options">How; null for Blockstream's manners under /api.</param>
    public EsploraServer(EsploraChain chain, EsploraServerOptions? options = null)
    {
        _chain = chain;
        _options = options ?? new EsploraServerOptions();
        _server = new LoopbackServer((request, _) => Task.FromResult(Answer(request)));
    }

    /// <summary>Where the API is, with the base path and a slash at its end.</summary>
    public Uri Endpoint => new(_server.Endpoint, _options.BasePath + "/");

    /// <summary>What it answers from. Setting another is a reorganisation, or a new block.</summary>
    public EsploraChain Chain
    {
        get => _chain;
        set => _chain = value;
    }

    /// <summary>Requests that came.</summary>
    public int Requests => _requests;

    /// <summary>Requests that came, by kind (<see cref="EsploraKind"/>).</summary>
    public IReadOnlyDictionary<string, int> Calls => _counts;

    /// <summary>How many requests of a kind came.</summary>
    public int CallsOf(string kind) => _counts.GetValueOrDefault(kind);

    /// <summary>Adds a fault. They work in the order in which they came.</summary>
    /// <returns>The fault, which knows how often it struck.</returns>
    public EsploraFault Inject(EsploraFault fault)
    {
        _faults = [.. _faults, fault];
        return fault;
    }

    /// <summary>Takes all faults away and counts from zero.</summary>
    public void Clear()
    {
        _faults = [];
        _counts.Clear();
        _requests = 0;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private LoopbackAnswer Answer(LoopbackRequest incoming)
    {
        EsploraFault[] faults = _faults;
        EsploraRequest request = EsploraRequest.Of(incoming, _options, _chain);
        Interlocked.Increment(ref _requests);
        _counts.AddOrUpdate(request.Kind, 1, (_, count) => count + 1);
        foreach (EsploraFault fault in faults)
        {
            if (fault.InsteadOf(request) is LoopbackAnswer instead)
            {
                return instead;
            }

            request = fault.Asked(request);
        }

        LoopbackAnswer answer = new EsploraAnswers(request, _options).Answer();
        return faults.Aggregate(answer, (sent, fault) => fault.Spoilt(request, sent));
    }
}
