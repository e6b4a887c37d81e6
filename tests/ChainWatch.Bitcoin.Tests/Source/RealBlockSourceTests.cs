using ChainWatch.Bitcoin.Decoding;
using ChainWatch.Sources;

namespace ChainWatch.Bitcoin.Tests.Source;

/// <summary>Block 413567 of mainnet, served as a node without prevouts and without an index would.</summary>
public sealed class RealBlockSourceTests
{
    [SkippableFact]
    public async Task ARealBlock_IsReadWhole()
    {
        // The file has bytes behind the block, which a node does not send.
        byte[] file = RealBlocks.Read("block413567.raw");
        StandInBlock block = new(413567, file[..new TransactionHasher().Verify(file)], null);
        await using CoreStandIn core = new(block) { Genesis = CoreStandIn.MainnetGenesis, HasIndex = false };
        using NodeSource node = new(core.Endpoint);
        SourceProfile profile = await node.Source.ProbeAsync();
        (Kept kept, SourceCoverage coverage) = await Kept.OfAsync(node.Source, 413567, 413567);

        profile.Chain.ShouldBe(Chain.Bitcoin);
        profile.Capabilities.ShouldBe(["getblock-0"], "the stand-in knows no prevouts of this block");
        coverage.Gaps.ShouldBeEmpty();
        coverage.Windows.Single().LastHash.ShouldBe(block.Hash);
        kept.Movements.Count.ShouldBe(1557);
        kept.Movements.Sum(m => m.Inputs.Count).ShouldBe(4887 - 1, "all but the coinbase's");
        kept.Movements.SelectMany(m => m.Inputs).ShouldContain(i => !i.IsUnknown, "some spend outputs of the same block");
        kept.Movements.Select(m => m.Tx).Distinct().Count().ShouldBe(1557);
    }
}
