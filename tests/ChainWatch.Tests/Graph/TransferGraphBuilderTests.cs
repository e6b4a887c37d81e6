using ChainWatch.Graph;
using ChainWatch.Sources;

namespace ChainWatch.Tests.Graph;

public class TransferGraphBuilderTests
{
    private static readonly Address A = Address.Parse("0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    private static readonly Address B = Address.Parse("0xbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb");
    private static readonly TxId One = TxId.Parse(new string('1', 64));
    private static readonly TxId Two = TxId.Parse(new string('2', 64));

    [Fact]
    public void Build_SortsByPosition_AndNumbersAddressesCanonically()
    {
        TransferGraphBuilder builder = new();
        builder.Add(Row(9, 0, B, A));
        builder.Add(Row(3, 1, A, B));
        builder.Add(Row(3, 0, A, B));
        ChainLog log = builder.Build().Chains.ShouldHaveSingleItem();
        log.Blocks.Select(b => b.Height).ShouldBe([3, 9]);
        log.Blocks[0].GroupCount.ShouldBe(2);
        log.Addresses.ShouldBe([A, B]);
        log.MovementCount.ShouldBe(3);
    }

    [Fact]
    public void TwoTransactionsAtOnePosition_AreRefused_NamingFileAndLine()
    {
        TransferGraphBuilder builder = new();
        builder.Add(Row(3, 1, A, B, One), new RowOrigin("a.csv", 2));
        builder.Add(Row(3, 1, B, A, Two), new RowOrigin("b.csv", 7));
        Should.Throw<ChainWatchException>(builder.Build).Message.ShouldBe(
            $"b.csv:7: position: two transactions stand at ethereum block 3 position 1, 0x{One} and 0x{Two}; expected one");
    }

    [Fact]
    public void OneTransactionAtTwoPositions_IsRefused()
    {
        TransferGraphBuilder builder = new();
        builder.Add(Row(3, 1, A, B, One), new RowOrigin("a.csv", 2));
        builder.Add(Row(4, 0, A, B, One), new RowOrigin("a.csv", 3));
        Should.Throw<ChainWatchException>(builder.Build).Message.ShouldBe($"a.csv:3: tx: 0x{One} stands at two positions, block 3 and block 4; expected one");
    }

    [Fact]
    public void RowsOfFiles_ThatAreTheSame_CountOnce_AndAreReported()
    {
        TransferGraphBuilder builder = new();
        builder.Add(Row(3, 1, A, B, One), new RowOrigin("a.csv", 2));
        builder.Add(Row(3, 1, A, B, One), new RowOrigin("b.csv", 2));
        builder.Add(Row(3, 1, A, B, One, 6), new RowOrigin("b.csv", 3));
        builder.Add([new SourceCoverage { Name = "a.csv", Kind = "test" }, new SourceCoverage { Name = "b.csv", Kind = "test" }]);
        TransferGraph graph = builder.Build();
        graph.Chains[0].MovementCount.ShouldBe(2);
        graph.Coverage.Sources.Sum(s => s.DuplicateRows).ShouldBe(1);
    }

    [Fact]
    public void EqualTransfersOfANode_AreTwoTransfers()
    {
        TransferGraphBuilder builder = new();
        builder.Add(Row(3, 1, A, B, One));
        builder.Add(Row(3, 1, A, B, One));
        builder.Build().Chains[0].MovementCount.ShouldBe(2);
    }

    [Fact]
    public void TransferAcrossChains_IsRefused()
    {
        TransferGraphBuilder builder = new();
        Chain polygon = Chain.Evm(137);
        Should.Throw<ChainWatchException>(() => builder.Add(new Transfer(new ChainPosition(polygon, 1, 0), A, B, Asset.Native(polygon), Amount.From(1)), new RowOrigin("a.csv", 5)))
            .Message.ShouldBe("a.csv:5: a transfer at a position of polygon has addresses or an asset of another chain");
    }

    [Fact]
    public void BlockTime_IsTheEarliestThatASourceTells()
    {
        TransferGraphBuilder builder = new();
        DateTimeOffset noon = new(2022, 3, 23, 12, 0, 0, TimeSpan.Zero);
        builder.Add(Row(3, 1, A, B));
        builder.Add(Row(3, 2, A, B) with { Time = noon.AddSeconds(1) });
        builder.Add(Row(3, 3, A, B) with { Time = noon });
        builder.Build().Chains[0].Blocks[0].Time.ShouldBe(noon);
    }

    [Fact]
    public void OutputsThatAddUpBeyond256Bits_AreRefused()
    {
        TransferGraphBuilder builder = new();
        builder.Add(new Movement
        {
            Position = new ChainPosition(Chain.Ethereum, 1, 0),
            Asset = Asset.Native(Chain.Ethereum),
            Inputs = [new MovementInput(A, Amount.MaxValue), new MovementInput(A, Amount.MaxValue)],
            Outputs = [new MovementOutput(B, Amount.MaxValue), new MovementOutput(B, Amount.MaxValue)],
        });
        Should.Throw<ChainWatchException>(builder.Build).Message.ShouldBe("ethereum 1/0: value: the outputs to one address add up to more than 2^256-1");
    }

    private static Transfer Row(long block, int index, Address from, Address to, TxId? tx = null, ulong value = 5) =>
        new(new ChainPosition(Chain.Ethereum, block, index), from, to, Asset.Native(Chain.Ethereum), Amount.From(value), tx);
}
