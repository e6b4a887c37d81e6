using ChainWatch.Text;

namespace ChainWatch.Bundling;

/// <summary>Takes what is written and compares it with a file of a bundle; the first byte that differs is an error.</summary>
/// <param name="expected">The file.</param>
/// <param name="place">Its name, for the error.</param>
/// <param name="problem">What is wrong where it differs.</param>
internal sealed class ComparingStream(Stream expected, string place, string problem) : WriteOnlyStream
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private long _line = 1;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            Span<byte> part = _buffer.AsSpan(0, Math.Min(buffer.Length, _buffer.Length));
            int read = expected.ReadAtLeast(part, part.Length, throwOnEndOfStream: false);
            int same = part[..read].CommonPrefixLength(buffer);
            _line += part[..same].Count((byte)'\n');
            if (same < part.Length)
            {
                throw Differs();
            }

            buffer = buffer[part.Length..];
        }
    }

    /// <summary>Checks that nothing is left of the file.</summary>
    public void Finish()
    {
        if (expected.Read(_buffer.AsSpan(0, 1)) > 0)
        {
            throw Differs();
        }
    }

    public override void Flush()
    {
    }

    private ChainWatchException Differs() => ChainWatchException.At(place, _line, null, problem);
}
