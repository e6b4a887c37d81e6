namespace ChainWatch.Text;

/// <summary>
/// Rows of a CSV text as long as they are of the usual shape: one to a line, as many fields as expected, no quotes, no
/// empty lines. What comes then is left for a reader of everything (<see cref="Rest"/>). Several times as fast as that one.
/// </summary>
internal sealed class PlainCsvRows(Stream text)
{
    private const int BufferBytes = 1 << 17;

    private byte[] _buffer = new byte[BufferBytes];
    private int[] _ends = [];
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
            int start = field == 0 ? 0 : _ends[field - 1] + 1;
            return _buffer.AsSpan(_start + start, _ends[field] - start);
        }
    }

    /// <summary>Reads a first row of any number of fields; null where it is not of the usual shape.</summary>
    public string[]? TryReadHeader()
    {
        if (!TryFindLine(out ReadOnlySpan<byte> line))
        {
            return null;
        }

        _ends = new int[line.Count((byte)',') + 1];
        return TrySplit(line) ? [.. Enumerable.Range(0, _ends.Length).Select(i => System.Text.Encoding.UTF8.GetString(this[i]))] : null;
    }

    /// <summary>Reads a row with as many fields as the header; false at the end, or where it is not of the usual shape.</summary>
    public bool TryRead() => TryFindLine(out ReadOnlySpan<byte> line) && TrySplit(line);

    /// <summary>What is left: from the row on that could not be read.</summary>
    /// <param name="header">Comes first.</param>
    public Stream Rest(ReadOnlySpan<byte> header) => new PrecededStream([.. header, .. _buffer.AsSpan(_start, _end - _start)], text);

    private bool TryFindLine(out ReadOnlySpan<byte> line)
    {
        _start = _next;
        Line++;
        int searched = 0;
        while (true)
        {
            ReadOnlySpan<byte> pending = _buffer.AsSpan(_start + searched, _end - _start - searched);
            int length = pending.IndexOf((byte)'\n');
            if (length >= 0)
            {
                length += searched;
                _next = _start + length + 1;
                line = _buffer.AsSpan(_start, length > 0 && _buffer[_start + length - 1] == '\r' ? length - 1 : length);
                return true;
            }

            if (_isTextAtEnd)
            {
                _next = _end;
                line = _buffer.AsSpan(_start, _end - _start);
                return _start < _end;
            }

            searched += pending.Length;
            Fill();
        }
    }

    private bool TrySplit(ReadOnlySpan<byte> line)
    {
        int from = 0;
        int field = 0;
        while (!line.IsEmpty)
        {
            int at = line[from..].IndexOfAny((byte)',', (byte)'"', (byte)'\r');
            if (at >= 0 && line[from + at] != ',')
            {
                break;
            }

            if (field == _ends.Length)
            {
                break;
            }

            _ends[field++] = at < 0 ? line.Length : from + at;
            if (at < 0)
            {
                if (field < _ends.Length)
                {
                    break;
                }

                return true;
            }

            from += at + 1;
        }

        // Not of the usual shape: it is left.
        _next = _start;
        return false;
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        _next = 0;
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        int read = text.Read(_buffer.AsSpan(_end));
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
