using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Sources;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Tracing;

/// <summary>The eight listed addresses of the Ronin theft (samples/data/ronin-2022.csv). The figures were counted from the file's rows by another program.</summary>
public class RoninTests
{
    private static readonly Asset Ether = Asset.Native(Chain.Ethereum);

    [Fact]
    public async Task Received_FiftyFourOneHopAway_ZeroValuesNotFollowed()
    {
        TraceResult result = await Trace(Direction.Received, minimum: false);

        result.Exposures.CountBy(e => e.Hops).ShouldBe([new(0, 8), new(1, 54)]);
        result.NotFollowed.ShouldBe([new NotFollowedCount(Ether, NotFollowedReason.ZeroValue, 125)]);
    }

    [Fact]
    public async Task Received_WithAMinimum_TheSameFiftyFour_AndDustCounted()
    {
        TraceResult result = await Trace(Direction.Received, minimum: true);

        result.Exposures.CountBy(e => e.Hops).ShouldBe([new(0, 8), new(1, 54)]);
        result.Exposures.ShouldAllBe(e => !e.IsDust);
        result.NotFollowed.ShouldBe([new(Ether, NotFollowedReason.ZeroValue, 125), new(Ether, NotFollowedReason.Dust, 233)]);
    }

    [Fact]
    public async Task Sent_DustToADesignatedAddress_IsAFindingAtAnyAmount()
    {
        TraceResult result = await Trace(Direction.Sent, minimum: true);

        result.Exposures.CountBy(e => e.Hops).ShouldBe([new(0, 8), new(1, 154)]);
        result.Exposures.Count(e => e.IsDust).ShouldBe(147);
        result.Exposures.Where(e => e.IsDust).ShouldAllBe(e => e.Hops == 1 && e.StopReason == "dust");
        result.NotFollowed.ShouldBe([new(Ether, NotFollowedReason.ZeroValue, 125), new(Ether, NotFollowedReason.Dust, 233)]);
    }

    private static async Task<TraceResult> Trace(Direction direction, bool minimum)
    {
        ListSet lists = ListSet.Embedded;
        TransferGraph graph = await TransferGraph.ReadAsync(new TransferFileSource([Path.Combine(TestData.Repository, "samples", "data", "ronin-2022.csv")], declaredComplete: true));
        return Tracer.Trace(graph, new TraceRequest
        {
            From = [lists["ofac-sdn"].Entity("Lazarus Group")],
            MaxHops = 1,
            Direction = direction,
            MinValues = minimum ? new Dictionary<Asset, Amount> { [Ether] = Amount.From(10_000_000_000_000_000) } : [],
            Lists = lists,
        });
    }
}
