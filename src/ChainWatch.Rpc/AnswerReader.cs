using System.Globalization;
using System.Text.Json;

namespace ChainWatch.Rpc;

/// <summary>Reads bodies as answers to calls, and finds what is wrong with them.</summary>
internal sealed class AnswerReader(HttpTransport transport)
{
    /// <summary>What to do about a rate limit, as the end of a message.</summary>
    public const string RateLimitAdvice = "; expected fewer requests at once, or a plan with more";

    /// <summary>Reads the answer to one call.</summary>
    /// <exception cref="RpcException">It is an error, or no answer to this call.</exception>
    public RpcAnswer ReadSingle(PooledBody body, RpcCall call, long id, Func<ReadOnlyMemory<byte>, string?>? verify)
    {
        List<Envelope> envelopes = Parse(body, call.Method, out bool isArray);
        if (isArray)
        {
            throw transport.Failure(RpcErrorKind.BadAnswer, call.Method, "one answer was expected, and a batch came");
        }

        // An error may have no id: the endpoint could not read ours. It cannot have another's.
        Envelope envelope = envelopes[0];
        return envelope.Id != id && (envelope.Id is not null || !envelope.HasError)
            ? throw transport.Failure(RpcErrorKind.BadAnswer, call.Method, $"the answer has an id that was not asked with{(envelope.Message is null ? "" : $": {envelope.Message}")}")
            : Accept(body, call, envelope, verify);
    }

    /// <summary>Reads the answers of a batch; those that are final go into <paramref name="answers"/>.</summary>
    /// <param name="body">The body.</param>
    /// <param name="calls">All calls.</param>
    /// <param name="answers">The answers, by the index of the call.</param>
    /// <param name="ids">The ids that were asked with, and the calls they stand for.</param>
    /// <param name="tooLarge">Takes the calls whose answers were too large in this company: to be asked by themselves.</param>
    /// <param name="verify">Says what is wrong with a result, or null.</param>
    /// <returns>Why some are to be asked again; null where none is.</returns>
    /// <exception cref="RpcException">One error for all.</exception>
    /// <exception cref="BatchesRefusedException">The endpoint does not take the batch.</exception>
    public RpcException? ReadBatch(PooledBody body, IReadOnlyList<RpcCall> calls, RpcAnswer?[] answers, Dictionary<long, int> ids, HashSet<int> tooLarge, Func<int, ReadOnlyMemory<byte>, string?>? verify)
    {
        string method = calls[ids.First().Value].Method;
        List<Envelope> envelopes = Parse(body, method, out bool isArray);
        if (envelopes.Find(e => !isArray || (e.Id is null && e.HasError)) is { HasError: true } whole)
        {
            // One error for all: of the rate, or because batches are not taken.
            RpcException error = Error(method, whole);
            throw error.IsTransient || error.Kind is RpcErrorKind.Unauthorized or RpcErrorKind.RangeTooWide ? error : new BatchesRefusedException();
        }

        if (!isArray)
        {
            throw transport.Failure(RpcErrorKind.BadAnswer, method, "a batch was expected, and one answer came");
        }

        // Whose answers are mixed up is not believed in any of them.
        HashSet<long> seen = [];
        if (!envelopes.TrueForAll(e => e.Id is long id && ids.ContainsKey(id) && seen.Add(id)))
        {
            throw transport.Failure(RpcErrorKind.BadAnswer, method, "an answer of the batch has an id that was not asked with, or that another has");
        }

        RpcException? transient = ids.Count == seen.Count ? null
            : transport.Failure(RpcErrorKind.BadAnswer, method, string.Create(CultureInfo.InvariantCulture, $"{ids.Count - seen.Count} answers of the batch are missing"));
        foreach (Envelope envelope in envelopes)
        {
            int index = ids[envelope.Id!.Value];
            try
            {
                answers[index] = Accept(body, calls[index], envelope, verify is null ? null : bytes => verify(index, bytes));
            }
            catch (RpcException e) when (e.IsTransient)
            {
                transient ??= e;
            }
            catch (RpcException e) when (e.Kind == RpcErrorKind.RangeTooWide)
            {
                tooLarge.Add(index);
            }
            catch (RpcException e) when (e.Kind != RpcErrorKind.Unauthorized)
            {
                answers[index] = new RpcAnswer(e);
            }
        }

        return transient;
    }

    private RpcAnswer Accept(PooledBody body, RpcCall call, in Envelope envelope, Func<ReadOnlyMemory<byte>, string?>? verify)
    {
        if (envelope.HasError)
        {
            throw Error(call.Method, envelope);
        }

        if (envelope.Result is not Range result)
        {
            throw transport.Failure(RpcErrorKind.BadAnswer, call.Method, $"the answer has neither result nor error{(envelope.Message is null ? "" : $": {envelope.Message}")}");
        }

        string? problem = verify?.Invoke(body.Memory[result]);
        return problem is null ? new RpcAnswer(body, result) : throw transport.Failure(RpcErrorKind.BadAnswer, call.Method, problem);
    }

    private List<Envelope> Parse(PooledBody body, string method, out bool isArray)
    {
        try
        {
            return Envelope.ReadAll(body.Memory.Span, out isArray);
        }
        catch (JsonException e)
        {
            throw transport.Failure(RpcErrorKind.BadAnswer, method, body.Length == 0 ? "the answer is empty; expected the URL of a JSON-RPC endpoint" : $"the answer is no JSON-RPC (it begins '{transport.BeginningOf(body)}'); expected the URL of a JSON-RPC endpoint", inner: e);
        }
    }

    private RpcException Error(string method, in Envelope envelope)
    {
        RpcErrorKind kind = RpcErrorClassifier.Classify(null, envelope.Code, envelope.Message);
        string code = envelope.Code is int c ? string.Create(CultureInfo.InvariantCulture, $" (error {c})") : "";
        string advice = kind == RpcErrorKind.RateLimited ? RateLimitAdvice : "";
        return transport.Failure(kind, method, $"{(string.IsNullOrWhiteSpace(envelope.Message) ? "an error without words" : envelope.Message)}{code}{advice}", envelope.Code);
    }
}
