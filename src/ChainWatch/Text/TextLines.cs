namespace ChainWatch.Text;

/// <summary>The lines of a text, one at a time, without their ends (LF or CR LF). A line is valid until the next is read.</summary>
internal sealed class TextLines(GuardedTextStream text)
{
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _atEnd;

    /// <summary>The current line's number, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>Reads the next line; false at the end.</summary>
    public bool Read(out ReadOnlySpan<byte> line)
    {
        int searched = 0;
        while (true)
        {
            ReadOnlySpan<byte> pending = _buffer.AsSpan(_start, _end - _start);
            int length = pending[searched..].IndexOf((byte)'\n');
            if (length >= 0 || (_atEnd && !pending.IsEmpty))
            {
                length = length >= 0 ? searched + length : pending.Length;
                line = pending[..length].TrimEnd((byte)'\r');
                _start = Math.Min(_end, _start + length + 1);
                Number++;
                return true;
            }

            if (_atEnd)
            {
                line = default;
                return false;
            }

            searched = pending.Length;
            Fill();
        }
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        int read = text.Read(_buffer.AsSpan(_end));
        _end += read;
        _atEnd = read == 0;
    }
}
