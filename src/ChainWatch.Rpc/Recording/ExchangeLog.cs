namespace ChainWatch.Rpc.Recording;

/// <summary>
/// Keeps every answer of an endpoint that was read to its end, in the order in which they came, with the question; nothing of its
/// headers, and no secret of its URL. The bytes go to a stream, not to memory. Safe for many threads.
/// </summary>
/// <param name="answers">Where the answers' bytes go, empty; it can read and seek, and stays the caller's.</param>
/// <param name="clock">Tells when an answer had come.</param>
public sealed class ExchangeLog(Stream answers, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly List<(Exchange Exchange, long Offset, int Length)> _kept = [];

    /// <summary>How many answers were kept.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _kept.Count;
            }
        }
    }

    /// <summary>An HTTP client that asks as <see cref="RpcHttp.Create"/>'s does, and keeps the answers here. The caller disposes it.</summary>
    /// <param name="endpoint">The only endpoint that it is used for: its secrets are kept out.</param>
    public HttpClient CreateClient(RpcEndpoint endpoint) =>
        new(new RecordingHandler(this, endpoint, RpcHttp.CreateHandler()), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>An exchange, by its place from 0.</summary>
    public Exchange this[int index]
    {
        get
        {
            lock (_lock)
            {
                return _kept[index].Exchange;
            }
        }
    }

    /// <summary>The bytes of an answer.</summary>
    public byte[] ReadAnswer(int index)
    {
        lock (_lock)
        {
            (_, long offset, int length) = _kept[index];
            byte[] bytes = new byte[length];
            answers.Position = offset;
            answers.ReadExactly(bytes);
            return bytes;
        }
    }

    /// <summary>What of an explorer's URL decides how it is asked (its version, its chain), without keys: below its name it makes a URL to replay with.</summary>
    public static string ApiOf(RpcEndpoint endpoint) => RelativePath.ApiOf(endpoint);

    internal DateTimeOffset Now => clock.GetUtcNow();

    internal void Add(Exchange exchange, ReadOnlySpan<byte> answer)
    {
        lock (_lock)
        {
            long offset = answers.Length;
            answers.Position = offset;
            answers.Write(answer);
            _kept.Add((exchange, offset, answer.Length));
        }
    }
}
