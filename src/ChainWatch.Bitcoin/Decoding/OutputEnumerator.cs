using System.Buffers.Binary;

namespace ChainWatch.Bitcoin.Decoding;

/// <summary>Goes over the outputs of a transaction that was read, in their order.</summary>
public ref struct OutputEnumerator
{
    private readonly ReadOnlySpan<byte> _bytes;
    private int _next;
    private int _left;
    private OutputView _current;

    internal OutputEnumerator(ReadOnlySpan<byte> bytes, int first, int count)
    {
        _bytes = bytes;
        (_next, _left) = (first, count);
    }

    /// <summary>The output.</summary>
    public readonly OutputView Current => _current;

    /// <summary>The enumerator itself, so that <c>foreach</c> takes it.</summary>
    public readonly OutputEnumerator GetEnumerator() => this;

    /// <summary>Goes to the next output; false behind the last.</summary>
    public bool MoveNext()
    {
        if (_left == 0)
        {
            return false;
        }

        _left--;
        int script = _next + 8;
        int length = ScriptLength.Read(_bytes, ref script);
        _current = new OutputView(BinaryPrimitives.ReadUInt64LittleEndian(_bytes[_next..]), _bytes.Slice(script, length));
        _next = script + length;
        return true;
    }
}

/// <summary>An output.</summary>
public readonly ref struct OutputView
{
    internal OutputView(ulong value, ReadOnlySpan<byte> script)
    {
        Value = value;
        Script = script;
    }

    /// <summary>How much, in satoshis. What consensus allows (21 million coins) is not checked here.</summary>
    public ulong Value { get; }

    /// <summary>The script that tells who may spend it (scriptPubKey).</summary>
    public ReadOnlySpan<byte> Script { get; }
}
