using System.Runtime.InteropServices;
using ChainWatch.Encoding;

namespace ChainWatch.Ethereum.Decoding;

/// <summary>
/// The bloom filter of a block's events: 2,048 bits, of which the Keccak-256 hash of every emitting contract and topic sets
/// three (Yellow Paper, section 4.4.3). It is part of the block that the hash stands for, so that events which were left out
/// of an answer show: all of a block's events set exactly these bits.
/// </summary>
internal sealed class LogsBloom
{
    public const int Length = 256;
    private const int CacheMax = 1 << 16;
    private readonly Dictionary<TxId, Bits> _topics = [];
    private readonly Dictionary<Bytes20, Bits> _contracts = [];

    /// <summary>Whether these events are all that the bloom stands for: they set exactly its bits.</summary>
    public bool IsOf(ReadOnlySpan<LogRow> logs, ReadOnlySpan<byte> bloom)
    {
        Span<byte> set = stackalloc byte[Length];
        set.Clear();
        foreach (ref readonly LogRow log in logs)
        {
            BitsOf(log.Contract).Set(set);
            for (int i = 0; i < log.TopicCount; i++)
            {
                BitsOf(i switch { 0 => log.Topic0, 1 => log.Topic1, 2 => log.Topic2, _ => log.Topic3 }).Set(set);
            }
        }

        return set.SequenceEqual(bloom);
    }

    /// <summary>Whether a block may have an event with a topic: false is certain, true is not.</summary>
    public bool MayHold(TxId topic, ReadOnlySpan<byte> bloom) => BitsOf(topic).AreSet(bloom);

    private Bits BitsOf(TxId topic)
    {
        ref Bits bits = ref Slot(_topics, topic, out bool known);
        if (!known)
        {
            Span<byte> bytes = stackalloc byte[32];
            topic.CopyBytes(bytes);
            bits = new Bits(bytes);
        }

        return bits;
    }

    private Bits BitsOf(Bytes20 contract)
    {
        ref Bits bits = ref Slot(_contracts, contract, out bool known);
        if (!known)
        {
            Span<byte> bytes = stackalloc byte[Bytes20.Length];
            contract.CopyTo(bytes);
            bits = new Bits(bytes);
        }

        return bits;
    }

    private static ref Bits Slot<T>(Dictionary<T, Bits> cache, T key, out bool known)
        where T : struct
    {
        if (cache.Count >= CacheMax)
        {
            cache.Clear();
        }

        return ref CollectionsMarshal.GetValueRefOrAddDefault(cache, key, out known)!;
    }

    // The low 11 bits of the hash's first three 16-bit numbers; bit 0 is the lowest of the last byte.
    private readonly struct Bits
    {
        private readonly ushort _first;
        private readonly ushort _second;
        private readonly ushort _third;

        public Bits(ReadOnlySpan<byte> bytes)
        {
            Span<byte> hash = stackalloc byte[Keccak256.Length];
            Keccak256.Hash(bytes, hash);
            _first = (ushort)(((hash[0] << 8) | hash[1]) & 2047);
            _second = (ushort)(((hash[2] << 8) | hash[3]) & 2047);
            _third = (ushort)(((hash[4] << 8) | hash[5]) & 2047);
        }

        public void Set(Span<byte> bloom)
        {
            Set(bloom, _first);
            Set(bloom, _second);
            Set(bloom, _third);
        }

        public bool AreSet(ReadOnlySpan<byte> bloom) => IsSet(bloom, _first) && IsSet(bloom, _second) && IsSet(bloom, _third);

        private static void Set(Span<byte> bloom, int bit) => bloom[Length - 1 - (bit >> 3)] |= (byte)(1 << (bit & 7));

        private static bool IsSet(ReadOnlySpan<byte> bloom, int bit) => (bloom[Length - 1 - (bit >> 3)] & (1 << (bit & 7))) != 0;
    }
}
