using System.Diagnostics.CodeAnalysis;

namespace ChainWatch.Sources;

/// <summary>Remembers what a field's last text was read as: neighbouring rows share block, time, chain and asset.</summary>
internal struct LastValue<T>
{
    private byte[]? _text;
    private int _length;
    private T _value;

    /// <summary>The value of the last text.</summary>
    [UnscopedRef]
    public readonly ref readonly T Value => ref _value;

    /// <summary>Whether a text is the last one.</summary>
    public readonly bool Holds(ReadOnlySpan<byte> text) => _text is not null && text.SequenceEqual(_text.AsSpan(0, _length));

    public readonly bool TryGet(ReadOnlySpan<byte> text, out T value)
    {
        value = _value;
        return Holds(text);
    }

    public T Set(ReadOnlySpan<byte> text, T value)
    {
        if (_text is null || _text.Length < text.Length)
        {
            _text = new byte[Math.Max(32, text.Length)];
        }

        text.CopyTo(_text);
        _length = text.Length;
        return _value = value;
    }

    public void Clear() => _text = null;
}
