namespace ChainWatch.Bitcoin.Tests.Decoding;

/// <summary>Damages bytes in the ways that files are damaged and that attackers try. The result is valid until the next call.</summary>
internal sealed class Mutator(SplitMix random)
{
    private const int Grown = 256;
    private byte[] _buffer = new byte[1024];
    private int _length;

    public ReadOnlySpan<byte> Mutate(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> other)
    {
        int room = bytes.Length + other.Length + (4 * Grown);
        if (_buffer.Length < room)
        {
            _buffer = new byte[room * 2];
        }

        bytes.CopyTo(_buffer);
        _length = bytes.Length;
        int rounds = random.Below(4) == 0 ? 3 : 1;
        for (int i = 0; i < rounds; i++)
        {
            MutateOnce(other);
        }

        return _buffer.AsSpan(0, _length);
    }

    private void MutateOnce(ReadOnlySpan<byte> other)
    {
        if (_length == 0)
        {
            return;
        }

        switch (random.Below(8))
        {
            case 0:
                for (int i = random.Below(8); i >= 0; i--)
                {
                    _buffer[Position()] ^= (byte)(1 << random.Below(8));
                }

                break;
            case 1:
                for (int i = random.Below(4); i >= 0; i--)
                {
                    _buffer[Position()] = random.Of<byte>([0, 1, 0xfd, 0xfe, 0xff]);
                }

                break;
            case 2:
                _length = Position();
                break;
            case 3:
                Duplicate();
                break;
            case 4:
                Splice(other);
                break;
            case 5:
                BlowUp();
                break;
            case 6:
                int from = Position();
                int removed = Math.Min(random.Below(64), _length - from);
                _buffer.AsSpan((from + removed).._length).CopyTo(_buffer.AsSpan(from));
                _length -= removed;
                break;
            default:
                _buffer[Position()] += (byte)(random.Below(2) == 0 ? 1 : 0xff);
                break;
        }
    }

    // Half of the time near the start, where the counts are.
    private int Position() => random.Below(random.Below(2) == 0 ? Math.Min(_length, 50) : _length);

    private void Duplicate()
    {
        int from = Position();
        int count = Math.Min(random.Below(Grown), _length - from);
        _buffer.AsSpan(from.._length).CopyTo(_buffer.AsSpan(from + count));
        _length += count;
    }

    private void Splice(ReadOnlySpan<byte> other)
    {
        int kept = Position();
        ReadOnlySpan<byte> tail = other[random.Below(other.Length)..];
        if (kept + tail.Length + (2 * Grown) < _buffer.Length)
        {
            tail.CopyTo(_buffer.AsSpan(kept));
            _length = kept + tail.Length;
        }
    }

    // A length of three, five or nine bytes, of all sizes, in place of what was there.
    private void BlowUp()
    {
        int width = random.Of<int>([3, 5, 9]);
        int from = Position();
        if (from + width > _length)
        {
            return;
        }

        _buffer[from] = width switch { 3 => 0xfd, 5 => 0xfe, _ => 0xff };
        ulong value = random.Next() >> random.Below(64);
        for (int i = 1; i < width; i++)
        {
            _buffer[from + i] = (byte)(value >> (8 * (i - 1)));
        }
    }
}
