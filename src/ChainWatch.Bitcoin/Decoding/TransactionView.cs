using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace ChainWatch.Bitcoin.Decoding;

/// <summary>
/// A transaction in the bytes it was read from. Its whole form was checked when it was read; nothing is copied or allocated.
/// Source: Bitcoin Core's serialization, BIP 144.
/// </summary>
public readonly ref struct TransactionView
{
    private const int OutPointLength = 36;
    private const int InputLengthMin = OutPointLength + 1 + 4;
    private const int OutputLengthMin = 8 + 1;
    private readonly int _inputs;
    private readonly int _outputs;
    private readonly int _outputsEnd;

    private TransactionView(ReadOnlySpan<byte> bytes, int inputs, int inputCount, int outputs, int outputCount, int outputsEnd)
    {
        Bytes = bytes;
        (_inputs, InputCount, _outputs, OutputCount, _outputsEnd) = (inputs, inputCount, outputs, outputCount, outputsEnd);
    }

    /// <summary>The transaction as it was serialized, with its witness where it has one.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>The version, as signed in Bitcoin Core before 28.</summary>
    public int Version => BinaryPrimitives.ReadInt32LittleEndian(Bytes);

    /// <summary>The lock time: a height below 500,000,000, else seconds of Unix time.</summary>
    public uint LockTime => BinaryPrimitives.ReadUInt32LittleEndian(Bytes[^4..]);

    /// <summary>Whether it is serialized with a witness (BIP 144).</summary>
    public bool HasWitness => Bytes[4] == 0;

    /// <summary>How many inputs, at least 1.</summary>
    public int InputCount { get; }

    /// <summary>How many outputs, at least 1.</summary>
    public int OutputCount { get; }

    /// <summary>Whether it makes coins: its one input spends the null outpoint.</summary>
    public bool IsCoinbase => InputCount == 1 && IsNull(Bytes.Slice(FirstInput, OutPointLength));

    /// <summary>The inputs.</summary>
    public InputEnumerator Inputs => new(Bytes, FirstInput, InputCount);

    /// <summary>The outputs.</summary>
    public OutputEnumerator Outputs => new(Bytes, SkipCount(_outputs), OutputCount);

    /// <summary>The length of what the transaction's id is the hash of: without the witness.</summary>
    public int StrippedLength => HasWitness ? 4 + (_outputsEnd - _inputs) + 4 : Bytes.Length;

    private int FirstInput => SkipCount(_inputs);

    /// <summary>Reads one transaction and goes on behind it.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="offset">Where it starts; afterwards, what comes next.</param>
    /// <exception cref="BitcoinFormatException">It is malformed or cut off. The offset is that in <paramref name="data"/>.</exception>
    public static TransactionView Read(ReadOnlySpan<byte> data, scoped ref int offset)
    {
        int start = offset;
        int position = start + 4;
        if ((uint)start > (uint)data.Length || data.Length - start < 10)
        {
            throw new BitcoinFormatException(start, "the transaction is cut off");
        }

        bool hasWitness = data[position] == 0;
        if (hasWitness)
        {
            if (data[position + 1] != 1)
            {
                throw new BitcoinFormatException(position, "a transaction without inputs, or of an unknown form; expected inputs, or the marker 00 01 of a witness");
            }

            position += 2;
        }

        int inputs = position;
        int inputCount = CompactSize.ReadCount(data, ref position, InputLengthMin, "count of inputs");
        if (inputCount == 0)
        {
            throw new BitcoinFormatException(inputs, "a transaction without inputs; expected at least one");
        }

        for (int i = 0; i < inputCount; i++)
        {
            position = SkipScript(data, position + OutPointLength, 4, "length of an input's script");
        }

        int outputs = position;
        int outputCount = CompactSize.ReadCount(data, ref position, OutputLengthMin, "count of outputs");
        if (outputCount == 0)
        {
            throw new BitcoinFormatException(outputs, "a transaction without outputs; expected at least one");
        }

        for (int i = 0; i < outputCount; i++)
        {
            position = SkipScript(data, position + 8, 0, "length of an output's script");
        }

        int outputsEnd = position;
        if (hasWitness)
        {
            position = SkipWitness(data, position, inputCount);
        }

        position += 4;
        if (position > data.Length)
        {
            throw new BitcoinFormatException(position - 4, "the transaction is cut off before its lock time");
        }

        offset = position;
        return new TransactionView(data[start..position], inputs - start, inputCount, outputs - start, outputCount, outputsEnd - start);
    }

    /// <summary>The transaction's id: the double SHA-256 of its form without witness. For many at once see <see cref="TransactionHasher"/>.</summary>
    public TxId ComputeId()
    {
        if (!HasWitness)
        {
            return ComputeWitnessId();
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Bytes[..4]);
        hash.AppendData(Bytes[_inputs.._outputsEnd]);
        hash.AppendData(Bytes[^4..]);
        Span<byte> digest = stackalloc byte[32];
        hash.GetHashAndReset(digest);
        SHA256.HashData(digest, digest);
        digest.Reverse();
        return TxId.FromBytes(digest);
    }

    /// <summary>The transaction's witness id (BIP 141): the double SHA-256 of all its bytes; its id where it has no witness.</summary>
    public TxId ComputeWitnessId()
    {
        Span<byte> digest = stackalloc byte[32];
        DoubleSha256.Hash(Bytes, digest);
        digest.Reverse();
        return TxId.FromBytes(digest);
    }

    /// <summary>Writes the form without witness, <see cref="StrippedLength"/> bytes.</summary>
    public void CopyStripped(Span<byte> destination)
    {
        if (!HasWitness)
        {
            Bytes.CopyTo(destination);
            return;
        }

        Bytes[..4].CopyTo(destination);
        Bytes[_inputs.._outputsEnd].CopyTo(destination[4..]);
        Bytes[^4..].CopyTo(destination[(4 + _outputsEnd - _inputs)..]);
    }

    internal static bool IsNull(ReadOnlySpan<byte> outPoint) =>
        BinaryPrimitives.ReadUInt32LittleEndian(outPoint[32..]) == uint.MaxValue && !outPoint[..32].ContainsAnyExcept((byte)0);

    // Over a length and so many bytes, and what must follow them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SkipScript(ReadOnlySpan<byte> data, int position, int then, string what)
    {
        if ((uint)position < (uint)data.Length && data[position] < 0xfd)
        {
            int end = position + 1 + data[position] + then;
            return end <= data.Length ? end : throw CutOff(position, what);
        }

        return SkipLongScript(data, position, then, what);
    }

    private static int SkipLongScript(ReadOnlySpan<byte> data, int position, int then, string what)
    {
        int start = position;
        if ((uint)position >= (uint)data.Length)
        {
            throw CutOff(Math.Min(position, data.Length), what);
        }

        ulong length = CompactSize.Read(data, ref position, what);
        int left = data.Length - position - then;
        return left >= 0 && length <= (ulong)left
            ? position + (int)length + then
            : throw new BitcoinFormatException(start, string.Create(CultureInfo.InvariantCulture, $"the {what}, {length}, is more than the {Math.Max(left, 0)} bytes that are left for it"));
    }

    private static int SkipWitness(ReadOnlySpan<byte> data, int position, int inputCount)
    {
        int start = position;
        long items = 0;
        for (int i = 0; i < inputCount; i++)
        {
            int count = CompactSize.ReadCount(data, ref position, 1, "count of witness items");
            items += count;
            for (int k = 0; k < count; k++)
            {
                position = SkipScript(data, position, 0, "length of a witness item");
            }
        }

        return items > 0 ? position : throw new BitcoinFormatException(start, "a witness without items; expected the form without witness");
    }

    private static BitcoinFormatException CutOff(int offset, string what) => new(offset, $"what the {what} tells is cut off");

    private int SkipCount(int position) => position + (Bytes[position] switch { < 0xfd => 1, 0xfd => 3, _ => 5 });
}
