using ChainWatch.Graph.Appending;

namespace ChainWatch.Watching;

/// <summary>The end of the alert log's file: a line is either there whole and on the disk, or not at all.</summary>
internal sealed class AlertLogFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _file;
    private readonly Stream _output;
    private readonly bool _isDurable;
    private long _end;

    private AlertLogFile(string path, FileStream file, AppendOptions options)
    {
        (_path, _file, _isDurable) = (path, file, options.IsDurable);
        _output = options.Wrap?.Invoke(file) ?? file;
    }

    public static AlertLogFile Open(string path, AppendOptions options)
    {
        try
        {
            return new AlertLogFile(path, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0), options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChainWatchException($"{path}: cannot be written", e);
        }
    }

    /// <summary>Reads every line, and cuts off a piece at the end that is no whole one.</summary>
    public AlertHead Load(Action<LoggedAlert> take)
    {
        // Not disposed: the file is ours.
        AlertLogReader reader = new(_file, _path);
        while (reader.TryRead(out LoggedAlert? alert))
        {
            take(alert);
        }

        _end = reader.Offset;
        AlertHead head = FindLast(reader.Head) is LoggedAlert last ? Keep(last, take) : reader.Head;
        try
        {
            Cut();
            Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChainWatchException($"{_path}: what a writer left unfinished at its end cannot be cut off", e);
        }

        return head;
    }

    public void Append(ReadOnlySpan<byte> line)
    {
        try
        {
            // What a write that failed left there, where it could not be cut off then.
            Cut();
            _file.Position = _end;
            _output.Write(line);
            Flush();
            _end += line.Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            try
            {
                Cut();
            }
            catch (Exception again) when (again is IOException or UnauthorizedAccessException)
            {
                // It goes before the next line is written, or when the log is opened again.
            }

            throw new ChainWatchException($"{_path}: cannot be written: the disk is full or the file may not be written; what it held before is as it was", e);
        }
    }

    public void Dispose() => _file.Dispose();

    // All of a line but its LF: an editor that strips the last one must not cost an alert.
    private LoggedAlert? FindLast(AlertHead head)
    {
        if (_file.Length <= _end || _file.Length - _end > AlertLine.LengthMax)
        {
            return null;
        }

        byte[] line = new byte[_file.Length - _end + 1];
        _file.Position = _end;
        _file.ReadExactly(line, 0, line.Length - 1);
        line[^1] = (byte)'\n';
        try
        {
            return AlertLine.Read(line, head, _path);
        }
        catch (ChainWatchException)
        {
            return null;
        }
    }

    private AlertHead Keep(LoggedAlert last, Action<LoggedAlert> take)
    {
        long whole = _file.Length;
        (_end, long before) = (whole, _end);
        try
        {
            Append("\n"u8);
        }
        catch (ChainWatchException)
        {
            _end = before;
            throw;
        }

        take(last);
        return last.Head;
    }

    private void Cut()
    {
        if (_file.Length > _end)
        {
            _file.SetLength(_end);
            Flush();
        }
    }

    private void Flush()
    {
        _output.Flush();
        if (_isDurable)
        {
            _file.Flush(flushToDisk: true);
        }
    }
}
