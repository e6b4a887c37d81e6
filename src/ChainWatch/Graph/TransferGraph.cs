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

    /// <summary>Reads everything that a source has.</summary>
    /// <exception cref="ChainWatchException">The source is malformed or contradicts itself.</exception>
    public static async Task<TransferGraph> ReadAsync(ITransferSource source, CancellationToken cancellationToken = default)
    {
        TransferGraphBuilder builder = new();
        builder.Add(await source.ReadAsync(TransferQuery.Everything, builder, cancellationToken).ConfigureAwait(false));
        return builder.Build();
    }
}
