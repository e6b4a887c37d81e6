using System.Diagnostics.CodeAnalysis;

namespace ChainWatch.Watching;

/// <summary>
/// Reads the alert log line by line and checks that each follows from the one before. It can be asked again when a writer has
/// appended; a line that is not whole yet is not read. Not for several threads.
/// </summary>
public sealed class AlertLogReader : IDisposable
{
    private readonly Stream _file;
    private readonly string _path;
    private byte[] _buffer = new byte[1 << 14];
    private int _start;
    private int _end;

    internal AlertLogReader(Stream file, string path) => (_file, _path) = (file, path);

    /// <summary>The last line read.</summary>
    public AlertHead Head { get; private set; } = AlertHead.Empty;

    /// <summary>Where in the file the last line read ends, in bytes.</summary>
    internal long Offset { get; private set; }

    /// <summary>How many bytes there are behind it.</summary>
    internal long Unfinished => _file.Length - Offset;

    /// <summary>Opens the log of a state folder, before its first line.</summary>
    /// <exception cref="ChainWatchException">There is none, or it cannot be read.</exception>
    public static AlertLogReader Open(string folder)
    {
        string path = AlertLog.PathIn(folder);
        try
        {
            return new AlertLogReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChainWatchException(
                File.Exists(folder) ? $"{folder}: is a file; expected the state folder of a watcher"
                : !Directory.Exists(folder) ? $"{folder}: there is no such folder; expected the state folder of a watcher"
                : !File.Exists(path) ? $"{folder}: holds no {AlertLog.FileName}; expected the state folder of a watcher"
                : $"{path}: cannot be read",
                e);
        }
    }

    /// <summary>Reads the next line; false where no whole one is there.</summary>
    /// <exception cref="ChainWatchException">It was edited, removed, inserted or moved: the message names the file and the line.</exception>
    public bool TryRead([NotNullWhen(true)] out LoggedAlert? alert)
    {
        alert = null;
        try
        {
            if (!TryReadLine(out byte[]? line))
            {
                return false;
            }

            alert = AlertLine.Read(line, Head, _path);
            Head = alert.Head;
            Offset += line.Length;
            return true;
        }
        catch (IOException e)
        {
            throw new ChainWatchException($"{_path}: cannot be read", e);
        }
        finally
        {
            if (alert is null)
            {
                // Whoever asks again reads from the file: a writer may cut a piece off and write another in its place.
                (_start, _end) = (0, 0);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private bool TryReadLine([NotNullWhen(true)] out byte[]? line)
    {
        int searched = 0;
        while (true)
        {
            int end = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (end >= 0)
            {
                int length = searched + end + 1;
                line = _buffer.AsSpan(_start, length).ToArray();
                _start += length;
                return true;
            }

            searched = _end - _start;
            if (searched > AlertLine.LengthMax)
            {
                throw ChainWatchException.At(_path, Head.Number + 1, null, "a line of more than 1 MiB; expected an alert");
            }

            if (!Fill())
            {
                line = null;
                return false;
            }
        }
    }

    private bool Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        _file.Position = Offset + _end;
        int read = _file.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
