namespace ChainWatch.Rpc.Recording;

/// <summary>Passes requests on, and keeps what is answered. Sits above decompression: what is kept is what is read.</summary>
internal sealed class RecordingHandler(ExchangeLog log, RpcEndpoint endpoint, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    // As RpcOptions.ResponseBytesMax by default: the client takes no more, and learns it from one byte more.
    private const int BytesMax = 512 << 20;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        byte[]? body = request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            using MemoryStream answer = new();
            bool isWhole = await ReadAsync(response.Content, answer, cancellationToken).ConfigureAwait(false);
            byte[] bytes = answer.ToArray();
            if (isWhole)
            {
                byte[] kept = new Redaction(endpoint, request.Headers.Authorization).Apply(bytes, response.IsSuccessStatusCode);
                log.Add(
                    new Exchange
                    {
                        Path = RelativePath.Of(endpoint, request.RequestUri!),
                        Body = body,
                        Status = (int)response.StatusCode,
                        MediaType = response.Content.Headers.ContentType?.MediaType ?? "",
                        ReceivedAt = log.Now,
                        IsRedacted = !ReferenceEquals(kept, bytes),
                    },
                    kept);
            }

            HttpContent before = response.Content;
            response.Content = new ByteArrayContent(bytes);
            response.Content.Headers.ContentType = before.Headers.ContentType;
            before.Dispose();
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static async Task<bool> ReadAsync(HttpContent content, MemoryStream answer, CancellationToken cancellationToken)
    {
        using Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        byte[] buffer = new byte[1 << 16];
        while (answer.Length <= BytesMax)
        {
            int read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return true;
            }

            answer.Write(buffer, 0, read);
        }

        return false;
    }
}
