namespace ChainWatch.Hosting;

/// <summary>What is read of some files, and read anew when they change.</summary>
internal sealed class WatchedFiles<T>(Func<T> read, Func<IEnumerable<string>> files) where T : class
{
    private FileStamps _taken = FileStamps.None;
    private FileStamps _refused = FileStamps.None;
    private FileStamps _seen = FileStamps.None;
    private volatile string? _problem;
    private T? _value;

    /// <summary>What was read last; read now where nothing was.</summary>
    /// <exception cref="ChainWatchException">A file is not as it must be.</exception>
    public T Value => _value ?? Read();

    /// <summary>What is wrong with the files as they are now; null: nothing.</summary>
    public string? Problem => _problem;

    /// <summary>Reads the files where they changed, and are as they were at the last look: nobody is writing them.</summary>
    /// <returns>Whether there is another value.</returns>
    public bool ReadAnew()
    {
        FileStamps now = Stamps();
        bool isAtRest = now == _seen;
        _seen = now;
        if (!isAtRest || now == _refused)
        {
            return false;
        }

        if (now == _taken)
        {
            // As it was, or as it was again.
            _problem = null;
            return false;
        }

        try
        {
            _value = read();
            (_taken, _problem) = (now, null);
            return true;
        }
        catch (ChainWatchException e)
        {
            // One that cannot be opened may be let go of without being written.
            _refused = e.InnerException is IOException or UnauthorizedAccessException ? FileStamps.None : now;
            _problem = e.Message;
            return false;
        }
    }

    private T Read()
    {
        // Before the reading: what is written meanwhile counts as a change.
        FileStamps stamps = Stamps();
        _value = read();
        (_taken, _seen) = (stamps, stamps);
        return _value;
    }

    private FileStamps Stamps()
    {
        try
        {
            return FileStamps.Of(files());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new FileStamps("a folder cannot be read");
        }
    }
}
