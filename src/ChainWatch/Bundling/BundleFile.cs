namespace ChainWatch.Bundling;

/// <summary>A file that goes into a bundle.</summary>
/// <param name="Name">Its name there: a relative path with forward slashes, the same on every system.</param>
/// <param name="Write">Writes its bytes; called once.</param>
public sealed record BundleFile(string Name, Action<Stream> Write)
{
    /// <summary>A file of bytes at hand.</summary>
    public static BundleFile Of(string name, byte[] bytes) => new(name, output => output.Write(bytes));

    /// <summary>A copy of a file, byte for byte.</summary>
    /// <exception cref="ChainWatchException">While it is written: the file cannot be read.</exception>
    public static BundleFile Copy(string name, string path) => new(name, output =>
    {
        FileStream input;
        try
        {
            input = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChainWatchException($"{path}: cannot be read any more", e);
        }

        using (input)
        {
            input.CopyTo(output);
        }
    });
}
