using System.Buffers.Binary;

namespace ChainWatch.Bitcoin.Decoding;

/// <summary>Goes over the inputs of a transaction that was read, in their order.</summary>
public ref struct InputEnumerator
{
    private readonly ReadOnlySpan<byte> _bytes;
    private int _next;
    private int _left;
    private InputView _current;

    internal InputEnumerator(ReadOnlySpan<byte> bytes, int first, int count)
    {
        _bytes = bytes;
        (_next, _left) = (first, count);
    }

    /// <summary>The input.</summary>
    public readonly InputView Current => _current;

    /// <summary>The enumerator itself, so that <c>foreach</c> takes it.</summary>
    public readonly InputEnumerator GetEnumerator() => this;

    /// <summary>Goes to the next input; false behind the last.</summary>
    public bool MoveNext()
    {
        if (_left == 0)
        {
            return false;
        }

        _left--;
        int script = _next + 36;
        int length = ScriptLength.Read(_bytes, ref script);
        _current = new InputView(_bytes.Slice(_next, 36), _bytes.Slice(script, length), BinaryPrimitives.ReadUInt32LittleEndian(_bytes[(script + length)..]));
        _next = script + length + 4;
        return true;
    }
}

/// <summary>An input.</summary>
public readonly ref struct InputView
{
    private readonly ReadOnlySpan<byte> _outPoint;

    internal InputView(ReadOnlySpan<byte> outPoint, ReadOnlySpan<byte> script, uint sequence)
    {
        _outPoint = outPoint;
        Script = script;
        Sequence = sequence;
    }

    /// <summary>The id of the transaction whose output is spent, 32 bytes in internal order: the written order reversed.</summary>
    public ReadOnlySpan<byte> PreviousId => _outPoint[..32];

    /// <summary>The index of the output that is spent.</summary>
    public uint PreviousIndex => BinaryPrimitives.ReadUInt32LittleEndian(_outPoint[32..]);

    /// <summary>The output that is spent.</summary>
    /// <exception cref="BitcoinFormatException">The index is above 2^31-1, which no output has.</exception>
    public OutPoint OutPoint
    {
        get
        {
            Span<byte> written = stackalloc byte[32];
            PreviousId.CopyTo(written);
            written.Reverse();
            return PreviousIndex <= int.MaxValue
                ? new OutPoint(TxId.FromBytes(written), (int)PreviousIndex)
                : throw new BitcoinFormatException(32, $"an input spends output {PreviousIndex}; expected an index below 2^31");
        }
    }

    /// <summary>The script that satisfies the output's (scriptSig).</summary>
    public ReadOnlySpan<byte> Script { get; }

    /// <summary>The sequence number.</summary>
    public uint Sequence { get; }
}
