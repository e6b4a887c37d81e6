using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace ChainWatch.Text;

/// <summary>
/// SHA-256 of bytes as they go by, on another thread: on processors without instructions for it, hashing takes a third as
/// long as reading. The hash is that of the bytes in order, whatever the threads do.
/// </summary>
internal sealed class BackgroundSha256 : IDisposable
{
    private const int PendingMax = 32;
    private readonly BlockingCollection<ArraySegment<byte>> _pending = new(PendingMax);
    private readonly Task<byte[]> _hash;

    public BackgroundSha256() => _hash = Task.Factory.StartNew(Hash, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Takes the next bytes; they are copied.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(bytes.Length);
            bytes.CopyTo(buffer);
            _pending.Add(new ArraySegment<byte>(buffer, 0, bytes.Length));
        }
    }

    /// <summary>The hash of all bytes; nothing can be appended afterwards.</summary>
    public byte[] Finish()
    {
        _pending.CompleteAdding();
        return _hash.GetAwaiter().GetResult();
    }

    /// <summary>Waits for the other thread to end.</summary>
    public void Dispose()
    {
        Finish();
        _pending.Dispose();
    }

    private byte[] Hash()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ArraySegment<byte> bytes in _pending.GetConsumingEnumerable())
        {
            hash.AppendData(bytes);
            ArrayPool<byte>.Shared.Return(bytes.Array!);
        }

        return hash.GetHashAndReset();
    }
}
