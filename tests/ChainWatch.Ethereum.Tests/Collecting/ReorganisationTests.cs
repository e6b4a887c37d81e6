using ChainWatch.Collecting;
using ChainWatch.Ethereum.Tests.Source;
using ChainWatch.Sources;
using ChainWatch.TestNodes;
using ChainWatch.TestNodes.Ronin;
using ChainWatch.Tracing;

namespace ChainWatch.Ethereum.Tests.Collecting;

/// <summary>A real node's chain is reorganised while it is read, and afterwards.</summary>
public sealed class ReorganisationTests
{
    [SkippableTheory]
    [InlineData(CollectWay.Blocks, 2)]
    [InlineData(CollectWay.Blocks, 40)]
    [InlineData(CollectWay.Addresses, 2)]
    [InlineData(CollectWay.Addresses, 12)]
    public async Task WhileItIsRead_TheAnswerIsOfTheNewChain(CollectWay way, int atRequest)
    {
        await using RoninReenactment play = await RoninReenactment.StartAsync();
        using RoninCase ronin = new(play);
        using NodeSource node = new(play.Node.Endpoint, new EthereumSourceOptions { BlocksPerQuery = 16, BlocksAhead = 2 });
        await node.Source.ProbeAsync();
        ReorganisingSource source = new(node.Source, atRequest, () => play.Node.ReorgAsync(60));
        TraceResult result = await RoninCase.AnswerAsync(source, way, ronin.Ask());

        source.HasReorganised.ShouldBeTrue();
        result.Coverage.Gaps.Where(g => g.Kind != GapKind.StopNotFetched).ShouldBeEmpty();
        RoninCase.Hops(result).ShouldBe(await FreshAsync(play, ronin, way));
        RoninCase.Hops(result).ShouldNotBe(RoninCase.Hops(play.ExpectedHops), "sixty blocks are gone");
    }

    [SkippableTheory]
    [InlineData(CollectWay.Blocks)]
    [InlineData(CollectWay.Addresses)]
    public async Task Afterwards_TheStateGivesUpWhatIsGone(CollectWay way)
    {
        await using RoninReenactment play = await RoninReenactment.StartAsync();
        using RoninCase ronin = new(play);
        using (NodeSource node = new(play.Node.Endpoint))
        {
            RoninCase.Hops(await RoninCase.AnswerAsync(node.Source, way, ronin.Ask(), ronin["state"])).ShouldBe(RoninCase.Hops(play.ExpectedHops));
        }

        await play.Node.ReorgAsync(60);
        using NodeSource again = new(play.Node.Endpoint);
        TraceResult result = await RoninCase.AnswerAsync(again.Source, way, ronin.Ask(), ronin["state"]);

        RoninCase.Hops(result).ShouldBe(await FreshAsync(play, ronin, way));
    }

    private static async Task<string> FreshAsync(RoninReenactment play, RoninCase ronin, CollectWay way)
    {
        using NodeSource fresh = new(play.Node.Endpoint);
        return RoninCase.Hops(await RoninCase.AnswerAsync(fresh.Source, way, ronin.Ask()));
    }

    // Lets the chain be reorganised while a query is under way: after so many transfers have come.
    private sealed class ReorganisingSource(EthereumTransferSource inner, int afterTransfers, Func<Task> reorganise) : IChainSource
    {
        private int _transfers;

        public bool HasReorganised { get; private set; }

        public long RequestCount => inner.RequestCount;

        public long BytesReceived => inner.BytesReceived;

        public Task<SourceProfile> ProbeAsync(CancellationToken cancellationToken = default) => inner.ProbeAsync(cancellationToken);

        public Task<BlockRef> FindHeadAsync(CancellationToken cancellationToken = default) => inner.FindHeadAsync(cancellationToken);

        public Task<BlockRef?> FindBlockAsync(long height, CancellationToken cancellationToken = default) => inner.FindBlockAsync(height, cancellationToken);

        public ValueTask<IReadOnlyList<SourceCoverage>> ReadAsync(TransferQuery query, ITransferSink sink, CancellationToken cancellationToken = default) =>
            inner.ReadAsync(query, new Counting(sink, this), cancellationToken);

        private sealed class Counting(ITransferSink sink, ReorganisingSource source) : ITransferSink
        {
            public void Add(in Transfer transfer, RowOrigin origin = default)
            {
                if (!source.HasReorganised && ++source._transfers >= source._after)
                {
                    source.HasReorganised = true;
                    Task.Run(source._reorganise).GetAwaiter().GetResult();
                }

                sink.Add(transfer, origin);
            }

            public void Add(Movement movement, RowOrigin origin = default) => sink.Add(movement, origin);

            public void AddContract(Address contract) => sink.AddContract(contract);
        }

        private readonly int _after = afterTransfers;
        private readonly Func<Task> _reorganise = reorganise;
    }
}
