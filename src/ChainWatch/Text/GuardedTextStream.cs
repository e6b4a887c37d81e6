using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace ChainWatch.Text;

/// <summary>
/// Lets through only what can be text: UTF-8 without control characters, in lines of at most <see cref="LineBytesMax"/>.
/// Everything else is refused with its line before anybody buffers it. A byte order mark at the start is taken off.
/// </summary>
internal sealed class GuardedTextStream(Stream inner, string name) : ForwardStream
{
    /// <summary>The longest line, in bytes without its end.</summary>
    public const int LineBytesMax = 1 << 20;

    // Smaller than a line may be, so that a line can only grow too long from one chunk to the next.
    private const int ChunkBytes = 1 << 16;

    private static readonly SearchValues<byte> NoText = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Append(0x7f).Except(['\t', '\n', '\r']).Select(b => (byte)b)]);

    private readonly byte[] _chunk = new byte[ChunkBytes];
    private readonly byte[] _cut = new byte[4];
    private int _start;
    private int _end;
    private int _cutLength;
    private long _line = 1;
    private long _lineBytes;
    private bool _started;

    /// <summary>What comes next, up to 64 KiB, without reading it; empty at the end.</summary>
    public ReadOnlySpan<byte> Peek()
    {
        if (_start == _end)
        {
            Fill();
        }

        return _chunk.AsSpan(_start, _end - _start);
    }

    public override int Read(Span<byte> buffer)
    {
        ReadOnlySpan<byte> next = buffer.IsEmpty ? default : Peek();
        int served = Math.Min(buffer.Length, next.Length);
        next[..served].CopyTo(buffer);
        _start += served;
        return served;
    }

    protected override void Dispose(bool disposing)
    {
        inner.Dispose();
        base.Dispose(disposing);
    }

    private void Fill()
    {
        _start = 0;
        _end = inner.ReadAtLeast(_chunk, _started ? 1 : ChunkBytes, throwOnEndOfStream: false);
        if (!_started && _chunk.AsSpan(0, _end).StartsWith("\uFEFF"u8))
        {
            _start = 3;
        }

        _started = true;
        ReadOnlySpan<byte> text = _chunk.AsSpan(_start, _end - _start);
        if (_end == 0 && _cutLength > 0)
        {
            throw NotText(text, 0, _cut[0]);
        }

        CheckLineLength(text);
        int control = text.IndexOfAny(NoText);
        if (control >= 0)
        {
            throw NotText(text, control, text[control]);
        }

        CheckUtf8(text);
        _line += text.Count((byte)'\n');
    }

    private void CheckLineLength(ReadOnlySpan<byte> text)
    {
        int first = text.IndexOf((byte)'\n');
        if (_lineBytes + (first < 0 ? text.Length : first) > LineBytesMax)
        {
            throw ChainWatchException.At(name, _line, null, $"the line is longer than {LineBytesMax} bytes; expected one record per line");
        }

        _lineBytes = first < 0 ? _lineBytes + text.Length : text.Length - 1 - text.LastIndexOf((byte)'\n');
    }

    private void CheckUtf8(ReadOnlySpan<byte> text)
    {
        // A character that the end of the last chunk cut in two.
        int finishing = 0;
        while (_cutLength > 0 && finishing < text.Length)
        {
            _cut[_cutLength++] = text[finishing++];
            OperationStatus status = Rune.DecodeFromUtf8(_cut.AsSpan(0, _cutLength), out _, out _);
            if (status == OperationStatus.InvalidData)
            {
                throw NotText(text, 0, _cut[0]);
            }

            _cutLength = status == OperationStatus.Done ? 0 : _cutLength;
        }

        ReadOnlySpan<byte> rest = text[finishing..];
        if (Rune.DecodeLastFromUtf8(rest, out _, out int cut) == OperationStatus.NeedMoreData && !rest.IsEmpty)
        {
            rest[^cut..].CopyTo(_cut);
            _cutLength = cut;
            rest = rest[..^cut];
        }

        if (!Utf8.IsValid(rest))
        {
            int valid = 0;
            while (Rune.DecodeFromUtf8(rest[valid..], out _, out int length) == OperationStatus.Done)
            {
                valid += length;
            }

            throw NotText(text, finishing + valid, rest[valid]);
        }
    }

    private ChainWatchException NotText(ReadOnlySpan<byte> text, int at, byte found) =>
        ChainWatchException.At(name, _line + text[..at].Count((byte)'\n'), null, $"byte 0x{found:X2} is not text; expected UTF-8 without control characters");
}
