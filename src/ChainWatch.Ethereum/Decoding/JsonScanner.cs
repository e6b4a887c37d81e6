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

    /// <summary>Whether the object has another property; past its end where it has not.</summary>
    /// <param name="place">How many properties of the object came before; 0 at first.</param>
    /// <param name="order">What the object before this one had.</param>
    /// <param name="names">The names that are looked for: a name's number is its place in it.</param>
    /// <param name="id">The property's number; -1 where it is not looked for.</param>
    public bool NextProperty(ref int place, PropertyOrder order, ReadOnlySpan<byte[]> names, out int id)
    {
        // As the object before: a comma, and the same name.
        ReadOnlySpan<byte> expected = order.QuotedAt(place);
        int start = place == 0 ? _at : _at + 1;
        if (!expected.IsEmpty && start <= _json.Length && (place == 0 || _json[_at] == (byte)',') && _json[start..].StartsWith(expected))
        {
            _at = start + expected.Length;
            id = order.IdAt(place++);
            return true;
        }

        bool isFirst = place == 0;
        id = -1;
        if (!NextProperty(ref isFirst, out ReadOnlySpan<byte> name))
        {
            return false;
        }

        for (int i = 0; i < names.Length; i++)
        {
            if (name.SequenceEqual(names[i]))
            {
                id = i;
                break;
            }
        }

        order.Learn(place++, name, id);
        return true;
    }

    /// <summary>A string of 32 bytes in hex.</summary>
    public TxId ReadHash(string field)
    {
        Span<byte> bytes = stackalloc byte[32];
        if (!TryReadHex(bytes))
        {
            Hex.ReadBytes(ReadString(), bytes, field);
        }

        return TxId.FromBytes(bytes);
    }

    /// <summary>A string of 32 bytes in hex that is mostly the same as the one before: then it is compared and not decoded.</summary>
    public TxId ReadHash(ref RepeatedHash last, string field)
    {
        const int length = 68;
        if (last.IsKnown && _at + length <= _json.Length && _json.Slice(_at, length).SequenceEqual(_json.Slice(last.At, length)))
        {
            _at += length;
            return last.Value;
        }

        int start = _at;
        TxId value = ReadHash(field);
        last = _at - start == length ? new RepeatedHash(start, value) : default;
        return value;
    }

    /// <summary>A string that is a quantity which fits a long.</summary>
    public long ReadLong(string field)
    {
        const int digitsMax = 15;
        if (_at + 4 < _json.Length && _json[_at] == (byte)'"' && _json[_at + 1] == (byte)'0' && _json[_at + 2] == (byte)'x')
        {
            long value = 0;
            int end = Math.Min(_json.Length, _at + 3 + digitsMax + 1);
            for (int i = _at + 3; i < end; i++)
            {
                int c = _json[i];
                int digit = c - '0';
                if ((uint)digit > 9)
                {
                    digit = (c | 0x20) - 'a' + 10;
                    if (c == (byte)'"' && i > _at + 3)
                    {
                        _at = i + 1;
                        return value;
                    }

                    if ((uint)(digit - 10) > 5)
                    {
                        break;
                    }
                }

                value = (value << 4) | (uint)digit;
            }
        }

        return Hex.ReadLong(ReadString(), field);
    }

    /// <summary>A string that is a quantity which fits an int, such as an index.</summary>
    public int ReadInt(string field) => ReadLong(field) is long value and <= int.MaxValue ? (int)value : throw Malformed($"{field} of at most 31 bits");

    /// <summary>A string of 20 bytes in hex.</summary>
    public Bytes20 ReadAddress(string field)
    {
        Span<byte> bytes = stackalloc byte[Bytes20.Length];
        if (!TryReadHex(bytes))
        {
            Hex.ReadBytes(ReadString(), bytes, field);
        }

        return new Bytes20(bytes);
    }

    // "0x, twice as many digits, and the quote where it has to be; else the slow way tells what is wrong.
    private bool TryReadHex(scoped Span<byte> bytes)
    {
        int digits = bytes.Length * 2;
        int end = _at + 3 + digits;
        if (end >= _json.Length || _json[_at] != (byte)'"' || _json[_at + 1] != (byte)'0' || _json[_at + 2] != (byte)'x' || _json[end] != (byte)'"'
            || !HexDigits.TryDecode(_json.Slice(_at + 3, digits), bytes))
        {
            return false;
        }

        _at = end + 1;
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

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public bool ReadBoolean(string field)
    {
        ReadOnlySpan<byte> word = ReadWord();
        return word.SequenceEqual("true"u8) || (word.SequenceEqual("false"u8) ? false : throw Malformed($"{field} as true or false"));
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
