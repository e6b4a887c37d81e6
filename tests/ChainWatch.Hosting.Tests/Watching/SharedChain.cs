using ChainWatch.Sources;
using ChainWatch.Tests.Watching;

namespace ChainWatch.Hosting.Tests.Watching;

/// <summary>A chain in memory that a test changes while a watch reads it, and whose node can be down.</summary>
internal sealed class SharedChain(ScriptedChain chain) : IChainSource
{
    private readonly Lock _lock = new();
    private long _requests;

    /// <summary>What it says instead of answering; null: it answers.</summary>
    public string? Problem { get; set; }

    /// <inheritdoc/>
    public long RequestCount => Interlocked.Read(ref _requests);

    /// <inheritdoc/>
    public long BytesReceived => 0;

    public void Mine(params Transfer[] transfers) => Ask(() =>
    {
        chain.Mine(transfers);
        return true;
    });

    /// <inheritdoc/>
    public Task<SourceProfile> ProbeAsync(CancellationToken cancellationToken = default) => Answer(() => chain.ProbeAsync(cancellationToken));

    /// <inheritdoc/>
    public Task<BlockRef> FindHeadAsync(CancellationToken cancellationToken = default) => Answer(() => chain.FindHeadAsync(cancellationToken));

    /// <inheritdoc/>
    public Task<BlockRef?> FindBlockAsync(long height, CancellationToken cancellationToken = default) => Answer(() => chain.FindBlockAsync(height, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SourceCoverage>> ReadAsync(TransferQuery query, ITransferSink sink, CancellationToken cancellationToken = default) =>
        Answer(() => chain.ReadAsync(query, sink, cancellationToken));

    private T Answer<T>(Func<T> answer)
    {
        Interlocked.Increment(ref _requests);
        return Problem is string problem ? throw new ChainWatchException(problem) : Ask(answer);
    }

    private T Ask<T>(Func<T> answer)
    {
        lock (_lock)
        {
            return answer();
        }
    }
}
