using System.Buffers.Binary;

namespace ChainWatch.Bitcoin.Decoding;

/// <summary>
/// Double SHA-256 of many messages: 16 at a time where the processor has AVX-512, else one after the other with the
/// platform's SHA-256. The same digests either way.
/// </summary>
internal static class DoubleSha256Batch
{
    private const int BlockLength = 64;
    private const int Lanes = Sha256Lanes16.Lanes;

    /// <summary>Writes the digests of the messages, 32 bytes each in internal order.</summary>
    /// <param name="first">Bytes that hold messages.</param>
    /// <param name="second">Further bytes that hold messages.</param>
    /// <param name="messages">Where the messages are.</param>
    /// <param name="digests">32 bytes for each message.</param>
    public static void Hash(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<HashMessage> messages, Span<byte> digests)
    {
        if (Sha256Lanes16.IsSupported && messages.Length >= Lanes / 2)
        {
            HashInLanes(first, second, messages, digests);
            return;
        }

        for (int i = 0; i < messages.Length; i++)
        {
            HashMessage message = messages[i];
            DoubleSha256.Hash((message.InSecond ? second : first).Slice(message.Offset, message.Length), digests.Slice(i * 32, 32));
        }
    }

    private static void HashInLanes(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<HashMessage> messages, Span<byte> digests)
    {
        Span<uint> state = stackalloc uint[8 * Lanes];
        Span<byte> blocks = stackalloc byte[BlockLength * Lanes];
        Span<byte> tails = stackalloc byte[2 * BlockLength * Lanes];
        Span<LaneWork> works = stackalloc LaneWork[Lanes];
        Span<uint> scratch = stackalloc uint[Sha256Lanes16.ScratchLength];
        int next = 0;
        int busy = 0;
        for (int lane = 0; lane < Lanes; lane++)
        {
            if (next < messages.Length)
            {
                works[lane] = Begin(messages[next], next, first, second, tails.Slice(lane * 2 * BlockLength, 2 * BlockLength));
                Reset(state, lane);
                next++;
                busy++;
            }
        }

        while (busy > 0)
        {
            for (int lane = 0; lane < Lanes; lane++)
            {
                ref LaneWork work = ref works[lane];
                Span<byte> block = blocks.Slice(lane * BlockLength, BlockLength);
                if (work.FullBlocks > 0)
                {
                    (work.InSecond ? second : first).Slice(work.Offset, BlockLength).CopyTo(block);
                    work.Offset += BlockLength;
                    work.FullBlocks--;
                }
                else if (work.TailBlocks > 0)
                {
                    tails.Slice((lane * 2 * BlockLength) + work.Tail, BlockLength).CopyTo(block);
                    work.Tail += BlockLength;
                    work.TailBlocks--;
                }
            }

            Sha256Lanes16.Compress(state, blocks, scratch);
            for (int lane = 0; lane < Lanes; lane++)
            {
                ref LaneWork work = ref works[lane];
                if ((work.FullBlocks | work.TailBlocks) != 0 || !work.IsBusy)
                {
                    continue;
                }

                Span<byte> tail = tails.Slice(lane * 2 * BlockLength, 2 * BlockLength);
                if (!work.IsSecondHash)
                {
                    // The digest of the first hash is the one message block of the second.
                    WriteDigest(state, lane, tail);
                    Pad(tail[..BlockLength], 32, 32);
                    (work.IsSecondHash, work.Tail, work.TailBlocks) = (true, 0, 1);
                    Reset(state, lane);
                    continue;
                }

                WriteDigest(state, lane, digests.Slice(work.Message * 32, 32));
                if (next < messages.Length)
                {
                    work = Begin(messages[next], next, first, second, tail);
                    Reset(state, lane);
                    next++;
                }
                else
                {
                    work = default;
                    busy--;
                }
            }
        }
    }

    private static LaneWork Begin(HashMessage message, int number, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> tail)
    {
        ReadOnlySpan<byte> bytes = (message.InSecond ? second : first).Slice(message.Offset, message.Length);
        int full = bytes.Length / BlockLength;
        ReadOnlySpan<byte> rest = bytes[(full * BlockLength)..];
        int tailBlocks = rest.Length + 9 <= BlockLength ? 1 : 2;
        rest.CopyTo(tail);
        Pad(tail[..(tailBlocks * BlockLength)], rest.Length, bytes.Length);
        return new LaneWork { Message = number, InSecond = message.InSecond, Offset = message.Offset, FullBlocks = full, TailBlocks = tailBlocks, IsBusy = true };
    }

    // One bit, zeros, and the message's length in bits: FIPS 180-4, section 5.1.1.
    private static void Pad(Span<byte> tail, int used, int messageLength)
    {
        tail[used] = 0x80;
        tail[(used + 1)..].Clear();
        BinaryPrimitives.WriteUInt64BigEndian(tail[^8..], (ulong)messageLength * 8);
    }

    private static void Reset(Span<uint> state, int lane)
    {
        for (int i = 0; i < 8; i++)
        {
            state[(i * Lanes) + lane] = Sha256Constants.Initial[i];
        }
    }

    private static void WriteDigest(ReadOnlySpan<uint> state, int lane, Span<byte> digest)
    {
        for (int i = 0; i < 8; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(digest[(i * 4)..], state[(i * Lanes) + lane]);
        }
    }

    private struct LaneWork
    {
        public int Message;
        public int Offset;
        public int FullBlocks;
        public int Tail;
        public int TailBlocks;
        public bool InSecond;
        public bool IsSecondHash;
        public bool IsBusy;
    }
}

/// <summary>Where a message to hash is.</summary>
/// <param name="Offset">Its first byte.</param>
/// <param name="Length">How many bytes.</param>
/// <param name="InSecond">Whether it is in the second of the two spans.</param>
internal readonly record struct HashMessage(int Offset, int Length, bool InSecond);
