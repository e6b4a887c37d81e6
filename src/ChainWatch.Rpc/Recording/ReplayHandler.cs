using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace ChainWatch.Rpc.Recording;

/// <summary>
/// Answers as an endpoint did before, from the answers that were kept: to the same question the same answers in the same order, and
/// the last one from then on. Calls of JSON-RPC are told apart also within batches. It asks nobody.
/// </summary>
public sealed class ReplayHandler : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private readonly RpcEndpoint _endpoint;
    private readonly Func<int, byte[]> _read;
    private readonly Dictionary<string, Queue<Kept>> _answers = new(StringComparer.Ordinal);

    /// <summary>A handler over kept answers.</summary>
    /// <param name="endpoint">The endpoint as it is asked now: name and API, no keys.</param>
    /// <param name="exchanges">The exchanges in the order in which they were kept.</param>
    /// <param name="read">The bytes of an answer, by the exchange's place from 0. Called by one thread at a time.</param>
    public ReplayHandler(RpcEndpoint endpoint, IReadOnlyList<Exchange> exchanges, Func<int, byte[]> read)
    {
        (_endpoint, _read) = (endpoint, read);
        for (int i = 0; i < exchanges.Count; i++)
        {
            Take(i, exchanges[i]);
        }
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string path = RelativePath.Of(_endpoint, request.RequestUri!);
        byte[]? body = request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            return Answer(path, body);
        }
    }

    private static string Key(string path, string question) => $"{path} {question}";

    private static string BatchKey(string path, IEnumerable<RpcCallText> calls) => Key(path, $"batch {string.Join('\n', calls.Select(c => c.Question))}");

    private void Take(int index, Exchange exchange)
    {
        if (exchange.Body is null)
        {
            Add(Key(exchange.Path, ""), new Kept(index, exchange, null));
            return;
        }

        if (RpcCallText.Read(exchange.Body) is not ({ Length: > 0 } calls, bool isBatch))
        {
            Add(Key(exchange.Path, System.Text.Encoding.UTF8.GetString(exchange.Body)), new Kept(index, exchange, null));
            return;
        }

        List<AnswerPlace> places = AnswerPlace.ReadAll(_read(index), out bool isArray);
        if (!isBatch)
        {
            Add(Key(exchange.Path, calls[0].Question), new Kept(index, exchange, places.Count == 1 && !isArray ? places[0] : null));
            return;
        }

        Dictionary<long, string> questions = calls.ToDictionary(c => c.Id, c => c.Question);
        if (exchange.Status != (int)HttpStatusCode.OK || !isArray || places.Exists(p => p.IdValue is not long id || !questions.ContainsKey(id)))
        {
            // One answer for all.
            Add(BatchKey(exchange.Path, calls), new Kept(index, exchange, null));
            return;
        }

        foreach (AnswerPlace place in places)
        {
            Add(Key(exchange.Path, questions[place.IdValue!.Value]), new Kept(index, exchange, place));
        }
    }

    private void Add(string key, Kept kept)
    {
        if (!_answers.TryGetValue(key, out Queue<Kept>? queue))
        {
            _answers.Add(key, queue = new Queue<Kept>());
        }

        queue.Enqueue(kept);
    }

    private HttpResponseMessage Answer(string path, byte[]? body)
    {
        if (body is null)
        {
            return Whole(Next(Key(path, ""), path));
        }

        if (RpcCallText.Read(body) is not ({ Length: > 0 } calls, bool isBatch))
        {
            return Whole(Next(Key(path, System.Text.Encoding.UTF8.GetString(body)), path));
        }

        if (!isBatch)
        {
            Kept kept = Next(Key(path, calls[0].Question), calls[0].Question);
            return kept.Place is null ? Whole(kept) : Make(kept.Exchange, Patched(kept, calls[0].Id));
        }

        if (_answers.TryGetValue(BatchKey(path, calls), out Queue<Kept>? refused) && refused.TryDequeue(out Kept? whole))
        {
            return Whole(whole);
        }

        List<byte> answer = [(byte)'['];
        Exchange? first = null;
        foreach (RpcCallText call in calls)
        {
            // What was asked alone and refused as a whole, as for its rate, cannot stand among others.
            Kept kept;
            do
            {
                kept = Next(Key(path, call.Question), call.Question);
            }
            while ((kept.Place is null || kept.Exchange.Status != (int)HttpStatusCode.OK) && _answers[Key(path, call.Question)].Count > 1);

            if (kept.Place is null || kept.Exchange.Status != (int)HttpStatusCode.OK)
            {
                return Whole(kept);
            }

            first ??= kept.Exchange;
            answer.AddRange(answer.Count > 1 ? ","u8 : default);
            answer.AddRange(Patched(kept, call.Id));
        }

        answer.Add((byte)']');
        return Make(first!, [.. answer]);
    }

    private Kept Next(string key, string question)
    {
        if (!_answers.TryGetValue(key, out Queue<Kept>? queue))
        {
            const int lengthMax = 200;
            throw new ChainWatchException($"{_endpoint.Name}: no answer was kept to {(question.Length > lengthMax ? $"{question[..lengthMax]}…" : question)}");
        }

        return queue.Count > 1 ? queue.Dequeue() : queue.Peek();
    }

    private byte[] Patched(Kept kept, long id)
    {
        ReadOnlySpan<byte> body = _read(kept.Index);
        AnswerPlace place = kept.Place!.Value;
        return place.Id is not Range at || place.IdValue is null ? body[place.Answer].ToArray()
            : [.. body[place.Answer.Start..at.Start], .. System.Text.Encoding.ASCII.GetBytes(id.ToString(CultureInfo.InvariantCulture)), .. body[at.End..place.Answer.End]];
    }

    private HttpResponseMessage Whole(Kept kept) => Make(kept.Exchange, _read(kept.Index));

    private static HttpResponseMessage Make(Exchange exchange, byte[] body)
    {
        ByteArrayContent content = new(body);
        content.Headers.ContentType = MediaTypeHeaderValue.TryParse(exchange.MediaType, out MediaTypeHeaderValue? type) ? type : null;
        return new HttpResponseMessage((HttpStatusCode)exchange.Status) { Content = content };
    }

    private sealed record Kept(int Index, Exchange Exchange, AnswerPlace? Place);
}
