using ChainWatch.Graph.Building;
using Microsoft.Win32.SafeHandles;

namespace ChainWatch.Tests.Graph.Building;

public class SpillFileTests
{
    private const int RowSize = 12;
    private const int ChunkRows = 5;

    [Fact]
    public void Chunks_AreReadAsWritten_AndEveryChangedByteIsFound()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string path = folder.Write("spill", Array.Empty<byte>());
        using SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        using SpillFile file = new(handle, folder.Path, RowSize, ChunkRows);
        file.NewRun(ChunkRows);
        SpillRun run = file.NewRun((2 * ChunkRows) + 2);
        byte[][] chunks = [Chunk(5, 1), Chunk(5, 2), Chunk(2, 3)];
        for (int i = 0; i < chunks.Length; i++)
        {
            file.Write(run, i, chunks[i]);
        }

        Read(file, run, 0, 5).ShouldBe(chunks[0]);
        Read(file, run, 1, 5).ShouldBe(chunks[1]);
        Read(file, run, 2, 2).ShouldBe(chunks[2]);

        byte[] all = File.ReadAllBytes(path);
        for (int at = (int)run.Offset; at < run.Offset + chunks[0].Length; at++)
        {
            RandomAccess.Write(handle, [(byte)(all[at] ^ 0x10)], at);
            Should.Throw<ChainWatchException>(() => Read(file, run, 0, 5)).Message.ShouldStartWith($"{folder.Path}: the sort's temporary file has other bytes at {run.Offset} ");
            RandomAccess.Write(handle, [all[at]], at);
        }

        Read(file, run, 0, 5).ShouldBe(chunks[0]);
    }

    [Fact]
    public void Chunk_AtAnothersPlace_OrCutShort_IsFound()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string path = folder.Write("spill", Array.Empty<byte>());
        using SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        using SpillFile file = new(handle, folder.Path, RowSize, ChunkRows);
        SpillRun run = file.NewRun(2 * ChunkRows);
        byte[] first = Chunk(5, 1);
        file.Write(run, 0, first);
        file.Write(run, 1, Chunk(5, 2));
        RandomAccess.Write(handle, first, file.ChunkBytes);

        Should.Throw<ChainWatchException>(() => Read(file, run, 1, 5));
        RandomAccess.SetLength(handle, file.ChunkBytes - 1);
        Should.Throw<ChainWatchException>(() => Read(file, run, 0, 5));
    }

    [SkippableFact]
    public void FullDisk_IsOneLine()
    {
        const string full = "/dev/full";
        Skip.IfNot(OperatingSystem.IsLinux() && File.Exists(full), $"no {full} here");
        using SafeFileHandle handle = File.OpenHandle(full, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        using SpillFile file = new(handle, "the/folder", RowSize, ChunkRows);
        SpillRun run = file.NewRun(ChunkRows);

        Should.Throw<ChainWatchException>(() => file.Write(run, 0, Chunk(5, 1))).Message
            .ShouldBe("the/folder: the disk is full: the sort's temporary file needs 68 bytes here; expected so much free space, or more memory to sort in");
    }

    private static byte[] Chunk(int rows, int seed)
    {
        byte[] chunk = new byte[SpillFile.HeaderSize + (rows * RowSize)];
        new Random(seed).NextBytes(chunk);
        return chunk;
    }

    private static byte[] Read(SpillFile file, SpillRun run, long chunk, int rows)
    {
        byte[] bytes = new byte[SpillFile.HeaderSize + (rows * RowSize)];
        file.Read(run, chunk, bytes);
        return bytes;
    }
}
