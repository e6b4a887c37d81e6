using System.Buffers.Binary;

namespace ChainWatch.Ethereum.Decoding;

/// <summary>The 20 bytes of an address, without its chain: what answers hold by the million.</summary>
internal readonly record struct Bytes20
{
    public const int Length = 20;
    private readonly ulong _high;
    private readonly ulong _middle;
    private readonly uint _low;

    public Bytes20(ReadOnlySpan<byte> bytes)
    {
        _high = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _middle = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _low = BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]);
    }

    public static Bytes20 Of(Address address)
    {
        Span<byte> bytes = stackalloc byte[Length];
        address.CopyPayload(bytes);
        return new Bytes20(bytes);
    }

    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _middle);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], _low);
    }

    public Address On(Chain chain)
    {
        Span<byte> bytes = stackalloc byte[Length];
        CopyTo(bytes);
        return Address.FromPayload(chain, AddressKind.Evm, bytes);
    }

    /// <summary>The address in an event's topic: the last 20 bytes of a word whose first 12 are zero; false where they are not.</summary>
    public static bool TryFromTopic(TxId topic, out Bytes20 address)
    {
        Span<byte> word = stackalloc byte[32];
        topic.CopyBytes(word);
        address = new Bytes20(word[12..]);
        return word[..12].IndexOfAnyExcept((byte)0) < 0;
    }
}
