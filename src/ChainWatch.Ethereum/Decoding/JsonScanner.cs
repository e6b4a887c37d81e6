using System.Buffers;
using System.Runtime.CompilerServices;

namespace ChainWatch.Ethereum.Decoding;

/// <summary>
/// Walks over JSON that is known to be well-formed or will be refused: forward only, values of no interest skipped a string
/// at a time. Several times as fast as a tokenizer, since the answers of nodes are mostly long strings of hex digits.
/// </summary>
/// <remarks>Ends of input and unexpected characters are errors, never reads past the end. Strings are given as they stand, escapes not undone.</remarks>
internal ref struct JsonScanner(ReadOnlySpan<byte> json)
{
    private static readonly SearchValues<byte> Marks = SearchValues.Create("\"[]{}"u8);
    private static readonly SearchValues<byte> WordEnds = SearchValues.Create(",]} \n\r\t"u8);
    private readonly ReadOnlySpan<byte> _json = json;
    private int _at;

    /// <summary>Where it stands.</summary>
    public readonly int Position => _at;

    /// <summary>The first character of the next value.</summary>
    public byte Peek()
    {
        SkipSpace();
        return _at < _json.Length ? _json[_at] : throw Malformed("a value");
    }

    /// <summary>True, and past it, where the next value is null.</summary>
    public bool TryReadNull()
    {
        if (Peek() != (byte)'n')
        {
            return false;
        }

        if (!_json[_at..].StartsWith("null"u8))
        {
            throw Malformed("null");
        }

        _at += 4;
        return true;
    }

    /// <summary>Past the start of an array.</summary>
    public void StartArray() => Expect((byte)'[', "an array");

    /// <summary>Past the start of an object.</summary>
    public void StartObject() => Expect((byte)'{', "an object");

    /// <summary>Whether the array has another item; past its end where it has not.</summary>
    public bool NextItem(ref bool isFirst) => Next(ref isFirst, (byte)']');

    /// <summary>Whether the object has another property; past its end where it has not.</summary>
    public bool NextProperty(ref bool isFirst, out ReadOnlySpan<byte> name)
    {
        name = default;
        if (!Next(ref isFirst, (byte)'}'))
        {
            return false;
        }

        name = ReadString();
        Expect((byte)':', "a colon");
        return true;
    }

    /// <summary>The string's characters between its quotes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> ReadString()
    {
        Expect((byte)'"', "a string");
        int start = _at;
        while (true)
        {
            int length = _json[_at..].IndexOf((byte)'"');
            if (length < 0)
            {
                throw Malformed("the end of a string");
            }

            _at += length + 1;
            // A quote after an odd number of backslashes is part of the string.
            int slashes = 0;
            while (_at - 2 - slashes >= start && _json[_at - 2 - slashes] == (byte)'\\')
            {
                slashes++;
            }

            if ((slashes & 1) == 0)
            {
                return _json[start..(_at - 1)];
            }
        }
    }

    /// <summary>A number or a word, as it stands.</summary>
    public ReadOnlySpan<byte> ReadWord()
    {
        SkipSpace();
        int length = _json[_at..].IndexOfAny(WordEnds);
        length = length < 0 ? _json.Length - _at : length;
        if (length == 0)
        {
            throw Malformed("a number");
        }

        _at += length;
        return _json[(_at - length).._at];
    }

    /// <summary>Past the next value, whatever it is.</summary>
    public void Skip()
    {
        switch (Peek())
        {
            case (byte)'"':
                ReadString();
                return;
            case (byte)'[' or (byte)'{':
                break;
            default:
                ReadWord();
                return;
        }

        int depth = 0;
        do
        {
            int next = _json[_at..].IndexOfAny(Marks);
            if (next < 0)
            {
                throw Malformed("the end of an object or array");
            }

            _at += next;
            switch (_json[_at])
            {
                case (byte)'"':
                    ReadString();
                    continue;
                case (byte)'[' or (byte)'{':
                    depth++;
                    break;
                default:
                    depth--;
                    break;
            }

            _at++;
        }
        while (depth > 0);
    }

    /// <summary>Nothing may follow.</summary>
    public void End()
    {
        SkipSpace();
        if (_at != _json.Length)
        {
            throw Malformed("the end");
        }
    }

    /// <summary>An error at where it stands.</summary>
    public readonly EthereumFormatException Malformed(string expected) =>
        new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"malformed at byte {_at}: expected {expected}"));

    private bool Next(ref bool isFirst, byte end)
    {
        byte next = Peek();
        if (next == end)
        {
            _at++;
            return false;
        }

        if (!isFirst)
        {
            Expect((byte)',', "a comma");
        }

        isFirst = false;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Expect(byte mark, string what)
    {
        if ((uint)_at < (uint)_json.Length && _json[_at] == mark)
        {
            _at++;
            return;
        }

        SkipSpace();
        if (_at >= _json.Length || _json[_at] != mark)
        {
            throw Malformed(what);
        }

        _at++;
    }

    private void SkipSpace()
    {
        while (_at < _json.Length && (_json[_at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
        {
            _at++;
        }
    }
}
