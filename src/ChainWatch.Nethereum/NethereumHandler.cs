using System.Buffers;
using System.Text.Json;
using ChainWatch.Rpc;
using Nethereum.JsonRpc.Client;
using Nethereum.JsonRpc.Client.RpcMessages;

namespace ChainWatch.Nethereum;

/// <summary>
/// Carries the requests of a <see cref="JsonRpcClient"/> to a client of Nethereum, and its answers back. Ids, errors and results
/// pass as they are, so that whoever asks checks them as over HTTP. Nethereum's calls cannot be cancelled: one that is given up
/// runs on until its own time-out, and nobody waits for it.
/// </summary>
internal sealed class NethereumHandler(IClient client, RpcEndpoint endpoint) : HttpMessageHandler
{
    // The standard's "invalid request", as endpoints say it that take no batches: every call then goes by itself.
    private const int InvalidRequest = -32600;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string what = endpoint.Name;
        try
        {
            (RpcRequestMessage[] calls, bool isBatch) = await RpcRequestReader.ReadAsync(request.Content!, endpoint.Name, cancellationToken).ConfigureAwait(false);
            what = $"{endpoint}: {(isBatch ? "batch" : calls[0].Method)}";
            return Answer(isBatch ? await AskAllAsync(calls, cancellationToken).ConfigureAwait(false) : await AskAsync(calls[0], cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return ClientFault.Answer(e, what);
        }
    }

    private async Task<Action<Utf8JsonWriter>> AskAsync(RpcRequestMessage call, CancellationToken cancellationToken)
    {
        try
        {
            RpcResponseMessage? answer = await client.SendAsync(call).WaitAsync(cancellationToken).ConfigureAwait(false);
            return answer is null
                ? throw new RpcException(RpcErrorKind.BadAnswer, $"{endpoint}: {call.Method}: no answer came")
                : writer => RpcAnswerWriter.Write(writer, answer);
        }
        catch (RpcResponseException e)
        {
            // Clients that throw what others return.
            return writer => RpcAnswerWriter.Write(writer, (long)call.Id, e.RpcError.Code, e.RpcError.Message, e.RpcError.Data);
        }
    }

    private async Task<Action<Utf8JsonWriter>> AskAllAsync(RpcRequestMessage[] calls, CancellationToken cancellationToken)
    {
        BatchItem[] items = [.. calls.Select(c => new BatchItem(c))];
        RpcRequestResponseBatch batch = new() { AcceptPartiallySuccessful = true };
        batch.BatchItems.AddRange(items);
        try
        {
            await client.SendBatchRequestAsync(batch).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException e)
        {
            throw new RpcException(RpcErrorKind.BadAnswer, $"{endpoint}: batch: an answer of the batch has an id that was not asked with", inner: e);
        }
        catch (Exception e) when (ClientFault.IsNoBatch(e))
        {
            items = [];
        }

        RpcResponseMessage[] answers = [.. items.SelectMany(i => i.Answers)];
        return answers.Length == 0
            ? writer => RpcAnswerWriter.Write(writer, null, InvalidRequest, "the batch was not answered as one", null)
            : writer =>
            {
                writer.WriteStartArray();
                Array.ForEach(answers, a => RpcAnswerWriter.Write(writer, a));
                writer.WriteEndArray();
            };
    }

    private static HttpResponseMessage Answer(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter writer = new(bytes))
        {
            write(writer);
        }

        return new HttpResponseMessage { Content = new ReadOnlyMemoryContent(bytes.WrittenMemory) };
    }
}
