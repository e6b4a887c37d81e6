using ChainWatch.Sources;

namespace ChainWatch.Bundling;

/// <summary>Transfer files that stand elsewhere now: coverage names them as they were given.</summary>
internal sealed class NamedFiles(ITransferSource files, IReadOnlyList<string> names) : ITransferSource
{
    public async ValueTask<IReadOnlyList<SourceCoverage>> ReadAsync(TransferQuery query, ITransferSink sink, CancellationToken cancellationToken = default) =>
        [.. (await files.ReadAsync(query, sink, cancellationToken).ConfigureAwait(false)).Zip(names, (coverage, name) => coverage with { Name = name })];
}
