using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace ChainWatch.Bitcoin.Decoding;

/// <summary>
/// Double SHA-256 of messages of any lengths in 16 lanes. Each lane goes through its message in three segments: the whole
/// blocks where they lie, the padded rest, and then the digest as the one block of the second hash. Lanes are looked at only
/// where one of their segments ends.
/// </summary>
/// <param name="first">Bytes that hold messages, pinned.</param>
/// <param name="second">Further bytes that hold messages, pinned.</param>
/// <param name="messages">Where the messages are; checked to lie in the bytes.</param>
/// <param name="digests">32 bytes for each message.</param>
internal unsafe ref struct DoubleSha256Lanes(byte* first, byte* second, ReadOnlySpan<HashMessage> messages, Span<byte> digests)
{
    private const int BlockLength = 64;
    private const int TailLength = 2 * BlockLength;
    private const int SegmentMax = 1 << 14;

    // Messages of at least this length begin first, the longest of them before all: one that begins last is hashed alone.
    private const int LongLength = 4096;
    private const int LongMax = 64;
    private const int Lanes = Sha256Lanes16.Lanes;
    private readonly ReadOnlySpan<HashMessage> _messages = messages;
    private readonly Span<byte> _digests = digests;
    private uint* _state;
    private byte* _tails;
    private byte** _blocks;
    private LaneWork* _works;
    private int* _longest;
    private int _longCount;
    private int _longNext;
    private int _next;
    private int _busy;

    public void Run()
    {
        uint* state = stackalloc uint[8 * Lanes];
        byte* tails = stackalloc byte[TailLength * Lanes];
        byte** blocks = stackalloc byte*[Lanes];
        LaneWork* works = stackalloc LaneWork[Lanes];
        uint* scratch = stackalloc uint[Sha256Lanes16.ScratchLength];
        _state = state;
        _tails = tails;
        _blocks = blocks;
        _works = works;
        int* longest = stackalloc int[LongMax];
        _longest = longest;
        FindLong();
        ushort* left = stackalloc ushort[Lanes];
        for (int lane = 0; lane < Lanes; lane++)
        {
            left[lane] = BeginNext(lane);
        }

        while (_busy > 0)
        {
            Sha256Lanes16.Compress(state, blocks, scratch);
            Vector256<ushort> blocksLeft = Vector256.Load(left) - Vector256<ushort>.One;
            blocksLeft.Store(left);
            for (uint ended = Vector256.Equals(blocksLeft, Vector256<ushort>.Zero).ExtractMostSignificantBits(); ended != 0; ended &= ended - 1)
            {
                int lane = BitOperations.TrailingZeroCount(ended);
                left[lane] = GoOn(lane);
            }
        }
    }

    // The blocks of the next segment of a lane.
    private ushort GoOn(int lane)
    {
        LaneWork* work = _works + lane;
        if (!work->IsBusy)
        {
            return Idle(lane);
        }

        if (work->BlocksLeft > 0 || work->TailBlocks > 0)
        {
            return NextSegment(lane);
        }

        byte* tail = _tails + (lane * TailLength);
        if (!work->IsSecondHash)
        {
            WriteDigest(lane, new Span<byte>(tail, 32));
            Pad(new Span<byte>(tail, BlockLength), 32, 32);
            work->IsSecondHash = true;
            _blocks[lane] = tail;
            Reset(lane);
            return 1;
        }

        WriteDigest(lane, _digests.Slice(work->Message * 32, 32));
        _busy--;
        return BeginNext(lane);
    }

    private ushort BeginNext(int lane)
    {
        int number = TakeNext();
        if (number < 0)
        {
            _works[lane].IsBusy = false;
            return Idle(lane);
        }

        HashMessage message = _messages[number];
        byte* start = (message.InSecond ? second : first) + message.Offset;
        byte* tail = _tails + (lane * TailLength);
        int full = message.Length / BlockLength;
        int rest = message.Length % BlockLength;
        int tailBlocks = rest + 9 <= BlockLength ? 1 : 2;
        new ReadOnlySpan<byte>(start + (full * BlockLength), rest).CopyTo(new Span<byte>(tail, TailLength));
        Pad(new Span<byte>(tail, tailBlocks * BlockLength), rest, message.Length);
        _works[lane] = new LaneWork { Message = number, BlocksLeft = full, TailBlocks = (ushort)tailBlocks, IsBusy = true };
        _blocks[lane] = start;
        _busy++;
        Reset(lane);
        return NextSegment(lane);
    }

    private void FindLong()
    {
        for (int i = 0; i < _messages.Length && _longCount < LongMax; i++)
        {
            if (_messages[i].Length >= LongLength)
            {
                _longest[_longCount++] = i;
            }
        }

        ReadOnlySpan<HashMessage> all = _messages;
        Span<int> found = new(_longest, _longCount);
        for (int i = 1; i < found.Length; i++)
        {
            for (int k = i; k > 0 && all[found[k]].Length > all[found[k - 1]].Length; k--)
            {
                (found[k], found[k - 1]) = (found[k - 1], found[k]);
            }
        }
    }

    private int TakeNext()
    {
        if (_longNext < _longCount)
        {
            return _longest[_longNext++];
        }

        while (_next < _messages.Length && _messages[_next].Length >= LongLength && new ReadOnlySpan<int>(_longest, _longCount).Contains(_next))
        {
            _next++;
        }

        return _next < _messages.Length ? _next++ : -1;
    }

    // An idle lane hashes its tail, whatever stands there; one block at a time, so that it never reads behind it.
    private readonly ushort Idle(int lane)
    {
        _blocks[lane] = _tails + (lane * TailLength);
        return 1;
    }

    // A segment is as long as a counter of 16 bits allows.
    private readonly ushort NextSegment(int lane)
    {
        LaneWork* work = _works + lane;
        ushort now = (ushort)Math.Min(work->BlocksLeft, SegmentMax);
        work->BlocksLeft -= now;
        if (now == 0)
        {
            now = work->TailBlocks;
            work->TailBlocks = 0;
            _blocks[lane] = _tails + (lane * TailLength);
        }

        return now;
    }

    // One bit, zeros, and the message's length in bits: FIPS 180-4, section 5.1.1.
    private static void Pad(Span<byte> tail, int used, int messageLength)
    {
        tail[used] = 0x80;
        tail[(used + 1)..].Clear();
        BinaryPrimitives.WriteUInt64BigEndian(tail[^8..], (ulong)messageLength * 8);
    }

    private readonly void Reset(int lane)
    {
        for (int i = 0; i < 8; i++)
        {
            _state[(i * Lanes) + lane] = Sha256Constants.Initial[i];
        }
    }

    private readonly void WriteDigest(int lane, Span<byte> digest)
    {
        for (int i = 0; i < 8; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(digest[(i * 4)..], _state[(i * Lanes) + lane]);
        }
    }

    private struct LaneWork
    {
        public int Message;
        public int BlocksLeft;
        public ushort TailBlocks;
        public bool IsSecondHash;
        public bool IsBusy;
    }
}
