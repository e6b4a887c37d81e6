namespace ChainWatch.Sources;

/// <summary>
/// The one seam to the outside: whatever yields transfers (files, nodes, explorers). A source fetches and never judges.
/// </summary>
public interface ITransferSource
{
    /// <summary>
    /// Sends everything that the query asks for to the sink, in any order, and tells what it rests on: one coverage for
    /// each thing that was read (a file, an endpoint), in the order given.
    /// </summary>
    /// <exception cref="ChainWatchException">The source is malformed: nothing of it may be used.</exception>
    ValueTask<IReadOnlyList<SourceCoverage>> ReadAsync(TransferQuery query, ITransferSink sink, CancellationToken cancellationToken = default);
}

/// <summary>Takes what a source yields.</summary>
public interface ITransferSink
{
    /// <summary>Takes one transfer.</summary>
    /// <exception cref="ChainWatchException">It contradicts what was added before.</exception>
    void Add(in Transfer transfer, RowOrigin origin = default);

    /// <summary>Takes one movement with any number of inputs and outputs.</summary>
    /// <exception cref="ChainWatchException">It contradicts what was added before.</exception>
    void Add(Movement movement, RowOrigin origin = default);

    /// <summary>Takes that an address is known to be a contract: it has code, or made calls.</summary>
    void AddContract(Address contract);
}

/// <summary>Where a transfer was read: for error messages.</summary>
/// <param name="File">The file as the user named it; null where it did not come from a file.</param>
/// <param name="Line">The line, from 1.</param>
public readonly record struct RowOrigin(string? File, int Line)
{
    /// <summary><c>FILE:LINE</c>.</summary>
    public override string ToString() => File is null ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{File}:{Line}");
}
