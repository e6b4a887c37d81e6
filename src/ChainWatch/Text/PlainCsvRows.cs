using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ChainWatch.Text;

/// <summary>
/// Rows of a CSV text as long as they are of the usual shape: one to a line, as many fields as expected, no quotes, no
/// empty lines. What comes then is left for a reader of everything (<see cref="Rest"/>). Several times as fast as that one.
/// </summary>
internal sealed class PlainCsvRows(Stream text)
{
    private const int BufferBytes = 1 << 17;

    // Whole vectors are read, also where the text ends inside of one.
    private static readonly int Slack = Vector256<byte>.Count;

    private byte[] _buffer = new byte[BufferBytes + Slack];
    private int[] _ends = []; // where the fields end; before them, where the one before the first would
    private int _start;
    private int _end;
    private int _next;
    private bool _isTextAtEnd;

    /// <summary>The line of the current row, from 1; of what is left, where there is no row.</summary>
    public int Line { get; private set; }

    /// <summary>True where nothing is left.</summary>
    public bool IsAtEnd => _isTextAtEnd && _next == _end;

    /// <summary>A field of the current row; valid until the next row is read.</summary>
    public ReadOnlySpan<byte> this[int field]
    {
        get
        {
            int start = _ends[field] + 1;
            return _buffer.AsSpan(start, _ends[field + 1] - start);
        }
    }

    /// <summary>Reads a first row of any number of fields; null where it is not of the usual shape.</summary>
    public string[]? TryReadHeader()
    {
        int length = FindLine();
        int fields = _buffer.AsSpan(_start, length).Count((byte)',') + 1;
        _ends = new int[fields + 1];
        return TryRead() ? [.. Enumerable.Range(0, fields).Select(i => System.Text.Encoding.UTF8.GetString(this[i]))] : null;
    }

    /// <summary>Reads a row with as many fields as the header; false at the end, or where it is not of the usual shape.</summary>
    public bool TryRead()
    {
        _start = _next;
        Line++;
        while (true)
        {
            if (TrySplit() is bool isPlain)
            {
                if (!isPlain)
                {
                    // It is left, but not before its line was let through as text.
                    FindLine();
                    _next = _start;
                }

                return isPlain;
            }

            Fill();
        }
    }

    /// <summary>What is left: from the row on that could not be read.</summary>
    /// <param name="header">Comes first.</param>
    public Stream Rest(ReadOnlySpan<byte> header) => new PrecededStream([.. header, .. _buffer.AsSpan(_start, _end - _start)], text);

    // Null where the line's end is not there yet.
    private bool? TrySplit()
    {
        ref byte first = ref MemoryMarshal.GetArrayDataReference(_buffer);
        int[] ends = _ends;
        ends[0] = _start - 1;
        int field = 1;
        for (int from = _start; from < _end; from += Vector256<byte>.Count)
        {
            Vector256<byte> bytes = Vector256.LoadUnsafe(ref first, (nuint)from);
            uint marks = (Vector256.Equals(bytes, Vector256.Create((byte)',')) | Vector256.Equals(bytes, Vector256.Create((byte)'\n'))
                | Vector256.Equals(bytes, Vector256.Create((byte)'"')) | Vector256.Equals(bytes, Vector256.Create((byte)'\r'))).ExtractMostSignificantBits();
            for (; marks != 0; marks &= marks - 1)
            {
                int at = from + BitOperations.TrailingZeroCount(marks);
                if (at >= _end)
                {
                    break;
                }

                byte mark = _buffer[at];
                if (mark == ',')
                {
                    if (field == ends.Length - 1)
                    {
                        return false;
                    }

                    ends[field++] = at;
                    continue;
                }

                if (mark == '\r' && at + 1 == _end && !_isTextAtEnd)
                {
                    return null;
                }

                int next = mark == '\n' ? at + 1 : mark == '\r' && at + 1 < _end && _buffer[at + 1] == '\n' ? at + 2 : -1;
                return next >= 0 && TryEnd(field, at, next);
            }
        }

        return !_isTextAtEnd ? null : TryEnd(field, _end, _end);
    }

    private bool TryEnd(int field, int end, int next)
    {
        if (field < _ends.Length - 1 || end == _start)
        {
            return false;
        }

        _ends[field] = end;
        _next = next;
        return true;
    }

    // The length of the line at the start, without its end: of all that is left where it has none.
    private int FindLine()
    {
        int searched = 0;
        while (true)
        {
            ReadOnlySpan<byte> pending = _buffer.AsSpan(_start, _end - _start);
            int length = pending[searched..].IndexOf((byte)'\n');
            if (length >= 0 || _isTextAtEnd)
            {
                return length >= 0 ? searched + length : pending.Length;
            }

            searched = pending.Length;
            Fill();
        }
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        _next = 0;
        if (_end == _buffer.Length - Slack)
        {
            Array.Resize(ref _buffer, (2 * _end) + Slack);
        }

        int read = text.Read(_buffer.AsSpan(_end, _buffer.Length - Slack - _end));
        _end += read;
        _isTextAtEnd = read == 0;
    }

    private sealed class PrecededStream(byte[] first, Stream then) : ForwardStream
    {
        private int _served;

        public override int Read(Span<byte> buffer)
        {
            int served = Math.Min(first.Length - _served, buffer.Length);
            if (served == 0)
            {
                return then.Read(buffer);
            }

            first.AsSpan(_served, served).CopyTo(buffer);
            _served += served;
            return served;
        }
    }
}
