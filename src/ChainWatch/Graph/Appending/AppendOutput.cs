using ChainWatch.Graph.Files;

namespace ChainWatch.Graph.Appending;

/// <summary>
/// The end of a graph file, behind its last commit. What is written there counts from the next commit on; what comes to
/// nothing is cut off.
/// </summary>
internal sealed class AppendOutput : IDisposable
{
    private readonly string _path;
    private readonly FileStream _file;
    private readonly Stream _output;
    private readonly bool _isDurable;
    private long _end;
    private uint _before;

    /// <param name="path">The file, for messages.</param>
    /// <param name="file">It, open for writing.</param>
    /// <param name="options">How it is written.</param>
    public AppendOutput(string path, FileStream file, AppendOptions options)
    {
        (_path, _file, _isDurable) = (path, file, options.IsDurable);
        _output = options.Wrap?.Invoke(file) ?? file;
    }

    /// <summary>How many parts there are up to the last commit.</summary>
    public long Sequence { get; private set; }

    /// <summary>Opens the file's parts, and cuts off what is behind the last commit.</summary>
    /// <exception cref="ChainWatchException">It is no graph file; or finished parts stand behind damaged ones.</exception>
    public GraphFile Load()
    {
        GraphFile graph = GraphFile.Open(_path, _file, () => false);
        if (graph.Unfinished > 0)
        {
            RequireUnfinished(graph);
        }

        (_end, _before, Sequence) = (graph.Committed, graph.TrailerChecksum, graph.Parts.Count);
        Cut();
        return graph;
    }

    /// <summary>Writes parts and the commit that makes them count.</summary>
    /// <exception cref="ChainWatchException">They cannot be written: the file is as it was.</exception>
    public void Write(IReadOnlyList<PartWriter> parts, PartWriter commit)
    {
        try
        {
            uint before = _before;
            long sequence = Sequence;
            _file.Position = _end;
            foreach (PartWriter part in parts)
            {
                before = part.WriteTo(_output, sequence++, before);
            }

            // The commit must not be on the disk before what it makes count.
            Flush();
            before = commit.WriteTo(_output, sequence++, before);
            Flush();
            (_end, _before, Sequence) = (_file.Position, before, sequence);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            try
            {
                Cut();
            }
            catch (ChainWatchException)
            {
                // What is left there does not count, and goes when the file is opened to append again.
            }

            throw new ChainWatchException($"{_path}: cannot be appended to: the disk is full or the file may not be written; what it held before is as it was", e);
        }
    }

    public void Dispose() => _file.Dispose();

    // Behind what a stopped writer left there is nothing. Finished parts there mean that one before them was damaged.
    private void RequireUnfinished(GraphFile graph)
    {
        HandleBytes bytes = new(_file.SafeFileHandle);
        for (long offset = graph.Committed; offset < bytes.Length; offset += PartLayout.Alignment)
        {
            if (PartFrame.Find(bytes, offset, null, null) is { Kind: PartKind.Commit } commit)
            {
                throw new ChainWatchException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{_path}: bytes {graph.Committed} to {commit.Offset - 1} were changed after they were written, and finished parts stand behind them, which appending would cut off; expected the file as it was written"));
            }
        }
    }

    private void Cut()
    {
        try
        {
            if (_file.Length > _end)
            {
                _file.SetLength(_end);
                Flush();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChainWatchException($"{_path}: what a writer left unfinished at its end cannot be cut off", e);
        }
    }

    private void Flush()
    {
        _output.Flush();
        if (_isDurable)
        {
            _file.Flush(flushToDisk: true);
        }
    }
}

/// <summary>How a graph file is appended to.</summary>
internal sealed record AppendOptions
{
    /// <summary>Whether to wait until what was written is on the disk: else a loss of power may lose what was committed.</summary>
    public bool IsDurable { get; init; } = true;

    /// <summary>What stands between the writer and the file; null: nothing. For tests of disks that fail.</summary>
    public Func<FileStream, Stream>? Wrap { get; init; }
}
