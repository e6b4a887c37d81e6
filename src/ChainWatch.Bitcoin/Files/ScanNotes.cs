namespace ChainWatch.Bitcoin.Files;

/// <summary>What was met in the files that is no record: nothing of it is an error, all of it is counted.</summary>
internal sealed class ScanNotes
{
    /// <summary>Stretches between records that are neither records nor padding.</summary>
    public int Garbage { get; private set; }

    /// <summary>Records at the end of a file that were not written to their end.</summary>
    public int HalfWritten { get; private set; }

    /// <summary>Records that cannot be what they should be.</summary>
    public int Unfit { get; private set; }

    /// <summary>The first of them: the file, the byte, and what it is; null where there is none.</summary>
    public string? First { get; private set; }

    /// <summary>Counts a stretch without records.</summary>
    public void AddGarbage(string path, long offset, long length)
    {
        Garbage++;
        First ??= $"{path}: byte {offset}: {length} bytes that are no record";
    }

    /// <summary>Counts a record that runs beyond its file.</summary>
    public void AddHalfWritten(string path, long offset)
    {
        HalfWritten++;
        First ??= $"{path}: byte {offset}: a record that was not written to its end";
    }

    /// <summary>Counts a record that does not fit.</summary>
    public void AddUnfit(string path, long offset, string problem)
    {
        Unfit++;
        First ??= $"{path}: byte {offset}: {problem}";
    }
}
