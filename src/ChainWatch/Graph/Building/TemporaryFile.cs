using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace ChainWatch.Graph.Building;

/// <summary>
/// A temporary file. It has no name on disk while it is used (Windows: is deleted when closed), so that nothing is left
/// however the process ends. Several threads may read and write different places.
/// </summary>
/// <param name="handle">The open file.</param>
/// <param name="folder">Its folder, for messages.</param>
/// <param name="purpose">Whose it is, for messages: <c>the sort</c>.</param>
internal sealed class TemporaryFile(SafeFileHandle handle, string folder, string purpose) : IDisposable
{
    // ENOSPC; EDQUOT of Linux and of macOS; ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL of Windows.
    private static readonly int[] DiskFullCodes = [28, 122, 69, unchecked((int)0x80070027), unchecked((int)0x80070070)];

    // EEXIST; ERROR_FILE_EXISTS and ERROR_ALREADY_EXISTS of Windows.
    private static readonly int[] ExistsCodes = [17, unchecked((int)0x80070050), unchecked((int)0x800700B7)];

    private static int _number;

    /// <summary>The open file.</summary>
    public SafeFileHandle Handle => handle;

    /// <summary>Makes a file in an existing folder.</summary>
    /// <exception cref="ChainWatchException">It cannot be made there.</exception>
    public static TemporaryFile In(string folder, string purpose)
    {
        while (true)
        {
            int number = Interlocked.Increment(ref _number);
            string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"chainwatch-{Environment.ProcessId}-{number}.tmp"));
            try
            {
                bool isWindows = OperatingSystem.IsWindows();
                SafeFileHandle file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, isWindows ? FileOptions.DeleteOnClose : FileOptions.None);
                if (!isWindows)
                {
                    File.Delete(path);
                }

                return new TemporaryFile(file, folder, purpose);
            }
            catch (IOException e) when (ExistsCodes.Contains(e.HResult))
            {
                // Left by a process of the same number that was ended at once: another name.
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new ChainWatchException($"{folder}: no temporary file can be made here: {OneLine(e)}", e);
            }
        }
    }

    /// <summary>Writes bytes.</summary>
    /// <exception cref="ChainWatchException">The disk is full or does not work.</exception>
    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            RandomAccess.Write(handle, bytes, offset);
        }
        catch (IOException e)
        {
            throw Failed(e, offset + bytes.Length);
        }
    }

    /// <summary>Reads bytes; fewer than asked for at the end alone.</summary>
    /// <exception cref="ChainWatchException">The disk does not work.</exception>
    public int Read(Span<byte> bytes, long offset)
    {
        int read = 0;
        try
        {
            while (read < bytes.Length && RandomAccess.Read(handle, bytes[read..], offset + read) is > 0 and int more)
            {
                read += more;
            }
        }
        catch (IOException e)
        {
            throw Failed(e, offset + bytes.Length);
        }

        return read;
    }

    /// <summary>The error that the file has other bytes than were written.</summary>
    public ChainWatchException Changed(long offset) =>
        new($"{folder}: {purpose}'s temporary file has other bytes at {offset} than were written there; expected a disk that keeps them");

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();

    private ChainWatchException Failed(IOException e, long length) => DiskFullCodes.Contains(e.HResult)
        ? new ChainWatchException($"{folder}: the disk is full: {purpose}'s temporary file needs {length} bytes here; expected so much free space, or more memory to sort in", e)
        : new ChainWatchException($"{folder}: {purpose}'s temporary file: {OneLine(e)}", e);

    private static string OneLine(Exception e) => e.Message.ReplaceLineEndings(" ");
}
