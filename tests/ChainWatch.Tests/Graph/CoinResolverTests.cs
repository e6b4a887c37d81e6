using ChainWatch.Graph;
using ChainWatch.Sources;
using ChainWatch.Tests.Heuristics;
using ChainWatch.Tests.Tracing.Coins;

namespace ChainWatch.Tests.Graph;

public class CoinResolverTests
{
    private static readonly Address A = Spends.At('A');
    private static readonly Address B = Spends.At('B');
    private static readonly OutPoint First = new(CoinStory.TxOf(0), 0);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void UnknownOwner_IsThatOfTheOutputAtHand_InAnyOrderOfAdding(bool spenderFirst)
    {
        Movement[] movements = [Maker(), Spender(new MovementInput(null, Amount.Zero, First))];
        TransferGraph graph = Build(spenderFirst ? [.. movements.Reverse()] : movements);

        InputOf(graph).ShouldBe(new MovementInput(A, Amount.From(70), First));
        graph.Coverage.Gaps.ShouldBeEmpty();
    }

    [Fact]
    public void OutputWithoutAddress_IsKnown_AndNoGap()
    {
        TransferGraph graph = Build(Maker(owner: null), Spender(new MovementInput(null, Amount.Zero, First)));

        InputOf(graph).ShouldBe(new MovementInput(null, Amount.From(70), First, IsWithoutAddress: true));
        graph.Coverage.Gaps.ShouldBeEmpty();
    }

    [Fact]
    public void OutputNotAtHand_StaysAGap_WithItsCount()
    {
        TransferGraph graph = Build(
            Maker(),
            Spender(
                new MovementInput(null, Amount.Zero, First),
                new MovementInput(null, Amount.Zero, First with { Index = 2 }),
                new MovementInput(null, Amount.Zero, new OutPoint(CoinStory.TxOf(7), 0)),
                new MovementInput(null, Amount.Zero, null)));

        graph.Coverage.Gaps.ShouldBe([new CoverageGap(GapKind.UnknownInputOwner, "bitcoin: inputs whose owner is not known", 3)]);
    }

    [Fact]
    public void NoOutPointsAtAll_CountsTheUnknown() =>
        Build(Spender(new MovementInput(null, Amount.Zero))).Coverage.Gaps.ShouldHaveSingleItem().Count.ShouldBe(1);

    [Fact]
    public void OutputsOfWhichSomeTellNoOutPoint_AreFoundAllTheSame()
    {
        // Rows of a file may lack it, and those sort first.
        Movement maker = Maker() with { Outputs = [new MovementOutput(B, Amount.From(5)), new MovementOutput(A, Amount.From(70), First)] };
        TransferGraph graph = Build(maker, Spender(new MovementInput(null, Amount.Zero, First)));

        InputOf(graph).Owner.ShouldBe(A);
        graph.Chains[0].Coins.AreKnown.ShouldBeTrue();
        graph.Chains[0].Coins.SpentBy(1, 0).ShouldBe(graph.Chains[0].Coins.MadeBy(0, 1));
    }

    [Theory]
    [InlineData('B', 70UL, "70 of {B}", "70 to {A}")]
    [InlineData('A', 69UL, "69 of {A}", "70 to {A}")]
    [InlineData('!', 70UL, "70 of nobody's address", "70 to {A}")]
    public void ToldOtherwise_IsAnErrorOfOneLine(char told, ulong value, string found, string expected)
    {
        MovementInput input = new(told == '!' ? null : Spends.At(told), Amount.From(value), First, told == '!');
        string message = Should.Throw<ChainWatchException>(() => Build(Maker(), Spender(input))).Message;

        string Named(string text) => text.Replace("{A}", A.ToString(), StringComparison.Ordinal).Replace("{B}", B.ToString(), StringComparison.Ordinal);
        message.ShouldBe($"bitcoin 101/0: the input that spends {First} is told to be {Named(found)}, and that output is {Named(expected)}; expected the same");
    }

    [Fact]
    public void ToldOwnerOfAnOutputWithoutAddress_IsAnErrorOfOneLine() =>
        Should.Throw<ChainWatchException>(() => Build(Maker(owner: null), Spender(new MovementInput(A, Amount.From(70), First)))).Message
            .ShouldEndWith($"is told to be 70 of {A}, and that output is 70 to nobody's address; expected the same");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void CoinbaseThatOccursTwice_IsTwoMovements_AndItsOutputIsKnown(bool reversed)
    {
        // BIP 30: blocks 91722 and 91880 have the same coinbase transaction.
        Movement first = Maker() with { Inputs = [], Position = new ChainPosition(Chain.Bitcoin, 91722, 0) };
        Movement[] movements = [first, first with { Position = first.Position with { Block = 91880 } }, Spender(new MovementInput(null, Amount.Zero, First)) with { Position = new ChainPosition(Chain.Bitcoin, 91900, 1) }];
        TransferGraph graph = Build(reversed ? [.. movements.Reverse()] : movements);

        graph.Chains[0].MovementCount.ShouldBe(3);
        graph.Chains[0].MultiAt(2).Movement.Inputs[0].Owner.ShouldBe(A);
        graph.Coverage.Gaps.ShouldBeEmpty();
    }

    [Fact]
    public async Task TransferFile_WithUnknownOwnersAndOutputsWithoutAddress_IsWrittenAsItWasRead()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        TransferGraph graph = Sample();
        byte[] written = Transfers(graph);
        string text = System.Text.Encoding.UTF8.GetString(written);
        text.ShouldContain(",?,,native,");
        text.ShouldContain(",!,,native,");
        text.ShouldContain(",,!,native,");
        TransferGraph again = await TransferGraph.ReadAsync(new TransferFileSource([folder.Write("t.csv", written)], declaredComplete: true));

        Transfers(again).ShouldBe(written);
        again.Coverage.Gaps.ShouldBe(graph.Coverage.Gaps);
        Multis(again).Select(m => m.Movement.Inputs.Count(i => i.IsWithoutAddress)).ShouldBe([0, 2, 0]);
    }

    [Fact]
    public void GraphFile_KeepsWhatHasNoAddress()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        TransferGraph graph = Sample();
        using MemoryStream stream = new();
        graph.Save(stream);
        TransferGraph opened = TransferGraph.Open(folder.Write("g.cwg", stream.ToArray()));

        Transfers(opened).ShouldBe(Transfers(graph));
        opened.Coverage.Gaps.ShouldBe(graph.Coverage.Gaps);
        Multis(opened).Zip(Multis(graph)).All(p => p.First.Movement.Inputs.SequenceEqual(p.Second.Movement.Inputs)).ShouldBeTrue();
    }

    [Fact]
    public void RandomChains_WhatIsLeftOpenIsFoundAgain()
    {
        for (int number = 0; number < CaseCount.CoinChains; number++)
        {
            CoinCase c = new(number, coinJoins: number % 2 == 0);
            TransferGraph told = c.Graph();
            TransferGraph whole = c.Graph(c.Movements);

            Transfers(told).ShouldBe(Transfers(whole), $"case {number}");
            told.Coverage.Gaps.Sum(g => g.Count).ShouldBe(c.Movements.Sum(m => m.Inputs.LongCount(i => i.IsUnknown)), $"case {number}");
        }
    }

    // Two spent outputs without an address, one of them not at hand; an input of nobody known.
    private static TransferGraph Sample() => Build(
        Maker(owner: null),
        Spender(
            new MovementInput(null, Amount.Zero, First),
            new MovementInput(null, Amount.From(8), new OutPoint(CoinStory.TxOf(9), 1), IsWithoutAddress: true),
            new MovementInput(null, Amount.Zero, new OutPoint(CoinStory.TxOf(9), 2))),
        Maker() with { Position = new ChainPosition(Chain.Bitcoin, 102, 3), Tx = CoinStory.TxOf(3), Outputs = [new MovementOutput(B, Amount.From(1), new OutPoint(CoinStory.TxOf(3), 0))] });

    private static Movement Maker() => Maker(A);

    private static Movement Maker(Address? owner) => new()
    {
        Position = new ChainPosition(Chain.Bitcoin, 100, 0),
        Asset = CoinCase.Bitcoin,
        Tx = First.Tx,
        Inputs = [new MovementInput(B, Amount.From(100), new OutPoint(CoinStory.TxOf(99), 0))],
        Outputs = [new MovementOutput(owner, Amount.From(70), First), new MovementOutput(B, Amount.From(20), First with { Index = 1 })],
    };

    private static Movement Spender(params MovementInput[] inputs) => new()
    {
        Position = new ChainPosition(Chain.Bitcoin, 101, 0),
        Asset = CoinCase.Bitcoin,
        Tx = CoinStory.TxOf(1),
        Inputs = inputs,
        Outputs = [new MovementOutput(B, Amount.From(60), new OutPoint(CoinStory.TxOf(1), 0))],
    };

    private static IEnumerable<MultiMovement> Multis(TransferGraph graph) => Enumerable.Range(0, graph.Chains[0].MultiCount).Select(graph.Chains[0].MultiAt);

    private static MovementInput InputOf(TransferGraph graph) => graph.Chains.Single().MultiAt(1).Movement.Inputs.Single();

    private static TransferGraph Build(params Movement[] movements)
    {
        TransferGraphBuilder builder = new();
        Array.ForEach(movements, m => builder.Add(m));
        return builder.Build();
    }

    private static byte[] Transfers(TransferGraph graph)
    {
        using MemoryStream stream = new();
        graph.Chains.Single().WriteTransfers(stream);
        return stream.ToArray();
    }
}
