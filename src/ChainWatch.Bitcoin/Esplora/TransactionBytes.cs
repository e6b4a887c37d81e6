using System.Buffers;
using System.Buffers.Binary;

namespace ChainWatch.Bitcoin.Esplora;

/// <summary>Writes a transaction's form without witness, of which its id is the hash. Source: Bitcoin Core's serialization.</summary>
internal sealed class TransactionBytes
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    public TransactionBytes Number(uint value)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(four, value);
        _bytes.Write(four);
        return this;
    }

    public TransactionBytes Number(ulong value)
    {
        Span<byte> eight = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(eight, value);
        _bytes.Write(eight);
        return this;
    }

    /// <summary>An id, whose bytes stand in the reverse of the written order.</summary>
    public TransactionBytes Id(TxId id)
    {
        Span<byte> bytes = stackalloc byte[32];
        id.CopyBytes(bytes);
        bytes.Reverse();
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>A count in its shortest form.</summary>
    public TransactionBytes Count(int count)
    {
        if (count < 0xfd)
        {
            _bytes.Write([(byte)count]);
            return this;
        }

        Span<byte> bytes = stackalloc byte[5];
        bytes[0] = count <= ushort.MaxValue ? (byte)0xfd : (byte)0xfe;
        BinaryPrimitives.WriteInt32LittleEndian(bytes[1..], count);
        _bytes.Write(count <= ushort.MaxValue ? bytes[..3] : bytes);
        return this;
    }

    /// <summary>A script behind its length.</summary>
    public TransactionBytes Script(byte[] script)
    {
        Count(script.Length);
        _bytes.Write(script);
        return this;
    }
}
