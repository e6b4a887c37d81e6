namespace ChainWatch.Graph.Appending;

/// <summary>
/// Says that a process appends to a file (a graph, a log): an empty file beside it, <c>FILE.lock</c>, that is locked while the writer
/// lives. The system unlocks it when the process ends, however it does; the file stays.
/// </summary>
internal sealed class WriterLock : IDisposable
{
    // Who looks whether a writer lives holds the lock for a moment.
    private const int Attempts = 20;
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(5);
    private readonly FileStream _file;

    private WriterLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a file.</summary>
    /// <exception cref="ChainWatchException">Another process appends to it, or no file can be made beside it.</exception>
    public static WriterLock Take(string path)
    {
        string name = NameOf(path);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return new WriterLock(new FileStream(name, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1));
            }
            catch (IOException) when (File.Exists(name) && attempt < Attempts)
            {
                Thread.Sleep(_pause);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new ChainWatchException(e is IOException && File.Exists(name)
                    ? $"{path}: another process appends to it (it holds {name}); expected one at a time"
                    : $"{path}: cannot be appended to: no file can be made beside it ({name})", e);
            }
        }
    }

    /// <summary>Whether a process appends to a file.</summary>
    public static bool IsTaken(string path)
    {
        try
        {
            using FileStream file = new(NameOf(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1);
            return false;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void Dispose() => _file.Dispose();

    private static string NameOf(string path) => path + ".lock";
}
