using System.Globalization;
using ChainWatch.Bitcoin.Files;

namespace ChainWatch.Bitcoin.Proofs;

/// <summary>The blocks of a Bitcoin Core node's <c>blocks</c> folder, of the branch with the most work.</summary>
public sealed class RawBlockFiles : IRawBlocks, IDisposable
{
    private readonly BlockFolder _files;
    private byte[] _buffer = [];

    private RawBlockFiles(BlockFolder files) => _files = files;

    /// <summary>Opens a folder: the head of every block is read.</summary>
    /// <exception cref="ChainWatchException">It is none, or holds no block.</exception>
    public static RawBlockFiles Open(string folder, CancellationToken cancellationToken = default) => new(BlockFolder.Open(folder, cancellationToken));

    /// <inheritdoc/>
    public Task<byte[]> ReadBlockAsync(long height, CancellationToken cancellationToken = default) => Task.FromResult(_files.ReadBlock(Find(height), ref _buffer).ToArray());

    /// <inheritdoc/>
    public Task<byte[]> ReadHeaderAsync(long height, CancellationToken cancellationToken = default) => Task.FromResult(_files.ReadHeader(Find(height)));

    /// <inheritdoc/>
    public void Dispose() => _files.Dispose();

    private BlockLocation Find(long height) => height >= _files.Index.FirstHeight && height <= _files.Index.LastHeight
        ? _files.Index[(int)(height - _files.Index.FirstHeight)]
        : throw new ChainWatchException(string.Create(CultureInfo.InvariantCulture, $"{_files.Path}: holds no block {height}"));
}
