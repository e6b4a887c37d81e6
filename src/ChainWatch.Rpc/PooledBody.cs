using System.Buffers;

namespace ChainWatch.Rpc;

/// <summary>The bytes of an HTTP answer in a pooled buffer, shared by the answers that it holds; the last to go gives it back.</summary>
internal sealed class PooledBody : IDisposable
{
    private const int LengthAtFirst = 1 << 14;
    private byte[] _buffer;
    private int _length;
    private int _owners = 1;

    private PooledBody(int capacity) => _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, _length);

    public int Length => _length;

    /// <summary>Reads a body to its end.</summary>
    /// <param name="content">The body.</param>
    /// <param name="lengthMax">The most bytes.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The body; null where it is longer than that.</returns>
    public static async Task<PooledBody?> ReadAsync(HttpContent content, long lengthMax, CancellationToken cancellationToken)
    {
        long announced = content.Headers.ContentLength ?? 0;
        if (announced > lengthMax)
        {
            return null;
        }

        // One byte more than announced, so that the end is seen without growing.
        PooledBody body = new((int)Math.Max(announced + 1, LengthAtFirst));
        try
        {
            using Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            while (true)
            {
                if (body._length == body._buffer.Length)
                {
                    body.Grow();
                }

                int read = await stream.ReadAsync(body._buffer.AsMemory(body._length), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    return body;
                }

                body._length += read;
                if (body._length > lengthMax)
                {
                    body.Dispose();
                    return null;
                }
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>One owner more.</summary>
    public PooledBody Share()
    {
        Interlocked.Increment(ref _owners);
        return this;
    }

    public void Dispose()
    {
        if (Interlocked.Decrement(ref _owners) == 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            _length = 0;
        }
    }

    private void Grow()
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(_buffer.Length * 2L, Array.MaxLength));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
