using ChainWatch.Sources;

namespace ChainWatch.Bundling;

/// <summary>Transfer files that stand elsewhere now: coverage and rows name them as they were given.</summary>
/// <param name="files">The source that reads them.</param>
/// <param name="paths">Where they stand.</param>
/// <param name="names">What they were given as.</param>
internal sealed class NamedFiles(ITransferSource files, IReadOnlyList<string> paths, IReadOnlyList<string> names) : ITransferSource
{
    public async ValueTask<IReadOnlyList<SourceCoverage>> ReadAsync(TransferQuery query, ITransferSink sink, CancellationToken cancellationToken = default)
    {
        NamingSink named = new(sink, paths.Zip(names).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal));
        return [.. (await files.ReadAsync(query, named, cancellationToken).ConfigureAwait(false)).Zip(names, (coverage, name) => coverage with { Name = name })];
    }

    private sealed class NamingSink(ITransferSink inner, Dictionary<string, string> names) : ITransferSink
    {
        public void Add(in Transfer transfer, RowOrigin origin = default) => inner.Add(transfer, Named(origin));

        public void Add(Movement movement, RowOrigin origin = default) => inner.Add(movement, Named(origin));

        public void AddContract(Address contract) => inner.AddContract(contract);

        private RowOrigin Named(RowOrigin origin) => origin.File is string file && names.TryGetValue(file, out string? name) ? origin with { File = name } : origin;
    }
}
