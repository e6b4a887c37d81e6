using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ChainWatch.Graph.Building;

/// <summary>
/// A temporary file of sorted runs. A run is a row of chunks; a chunk is 4 bytes with its rows' count, 4 with a CRC-32C
/// of where it belongs and of its rows, and the rows, as many as a chunk has but for a run's last. The file has no name
/// on disk while it is used (Windows: is deleted when closed), so that nothing is left however the process ends.
/// </summary>
internal sealed class SpillFile : IDisposable
{
    /// <summary>What stands before a chunk's rows, in bytes.</summary>
    public const int HeaderSize = 2 * sizeof(uint);

    // ENOSPC; EDQUOT of Linux and of macOS; ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL of Windows.
    private static readonly int[] DiskFullCodes = [28, 122, 69, unchecked((int)0x80070027), unchecked((int)0x80070070)];

    // EEXIST; ERROR_FILE_EXISTS and ERROR_ALREADY_EXISTS of Windows.
    private static readonly int[] ExistsCodes = [17, unchecked((int)0x80070050), unchecked((int)0x800700B7)];

    private static int _number;

    private readonly SafeFileHandle _handle;
    private readonly string _folder;
    private readonly int _rowSize;
    private readonly int _chunkRows;
    private long _length;

    /// <summary>Makes a file.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="rowSize">The size of a row in bytes.</param>
    /// <param name="chunkRows">Rows in a chunk.</param>
    /// <exception cref="ChainWatchException">It cannot be made there.</exception>
    public SpillFile(string folder, int rowSize, int chunkRows) : this(Open(folder), folder, rowSize, chunkRows)
    {
    }

    /// <summary>For tests: over any open file.</summary>
    internal SpillFile(SafeFileHandle handle, string folder, int rowSize, int chunkRows) =>
        (_handle, _folder, _rowSize, _chunkRows) = (handle, folder, rowSize, chunkRows);

    /// <summary>The size of a whole chunk with its header, in bytes.</summary>
    public int ChunkBytes => HeaderSize + (_chunkRows * _rowSize);

    /// <summary>Rows in a whole chunk.</summary>
    public int ChunkRows => _chunkRows;

    /// <summary>Bytes given to runs so far.</summary>
    public long Length => _length;

    /// <summary>Makes room for a run at the end.</summary>
    public SpillRun NewRun(long rows)
    {
        SpillRun run = new(_length, rows);
        _length += ChunksOf(run) * ChunkBytes;
        return run;
    }

    /// <summary>How many chunks a run has.</summary>
    public long ChunksOf(SpillRun run) => (run.Rows + _chunkRows - 1) / _chunkRows;

    /// <summary>How many rows a chunk of a run has.</summary>
    public int RowsOf(SpillRun run, long chunk) => (int)Math.Min(_chunkRows, run.Rows - (chunk * _chunkRows));

    /// <summary>Writes a chunk; several threads may write different ones.</summary>
    /// <param name="run">The run.</param>
    /// <param name="chunk">The chunk's number in the run, from 0.</param>
    /// <param name="bytes">Room for the header, then the rows.</param>
    /// <exception cref="ChainWatchException">The disk is full or does not work.</exception>
    public void Write(SpillRun run, long chunk, Span<byte> bytes)
    {
        long offset = run.Offset + (chunk * ChunkBytes);
        Span<uint> header = MemoryMarshal.Cast<byte, uint>(bytes[..HeaderSize]);
        header[0] = (uint)((bytes.Length - HeaderSize) / _rowSize);
        header[1] = Checksum(offset, bytes[HeaderSize..]);
        try
        {
            RandomAccess.Write(_handle, bytes, offset);
        }
        catch (IOException e)
        {
            throw Failed(e);
        }
    }

    /// <summary>Reads a chunk and verifies it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="chunk">The chunk's number in the run, from 0.</param>
    /// <param name="bytes">Takes header and rows; as long as both.</param>
    /// <exception cref="ChainWatchException">It is not what was written, or the disk does not work.</exception>
    public void Read(SpillRun run, long chunk, Span<byte> bytes)
    {
        long offset = run.Offset + (chunk * ChunkBytes);
        int read = 0;
        try
        {
            while (read < bytes.Length && RandomAccess.Read(_handle, bytes[read..], offset + read) is > 0 and int more)
            {
                read += more;
            }
        }
        catch (IOException e)
        {
            throw Failed(e);
        }

        ReadOnlySpan<uint> header = MemoryMarshal.Cast<byte, uint>(bytes[..HeaderSize]);
        if (read < bytes.Length || header[0] != (uint)RowsOf(run, chunk) || header[1] != Checksum(offset, bytes[HeaderSize..]))
        {
            throw new ChainWatchException($"{_folder}: the sort's temporary file has other bytes at {offset} than were written there; expected a disk that keeps them");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private static SafeFileHandle Open(string folder)
    {
        while (true)
        {
            int number = Interlocked.Increment(ref _number);
            string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"chainwatch-sort-{Environment.ProcessId}-{number}.tmp"));
            try
            {
                bool isWindows = OperatingSystem.IsWindows();
                SafeFileHandle handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, isWindows ? FileOptions.DeleteOnClose : FileOptions.None);
                if (!isWindows)
                {
                    File.Delete(path);
                }

                return handle;
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

    private static uint Checksum(long offset, ReadOnlySpan<byte> rows)
    {
        uint crc = BitOperations.Crc32C(uint.MaxValue, (ulong)offset);
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(rows);
        foreach (ulong word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (byte last in rows[(sizeof(ulong) * words.Length)..])
        {
            crc = BitOperations.Crc32C(crc, last);
        }

        return crc;
    }

    private static string OneLine(Exception e) => e.Message.ReplaceLineEndings(" ");

    private ChainWatchException Failed(IOException e) => DiskFullCodes.Contains(e.HResult)
        ? new ChainWatchException($"{_folder}: the disk is full: the sort's temporary file needs {_length} bytes here; expected so much free space, or more memory to sort in", e)
        : new ChainWatchException($"{_folder}: the sort's temporary file: {OneLine(e)}", e);
}
