using System.Globalization;
using System.Security.Cryptography;

namespace ChainWatch.Rpc;

/// <summary>Puts the body of an answer into a file, and finds out whether it is whole.</summary>
/// <param name="path">The file; replaced where it exists.</param>
/// <param name="bytesMax">The longest body.</param>
/// <param name="failure">Makes an error that names the endpoint.</param>
internal sealed class FileReceiver(string path, long bytesMax, Func<RpcErrorKind, string, Exception?, RpcException> failure)
{
    private const int BufferLength = 1 << 16;

    /// <summary>Receives all of it.</summary>
    /// <returns>How many bytes, and their SHA-256.</returns>
    /// <exception cref="RpcException">It is cut short, empty or too long.</exception>
    /// <exception cref="ChainWatchException">The file cannot be written.</exception>
    public async Task<(long Bytes, string Sha256)> ReceiveAsync(HttpContent content, CancellationToken cancellationToken)
    {
        long? announced = content.Headers.ContentLength;
        if (announced > bytesMax)
        {
            throw TooLong();
        }

        long bytes = 0;
        byte[] buffer = new byte[BufferLength];
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using Stream body = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using FileStream file = Written(() => new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0));
        for (int read = await ReadAsync(body, buffer, bytes, announced, cancellationToken).ConfigureAwait(false); read > 0; read = await ReadAsync(body, buffer, bytes, announced, cancellationToken).ConfigureAwait(false))
        {
            bytes += read;
            if (bytes > bytesMax)
            {
                throw TooLong();
            }

            hash.AppendData(buffer, 0, read);
            Written(() =>
            {
                file.Write(buffer, 0, read);
                return true;
            });
        }

        // HTTP/1.1's own reader sees a body that is shorter than announced; not every other one does.
        return announced is long length && bytes != length ? throw CutShort(bytes, announced, null)
            : bytes == 0 ? throw failure(RpcErrorKind.BadAnswer, "an empty body; expected a file", null)
            : (bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Removes a file where there is one.</summary>
    public static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error that is on its way says what went wrong.
        }
    }

    private async Task<int> ReadAsync(Stream body, byte[] buffer, long bytes, long? announced, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException or InvalidDataException)
        {
            throw CutShort(bytes, announced, e);
        }
    }

    // What the disk refuses is no fault of the endpoint's, and is not asked for again.
    private T Written<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChainWatchException(ChainWatchException.At(path, 0, null, "the file cannot be written: the disk is full, or the folder takes none").Message, e);
        }
    }

    private RpcException CutShort(long bytes, long? announced, Exception? inner)
    {
        string whole = announced is long length ? string.Create(CultureInfo.InvariantCulture, $" of {length}") : "";
        return failure(RpcErrorKind.Transient, string.Create(CultureInfo.InvariantCulture, $"cut short: {bytes} bytes came{whole}"), inner);
    }

    private RpcException TooLong() =>
        failure(RpcErrorKind.Fatal, string.Create(CultureInfo.InvariantCulture, $"more than {bytesMax} bytes; expected a shorter file"), null);
}
