using ChainWatch.Sources;

namespace ChainWatch.Graph;

/// <summary>Transfers in chain order, frozen: one log per chain, and what they rest on. Made by <see cref="TransferGraphBuilder"/>.</summary>
public sealed class TransferGraph
{
    internal TransferGraph(IReadOnlyList<ChainLog> chains, Coverage coverage)
    {
        Chains = chains;
        Coverage = coverage;
    }

    /// <summary>The chains' logs, in order of their names.</summary>
    public IReadOnlyList<ChainLog> Chains { get; }

    /// <summary>What the graph rests on.</summary>
    public Coverage Coverage { get; }

    /// <summary>Reads a graph file, <c>.cwg</c>, whole; every byte is checked against its SHA-256.</summary>
    /// <exception cref="ChainWatchException">The file cannot be read, is none, or has been changed.</exception>
    public static TransferGraph Open(string path, CancellationToken cancellationToken = default)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            return GraphFile.Read(path, file, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChainWatchException($"{path}: {(Directory.Exists(path) ? "is a folder; expected a graph file" : File.Exists(path) ? "cannot be read" : "there is no such file")}", e);
        }
    }

    /// <summary>Writes the graph as a graph file, <c>.cwg</c>. The stream stays open.</summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public void Save(Stream output) => GraphFile.Write(this, output);

    /// <summary>Reads everything that a source has.</summary>
    /// <exception cref="ChainWatchException">The source is malformed or contradicts itself.</exception>
    public static Task<TransferGraph> ReadAsync(ITransferSource source, CancellationToken cancellationToken = default) =>
        ReadAsync(source, TransferQuery.Everything, cancellationToken);

    /// <summary>Reads what a source has of what is asked for.</summary>
    /// <exception cref="ChainWatchException">The source is malformed, contradicts itself or cannot answer.</exception>
    public static async Task<TransferGraph> ReadAsync(ITransferSource source, TransferQuery query, CancellationToken cancellationToken = default)
    {
        TransferGraphBuilder builder = new();
        builder.Add(await source.ReadAsync(query, builder, cancellationToken).ConfigureAwait(false));
        return builder.Build();
    }
}
