using ChainWatch.Graph.Appending;
using ChainWatch.Graph.Files;
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

    /// <summary>
    /// Opens a graph file, <c>.cwg</c>, in milliseconds whatever its size: it is mapped, and every page is checked when it is
    /// first read. What was appended to it is read at once: some 0.3 s for a million transfers. The file may be open elsewhere,
    /// and be appended to, meanwhile: the graph is that of the last commit when it was opened, and does not change.
    /// </summary>
    /// <exception cref="ChainWatchException">The file cannot be read, is none, or has been changed. A page that has been changed may be found later, when it is read; <see cref="Verify"/> finds it at once.</exception>
    public static TransferGraph Open(string path, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return OpenFile(path).Read();
    }

    /// <summary>Reads every byte of a graph file and checks it, and that everything in it is in its order.</summary>
    /// <exception cref="ChainWatchException">The first thing that is not as it was written: file, place, what was expected.</exception>
    public static void Verify(string path, CancellationToken cancellationToken = default) => GraphVerifier.Verify(OpenFile(path), cancellationToken);

    /// <summary>Opens a graph file and tells what it holds. The pages of its columns are not read.</summary>
    /// <exception cref="ChainWatchException">As for <see cref="Open"/>.</exception>
    public static GraphFileInfo Describe(string path) => OpenFile(path).Describe();

    /// <summary>
    /// Opens a graph file, <c>.cwg</c>, to append later blocks to it. One process at a time; any number may read meanwhile. What
    /// a writer left unfinished at its end is cut off.
    /// </summary>
    /// <exception cref="ChainWatchException">As for <see cref="Open"/>; or another process appends to it, or it may not be written.</exception>
    public static GraphAppender OpenForAppend(string path) => GraphAppender.Open(path);

    /// <summary>
    /// Writes the graph as a graph file, <c>.cwg</c>, without an index and in one piece: what was appended is sorted in, and
    /// the same transfers give the same bytes however they were put together. The stream stays open.
    /// </summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public void Save(Stream output) => Save(output, withIndex: false);

    /// <summary>Writes the graph as a graph file, <c>.cwg</c>. The stream stays open.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="withIndex">
    /// Whether the file gets an index: by address the transfers in which it pays and is paid, 8 bytes a transfer and 8 an address
    /// more. Questions from few addresses then look at few transfers. Making it takes as much memory as it has bytes, and 8 bytes
    /// a transfer for as long as it lasts. It changes no answer.
    /// </param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    /// <exception cref="ChainWatchException">Addresses of one chain pay, or are paid, more than 2^31-1 times.</exception>
    public void Save(Stream output, bool withIndex) => Save(output, withIndex, new GraphBuildOptions());

    /// <summary>Reads everything that a source has.</summary>
    /// <exception cref="ChainWatchException">The source is malformed or contradicts itself.</exception>
    public static Task<TransferGraph> ReadAsync(ITransferSource source, CancellationToken cancellationToken = default) =>
        ReadAsync(source, TransferQuery.Everything, cancellationToken);

    /// <summary>Reads what a source has of what is asked for.</summary>
    /// <exception cref="ChainWatchException">The source is malformed, contradicts itself or cannot answer.</exception>
    public static Task<TransferGraph> ReadAsync(ITransferSource source, TransferQuery query, CancellationToken cancellationToken = default) =>
        ReadAsync(source, query, new GraphBuildOptions(), cancellationToken);

    /// <summary>Reads what a source has of what is asked for, with no more memory than is allowed.</summary>
    /// <exception cref="ChainWatchException">The source is malformed, contradicts itself or cannot answer; the disk is full or does not work.</exception>
    public static async Task<TransferGraph> ReadAsync(ITransferSource source, TransferQuery query, GraphBuildOptions options, CancellationToken cancellationToken = default)
    {
        using TransferGraphBuilder builder = new(options, cancellationToken);
        builder.Add(await source.ReadAsync(query, builder, cancellationToken).ConfigureAwait(false));
        return builder.Build();
    }

    /// <summary>The same, taking no more than is allowed for what was appended.</summary>
    internal void Save(Stream output, bool withIndex, GraphBuildOptions options) => GraphFile.Write(Compact(options), output, withIndex);

    /// <summary>The same graph without anything appended: all addresses in canonical order.</summary>
    internal TransferGraph Compact(GraphBuildOptions options)
    {
        if (!Chains.Any(c => c.Columns.HasAppended))
        {
            return this;
        }

        using TransferGraphBuilder builder = new(options);
        foreach (ChainLog log in Chains)
        {
            builder.AddChain(log.Chain);
            log.SendTo(builder);
        }

        return new TransferGraph(builder.Build().Chains, Coverage);
    }

    internal static GraphFile OpenFile(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1);
            return GraphFile.Open(path, file, () => WriterLock.IsTaken(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotOpen(path, "cannot be read", e);
        }
    }

    internal static ChainWatchException CannotOpen(string path, string problem, Exception e) =>
        new($"{path}: {(Directory.Exists(path) ? "is a folder; expected a graph file" : File.Exists(path) ? problem : "there is no such file")}", e);
}
