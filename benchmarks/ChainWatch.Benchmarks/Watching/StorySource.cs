using ChainWatch.Benchmarks.Appending;
using ChainWatch.Sources;

namespace ChainWatch.Benchmarks.Watching;

/// <summary>An endpoint in memory that serves a story's blocks, and answers at once: what is left is the watcher's own time.</summary>
internal sealed class StorySource(BlockStory story, long head) : IChainSource
{
    public long Head { get; set; } = head;

    public long RequestCount { get; private set; }

    public long BytesReceived => 0;

    public Task<SourceProfile> ProbeAsync(CancellationToken cancellationToken = default) => Task.FromResult(new SourceProfile
    {
        Chain = Chain.Ethereum,
        Name = "story",
        Kind = "test",
        AskedAt = DateTimeOffset.UnixEpoch,
        Head = BlockAt(Head),
        FinalizedBlock = 0,
        FirstBlock = 0,
        ByBlocks = new SourceWay { BlocksPerQuery = 64, RequestsPerUnit = 1, Kinds = ["coin", "token"] },
    });

    public Task<BlockRef> FindHeadAsync(CancellationToken cancellationToken = default)
    {
        RequestCount++;
        return Task.FromResult(BlockAt(Head));
    }

    public Task<BlockRef?> FindBlockAsync(long height, CancellationToken cancellationToken = default)
    {
        RequestCount++;
        return Task.FromResult(height <= Head ? BlockAt(height) : null);
    }

    public ValueTask<IReadOnlyList<SourceCoverage>> ReadAsync(TransferQuery query, ITransferSink sink, CancellationToken cancellationToken = default)
    {
        RequestCount++;
        (long first, long last) = (query.Blocks!.Value.First, query.Blocks.Value.Last);
        for (long block = first; block <= last; block++)
        {
            story.Send(sink, block);
        }

        SourceCoverage coverage = BlockStory.Source(first) with { Windows = [new ReadWindow(Chain.Ethereum, first, last, BlockAt(first).ParentHash, BlockAt(last).Hash)] };
        return ValueTask.FromResult<IReadOnlyList<SourceCoverage>>([coverage]);
    }

    private static BlockRef BlockAt(long height) => new(height, $"block {height}", $"block {height - 1}", DateTimeOffset.UnixEpoch.AddSeconds(12 * height));
}
