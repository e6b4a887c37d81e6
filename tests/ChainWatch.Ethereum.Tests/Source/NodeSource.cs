using ChainWatch.Rpc;
using ChainWatch.Sources;

namespace ChainWatch.Ethereum.Tests.Source;

/// <summary>The source under test over an endpoint, patient but not slow: its delays are milliseconds.</summary>
internal sealed class NodeSource : IDisposable
{
    private readonly HttpClient _http = RpcHttp.Create();
    private readonly JsonRpcClient _client;

    public NodeSource(Uri endpoint, EthereumSourceOptions? options = null, int retries = 6, TimeProvider? clock = null)
    {
        _client = new JsonRpcClient(
            _http,
            RpcEndpoint.Parse(endpoint.ToString()),
            Limits(retries));
        Source = new EthereumTransferSource(_client, options, clock);
    }

    public static RpcOptions Limits(int retries = 6) =>
        new() { DelayBase = TimeSpan.FromMilliseconds(1), DelayMax = TimeSpan.FromMilliseconds(20), RetryAfterMax = TimeSpan.FromMilliseconds(50), AttemptTimeout = TimeSpan.FromSeconds(5), RetriesMax = retries, BreakerBreak = TimeSpan.FromMilliseconds(500) };

    public EthereumTransferSource Source { get; }

    public void Dispose()
    {
        _client.Dispose();
        _http.Dispose();
    }
}

/// <summary>Keeps what a source sends.</summary>
internal sealed class Kept : ITransferSink
{
    public List<Transfer> Transfers { get; } = [];

    public List<Movement> Movements { get; } = [];

    public HashSet<Address> Contracts { get; } = [];

    public void Add(in Transfer transfer, RowOrigin origin = default) => Transfers.Add(transfer);

    public void Add(Movement movement, RowOrigin origin = default) => Movements.Add(movement);

    public void AddContract(Address contract) => Contracts.Add(contract);

    /// <summary>Everything of value, each a line, in an order of its own: equal texts, equal transfers.</summary>
    public static string Text(IEnumerable<Transfer> transfers) => string.Join('\n', transfers.Where(t => !t.Value.IsZero).Select(t => t.ToString()).Order(StringComparer.Ordinal));

    /// <summary>Asserts that what came is what was expected, each as often; else says what is missing and what is too many.</summary>
    public void ShouldBe(IEnumerable<Transfer> expected, string? which = null)
    {
        List<string> missing = [.. Text(expected).Split('\n')];
        List<string> tooMany = [];
        foreach (string line in Text(Transfers).Split('\n'))
        {
            if (!missing.Remove(line))
            {
                tooMany.Add(line);
            }
        }

        (string.Join('\n', missing.Take(5)), string.Join('\n', tooMany.Take(5))).ShouldBe(("", ""), which);
    }

    public static async Task<(Kept Kept, SourceCoverage Coverage)> OfAsync(IChainSource source, TransferQuery query)
    {
        Kept kept = new();
        IReadOnlyList<SourceCoverage> coverage = await source.ReadAsync(query, kept);
        return (kept, coverage.Single());
    }
}
