using System.Globalization;

namespace ChainWatch.TestNodes.Http;

/// <summary>Reads requests from a connection: with a length, or in chunks.</summary>
internal static class HttpReading
{
    /// <summary>The next request; null where the connection ended.</summary>
    public static async Task<LoopbackRequest?> ReadAsync(Stream stream, CancellationToken stop)
    {
        if (await LineAsync(stream, stop) is not { Length: > 0 } first)
        {
            return null;
        }

        string[] parts = first.Split(' ');
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        while (await LineAsync(stream, stop) is { Length: > 0 } line)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        return new LoopbackRequest(parts[0], parts[1], headers, await BodyAsync(stream, headers, stop));
    }

    private static async Task<byte[]> BodyAsync(Stream stream, Dictionary<string, string> headers, CancellationToken stop)
    {
        if (headers.TryGetValue("Content-Length", out string? length))
        {
            return await BytesAsync(stream, int.Parse(length, CultureInfo.InvariantCulture), stop);
        }

        using MemoryStream body = new();
        bool chunked = headers.TryGetValue("Transfer-Encoding", out string? encoding) && encoding.Contains("chunked", StringComparison.OrdinalIgnoreCase);
        while (chunked && await LineAsync(stream, stop) is string size)
        {
            byte[] chunk = await BytesAsync(stream, int.Parse(size.Split(';')[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), stop);
            await LineAsync(stream, stop);
            chunked = chunk.Length > 0;
            await body.WriteAsync(chunk, stop);
        }

        return body.ToArray();
    }

    private static async Task<byte[]> BytesAsync(Stream stream, int length, CancellationToken stop)
    {
        byte[] bytes = new byte[length];
        await stream.ReadExactlyAsync(bytes, stop);
        return bytes;
    }

    private static async Task<string?> LineAsync(Stream stream, CancellationToken stop)
    {
        List<byte> line = [];
        byte[] one = new byte[1];
        while (await stream.ReadAsync(one, stop) == 1)
        {
            if (one[0] == (byte)'\n')
            {
                return System.Text.Encoding.ASCII.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(one[0]);
        }

        return null;
    }
}
