using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Files;

/// <summary>
/// The <c>blocks</c> folder of a Bitcoin Core node: <c>blk*.dat</c>, <c>rev*.dat</c> (undo data: the outputs that each block spent) and <c>xor.dat</c>.
/// Opening reads the head of every block; blocks and undo data are read when asked for, from any thread.
/// </summary>
/// <remarks>Source: Bitcoin Core, src/node/blockstorage.cpp.</remarks>
internal sealed class BlockFolder : IDisposable
{
    private readonly DataFiles _blocks;
    private readonly UndoFiles _undo;

    private BlockFolder(string path, BitcoinNetwork network, DataFiles blocks, UndoFiles undo, BlockIndex index, ScanNotes notes)
    {
        (Path, Chain, Index, Notes) = (path, network.Chain, index, notes);
        (_blocks, _undo) = (blocks, undo);
    }

    /// <summary>The folder as the user named it.</summary>
    public string Path { get; }

    /// <summary>The network that the files' magic names.</summary>
    public Chain Chain { get; }

    /// <summary>The chain in the files, with what stands beside it.</summary>
    public BlockIndex Index { get; }

    /// <summary>The blocks of the chain, by ascending height.</summary>
    public IReadOnlyList<BlockLocation> Blocks => Index;

    /// <summary>What was met in the block files that is no block.</summary>
    public ScanNotes Notes { get; }

    /// <summary>What was met in the undo files read so far, and the blocks asked for that have no valid undo data.</summary>
    public UndoFiles Undo => _undo;

    /// <summary>Finds the blocks of a folder and the chain among them.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="ChainWatchException">No folder, no block, files of two networks, a file that cannot be read, or heights that cannot be known.</exception>
    public static BlockFolder Open(string path, CancellationToken cancellationToken = default)
    {
        if (!Directory.Exists(path))
        {
            throw new ChainWatchException($"{path}: no such folder; expected the blocks folder of a Bitcoin node");
        }

        ObfuscationKey key = ObfuscationKey.Load(path);
        DataFiles blocks = Find(path, "blk", key);
        try
        {
            BlockSearch search = new(path, blocks, key);
            search.Run(cancellationToken);
            BlockIndex index = BlockIndex.Build(search.Found, search.Network, path);
            return new BlockFolder(path, search.Network, blocks, new UndoFiles(Find(path, "rev", key), key, search.Network, index), index, search.Notes);
        }
        catch
        {
            blocks.Dispose();
            throw;
        }
    }

    /// <summary>Reads a block.</summary>
    /// <param name="block">One of <see cref="Blocks"/>.</param>
    /// <param name="buffer">Of the caller, kept between calls; replaced where it is too small.</param>
    /// <returns>The block's bytes, in the buffer.</returns>
    /// <exception cref="ChainWatchException">The file cannot be read, or no longer holds this block.</exception>
    public ReadOnlySpan<byte> ReadBlock(in BlockLocation block, ref byte[] buffer)
    {
        if (buffer.Length < block.Length)
        {
            buffer = new byte[Math.Max(block.Length, Math.Min(2 * buffer.Length, BlockHead.LongestBlock))];
        }

        Span<byte> bytes = buffer.AsSpan(0, block.Length);
        int read = _blocks.Read(block.FileNumber, block.Offset, bytes);
        return read == block.Length && BlockHead.Hash(bytes) == block.Hash
            ? bytes
            : throw new BitcoinFormatException($"{_blocks.PathOf(block.FileNumber)}: byte {block.Offset}: block {block.Height} is no longer here; expected files that stay as they are");
    }

    /// <summary>Reads a block's header, 80 bytes.</summary>
    /// <param name="block">One of <see cref="Blocks"/>.</param>
    /// <exception cref="ChainWatchException">The file cannot be read, or no longer holds this block.</exception>
    public byte[] ReadHeader(in BlockLocation block)
    {
        byte[] header = new byte[BlockHeader.Length];
        return _blocks.Read(block.FileNumber, block.Offset, header) == header.Length && BlockHead.Hash(header) == block.Hash
            ? header
            : throw new BitcoinFormatException($"{_blocks.PathOf(block.FileNumber)}: byte {block.Offset}: block {block.Height} is no longer here; expected files that stay as they are");
    }

    /// <summary>Reads the outputs that a block's transactions spent, for <see cref="UndoReader"/>.</summary>
    /// <param name="block">One of <see cref="Blocks"/>.</param>
    /// <param name="buffer">Of the caller, kept between calls; replaced where it is too small.</param>
    /// <param name="undo">The undo data, verified by its checksum; empty where there is none.</param>
    /// <returns>False where there is no valid undo data; why is counted in <see cref="Undo"/>.</returns>
    /// <exception cref="ChainWatchException">A file cannot be read, or a block of the chain that has a twin in a lost branch is malformed.</exception>
    public bool TryReadUndo(in BlockLocation block, ref byte[] buffer, out ReadOnlySpan<byte> undo)
    {
        BlockSpending? spending = Index.HasTwin(block.Height) ? BlockSpending.Read(ReadBlock(block, ref buffer)) : null;
        return _undo.TryRead(block, spending, ref buffer, out undo);
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        _blocks.Dispose();
        _undo.Dispose();
    }

    private static DataFiles Find(string path, string prefix, ObfuscationKey key)
    {
        try
        {
            return new DataFiles(path, prefix, key);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChainWatchException($"{path}: cannot be read: {e.Message}", e);
        }
    }
}
