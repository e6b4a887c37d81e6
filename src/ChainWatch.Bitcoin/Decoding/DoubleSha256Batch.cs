namespace ChainWatch.Bitcoin.Decoding;

/// <summary>
/// Double SHA-256 of many messages: 16 at a time where the processor has AVX-512, else one after the other with the
/// platform's SHA-256. The same digests either way.
/// </summary>
internal static class DoubleSha256Batch
{
    // With few messages most lanes would be idle.
    private const int MessagesMin = 6;

    /// <summary>Writes the digests of the messages, 32 bytes each in internal order.</summary>
    /// <param name="first">Bytes that hold messages.</param>
    /// <param name="second">Further bytes that hold messages.</param>
    /// <param name="messages">Where the messages are.</param>
    /// <param name="digests">32 bytes for each message.</param>
    public static unsafe void Hash(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<HashMessage> messages, Span<byte> digests)
    {
        foreach (HashMessage message in messages)
        {
            // The lanes read behind pointers: what they may read is checked here.
            _ = (message.InSecond ? second : first).Slice(message.Offset, message.Length);
        }

        if (!Sha256Lanes16.IsSupported || messages.Length < MessagesMin)
        {
            HashOneByOne(first, second, messages, digests);
            return;
        }

        fixed (byte* firstBytes = first, secondBytes = second)
        {
            new DoubleSha256Lanes(firstBytes, secondBytes, messages, digests).Run();
        }
    }

    /// <summary>The same digests with the platform's SHA-256.</summary>
    public static void HashOneByOne(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<HashMessage> messages, Span<byte> digests)
    {
        for (int i = 0; i < messages.Length; i++)
        {
            HashMessage message = messages[i];
            DoubleSha256.Hash((message.InSecond ? second : first).Slice(message.Offset, message.Length), digests.Slice(i * 32, 32));
        }
    }
}

/// <summary>Where a message to hash is.</summary>
/// <param name="Offset">Its first byte.</param>
/// <param name="Length">How many bytes.</param>
/// <param name="InSecond">Whether it is in the second of the two spans.</param>
internal readonly record struct HashMessage(int Offset, int Length, bool InSecond);
