using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChainWatch.Rpc;

/// <summary>
/// JSON-RPC 2.0 over HTTP, call by call or in batches. Transient failures are asked again, here and nowhere else; every call
/// can be cancelled; at most <see cref="RpcOptions.Concurrency"/> requests are in flight. Safe for many threads.
/// </summary>
public sealed class JsonRpcClient : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private readonly HttpTransport _transport;
    private readonly AnswerReader _reader;
    private readonly RpcOptions _options;
    private long _lastId;
    private volatile bool _takesNoBatches;

    /// <summary>A client. It does not dispose <paramref name="http"/>.</summary>
    /// <param name="http">Sends the requests; its own time-out must be infinite (<see cref="RpcHttp.Create"/> makes such a one).</param>
    /// <param name="endpoint">Whom to ask.</param>
    /// <param name="options">Limits; null: the defaults.</param>
    /// <param name="clock">Measures delays; null: the system's.</param>
    /// <param name="jitter">A number from 0 to 1 for each delay; null: random.</param>
    /// <param name="logger">Where retries are logged; null: nowhere.</param>
    public JsonRpcClient(HttpClient http, RpcEndpoint endpoint, RpcOptions? options = null, TimeProvider? clock = null, Func<double>? jitter = null, ILogger<JsonRpcClient>? logger = null)
    {
        _options = options ?? new RpcOptions();
        _transport = new HttpTransport(RpcHttp.RequireNoTimeout(http), endpoint, _options, clock ?? TimeProvider.System, jitter ?? Random.Shared.NextDouble, logger ?? NullLogger<JsonRpcClient>.Instance);
        _reader = new AnswerReader(_transport);
    }

    /// <summary>Whom it asks.</summary>
    public RpcEndpoint Endpoint => _transport.Endpoint;

    /// <summary>HTTP requests sent, retries included.</summary>
    public long RequestCount => _transport.RequestCount;

    /// <summary>Bytes of answers received.</summary>
    public long BytesReceived => _transport.BytesReceived;

    /// <summary>Calls, and throws on any error.</summary>
    /// <param name="call">The call.</param>
    /// <param name="verify">Says what is wrong with a result, or null; what is wrong is asked again.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RpcException">It failed.</exception>
    public async Task<RpcAnswer> CallAsync(RpcCall call, Func<ReadOnlyMemory<byte>, string?>? verify = null, CancellationToken cancellationToken = default)
    {
        RpcAnswer answer = await TryCallAsync(call, verify, cancellationToken).ConfigureAwait(false);
        answer.EnsureSuccess();
        return answer;
    }

    /// <summary>Calls; errors that the endpoint stands by come back in the answer.</summary>
    /// <inheritdoc cref="CallAsync"/>
    /// <exception cref="RpcException">No answer could be had: retries are exhausted, or the endpoint wants a key.</exception>
    public async Task<RpcAnswer> TryCallAsync(RpcCall call, Func<ReadOnlyMemory<byte>, string?>? verify = null, CancellationToken cancellationToken = default)
    {
        long id = 0;
        try
        {
            return await _transport.ExecuteAsync(
                call.Method,
                () =>
                {
                    id = Interlocked.Increment(ref _lastId);
                    return MakeRequest(writer => Write(writer, call, id));
                },
                body => _reader.ReadSingle(body, call, id, verify),
                cancellationToken).ConfigureAwait(false);
        }
        catch (RpcException e) when (!e.IsTransient && e.Kind != RpcErrorKind.Unauthorized)
        {
            return new RpcAnswer(e);
        }
    }

    /// <summary>Calls several methods in as few requests as the endpoint takes. Answers come in the order of the calls.</summary>
    /// <param name="calls">The calls.</param>
    /// <param name="verify">By the call's index, says what is wrong with a result, or null; what is wrong is asked again.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>An answer for each call; errors that the endpoint stands by are in it.</returns>
    /// <exception cref="RpcException">Some answer could not be had: none is returned.</exception>
    public async Task<RpcAnswer[]> TryCallBatchAsync(IReadOnlyList<RpcCall> calls, Func<int, ReadOnlyMemory<byte>, string?>? verify = null, CancellationToken cancellationToken = default)
    {
        RpcAnswer?[] answers = new RpcAnswer?[calls.Count];
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, calls.Count).Chunk(_takesNoBatches ? 1 : _options.BatchSizeMax).Select(ChunkAsync)).ConfigureAwait(false);
            return answers!;
        }
        catch
        {
            Array.ForEach(answers, a => a?.Dispose());
            throw;
        }

        // Where one fails for good the others would be asked for nothing.
        async Task ChunkAsync(int[] chunk)
        {
            try
            {
                await CallChunkAsync(calls, answers, chunk, verify, stop.Token).ConfigureAwait(false);
            }
            catch
            {
                await stop.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();

    private async Task CallIntoAsync(IReadOnlyList<RpcCall> calls, RpcAnswer?[] answers, int index, Func<int, ReadOnlyMemory<byte>, string?>? verify, CancellationToken cancellationToken) =>
        answers[index] = await TryCallAsync(calls[index], verify is null ? null : result => verify(index, result), cancellationToken).ConfigureAwait(false);

    private async Task CallChunkAsync(IReadOnlyList<RpcCall> calls, RpcAnswer?[] answers, int[] chunk, Func<int, ReadOnlyMemory<byte>, string?>? verify, CancellationToken cancellationToken)
    {
        if (chunk.Length == 1)
        {
            await CallIntoAsync(calls, answers, chunk[0], verify, cancellationToken).ConfigureAwait(false);
            return;
        }

        // What an attempt leaves open is asked again with the next one, alone.
        int[] open = chunk;
        Dictionary<long, int> ids = [];
        HashSet<int> tooLarge = [];
        string method = chunk.All(i => calls[i].Method == calls[chunk[0]].Method) ? calls[chunk[0]].Method : "batch";
        try
        {
            await _transport.ExecuteAsync(
                method,
                () =>
                {
                    ids = open.ToDictionary(_ => Interlocked.Increment(ref _lastId));
                    return MakeRequest(writer =>
                    {
                        writer.WriteStartArray();
                        foreach ((long id, int index) in ids)
                        {
                            Write(writer, calls[index], id);
                        }

                        writer.WriteEndArray();
                    });
                },
                body =>
                {
                    RpcException? transient = _reader.ReadBatch(body, calls, answers, ids, tooLarge, verify);
                    open = [.. open.Where(i => answers[i] is null && !tooLarge.Contains(i))];
                    return transient is null ? true : throw transient;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (RpcException e) when (e.Kind == RpcErrorKind.RangeTooWide)
        {
            // All of it together is too much for the endpoint, or for us; a half may do.
            int[] left = [.. chunk.Where(i => answers[i] is null)];
            await Task.WhenAll(left.Chunk((left.Length + 1) / 2).Select(half => CallChunkAsync(calls, answers, half, verify, cancellationToken))).ConfigureAwait(false);
            return;
        }
        catch (Exception e) when (e is BatchesRefusedException or RpcException { IsTransient: false, Kind: not RpcErrorKind.Unauthorized })
        {
            // The whole batch was refused: each call is asked by itself, and so is every later one.
            if (!_takesNoBatches)
            {
                _takesNoBatches = true;
                Log.BatchesRefused(_transport.Logger, Endpoint.Name);
            }
        }

        // One by one: what was refused, and what had no room in the batch's answer.
        await Task.WhenAll(chunk.Where(i => answers[i] is null).Select(i => CallIntoAsync(calls, answers, i, verify, cancellationToken))).ConfigureAwait(false);
    }

    private static void Write(Utf8JsonWriter writer, RpcCall call, long id)
    {
        writer.WriteStartObject();
        writer.WriteString("jsonrpc"u8, "2.0"u8);
        writer.WriteNumber("id"u8, id);
        writer.WriteString("method"u8, call.Method);
        writer.WritePropertyName("params"u8);
        writer.WriteRawValue(call.ParamsJson.Span);
        writer.WriteEndObject();
    }

    private HttpRequestMessage MakeRequest(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> bytes = new(256);
        using (Utf8JsonWriter writer = new(bytes))
        {
            write(writer);
        }

        ReadOnlyMemoryContent content = new(bytes.WrittenMemory);
        content.Headers.ContentType = Json;
        return new HttpRequestMessage(HttpMethod.Post, Endpoint.Uri) { Content = content };
    }}
