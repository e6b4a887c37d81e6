using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ChainWatch.Graph.Building;

/// <summary>
/// A temporary file of sorted runs. A run is a row of chunks; a chunk is 4 bytes with its rows' count, 4 with a CRC-32C
/// of where it belongs and of its rows, and the rows, as many as a chunk has but for a run's last.
/// </summary>
internal sealed class SpillFile : IDisposable
{
    /// <summary>What stands before a chunk's rows, in bytes.</summary>
    public const int HeaderSize = 2 * sizeof(uint);

    private const string Purpose = "the sort";

    private readonly TemporaryFile _file;
    private readonly int _rowSize;
    private readonly int _chunkRows;
    private long _length;

    /// <summary>Makes a file.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="rowSize">The size of a row in bytes.</param>
    /// <param name="chunkRows">Rows in a chunk.</param>
    /// <exception cref="ChainWatchException">It cannot be made there.</exception>
    public SpillFile(string folder, int rowSize, int chunkRows) : this(TemporaryFile.In(folder, Purpose), rowSize, chunkRows)
    {
    }

    /// <summary>For tests: over any open file.</summary>
    internal SpillFile(SafeFileHandle handle, string folder, int rowSize, int chunkRows) : this(new TemporaryFile(handle, folder, Purpose), rowSize, chunkRows)
    {
    }

    private SpillFile(TemporaryFile file, int rowSize, int chunkRows) => (_file, _rowSize, _chunkRows) = (file, rowSize, chunkRows);

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
        _file.Write(bytes, offset);
    }

    /// <summary>Reads a chunk and verifies it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="chunk">The chunk's number in the run, from 0.</param>
    /// <param name="bytes">Takes header and rows; as long as both.</param>
    /// <exception cref="ChainWatchException">It is not what was written, or the disk does not work.</exception>
    public void Read(SpillRun run, long chunk, Span<byte> bytes)
    {
        long offset = run.Offset + (chunk * ChunkBytes);
        int read = _file.Read(bytes, offset);
        ReadOnlySpan<uint> header = MemoryMarshal.Cast<byte, uint>(bytes[..HeaderSize]);
        if (read < bytes.Length || header[0] != (uint)RowsOf(run, chunk) || header[1] != Checksum(offset, bytes[HeaderSize..]))
        {
            throw _file.Changed(offset);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

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
}
