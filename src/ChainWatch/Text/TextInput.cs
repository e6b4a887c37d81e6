namespace ChainWatch.Text;

/// <summary>
/// A text file of any size that somebody else wrote: opened, hashed as stored, decompressed where its first bytes say
/// gzip, and guarded (<see cref="GuardedTextStream"/>), so that what reads it can trust its lines.
/// </summary>
internal sealed class TextInput : IDisposable
{
    private readonly StoredBytesStream _stored;

    private TextInput(Stream file, string name)
    {
        Name = name;
        _stored = new StoredBytesStream(file, name);
        Text = new GuardedTextStream(_stored.IsGzip ? new WholeGzipStream(_stored, name) : _stored, name);
    }

    /// <summary>The file as the user named it.</summary>
    public string Name { get; }

    /// <summary>The text.</summary>
    public GuardedTextStream Text { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="ChainWatchException">It cannot be read, or is empty.</exception>
    public static TextInput Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw ChainWatchException.At(path, 0, null, "is a folder; expected a file");
        }

        try
        {
            return Open(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan), path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw ChainWatchException.At(path, 0, null, "there is no such file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            string why = e is UnauthorizedAccessException ? "no permission" : e is ArgumentException ? "this is no path of a file" : "another program holds it, or the disk fails";
            throw new ChainWatchException(ChainWatchException.At(path, 0, null, $"cannot be read: {why}").Message, e);
        }
    }

    /// <summary>Takes a stream for a file.</summary>
    /// <exception cref="ChainWatchException">It is empty.</exception>
    public static TextInput Open(Stream file, string name)
    {
        try
        {
            TextInput input = new(file, name);
            return input.Text.Peek().IndexOfAnyExcept(" \t\r\n"u8) >= 0
                ? input
                : throw ChainWatchException.At(name, 0, null, "the file is empty");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The first byte that is not white space.</summary>
    public byte FirstByte()
    {
        ReadOnlySpan<byte> text = Text.Peek();
        return text[text.IndexOfAnyExcept(" \t\r\n"u8)];
    }

    /// <summary>Reads the file to its end and returns the SHA-256 of its bytes as stored.</summary>
    public string FinishSha256() => _stored.FinishSha256();

    public void Dispose() => Text.Dispose();
}
