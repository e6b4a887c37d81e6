using ChainWatch.Graph.Building;

namespace ChainWatch.Tests.Graph.Building;

public class BatchPipeTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(9)]
    public void Stages_TakeAllBatches_InOrder_OneAtATime(int threads)
    {
        const int batches = 500;
        List<int>[] taken = [[], [], [], []];
        int[] atWork = new int[4];
        BatchStage first = Stage(0);
        using BatchPipe pipe = new(NewBatch, threads, [first, Stage(1), Stage(2), Stage(3, first)]);
        TransferBatch batch = NewBatch();
        for (int number = 0; number < batches; number++)
        {
            batch.Count.ShouldBe(0);
            Fill(batch, number);
            batch = pipe.Exchange(batch);
        }

        pipe.Finish();
        taken.ShouldAllBe(t => t.SequenceEqual(Enumerable.Range(0, batches)));

        BatchStage Stage(int stage, BatchStage? after = null) => new(batch =>
        {
            Interlocked.Increment(ref atWork[stage]).ShouldBe(1);
            int number = batch.Lines[0];
            if (after is not null)
            {
                batch.PayerNumbers[0].ShouldBe(number);
            }
            else if (stage == 0)
            {
                batch.PayerNumbers[0] = number;
            }

            taken[stage].Add(number);
            Interlocked.Decrement(ref atWork[stage]);
        }, after);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Failure_OfAnyStage_IsThatOfWhoHandsOver(int failing)
    {
        BatchStage first = Stage(0);
        BatchStage[] stages = [first, Stage(1), Stage(2, first)];
        using BatchPipe pipe = new(NewBatch, 2, stages);
        Should.Throw<ChainWatchException>(() =>
        {
            TransferBatch batch = NewBatch();
            for (int number = 0; number < 1000; number++)
            {
                Fill(batch, number);
                batch = pipe.Exchange(batch);
            }
        }).Message.ShouldBe("at 0");
        Should.Throw<ChainWatchException>(pipe.Finish).Message.ShouldBe("at 0");

        BatchStage Stage(int number, BatchStage? after = null) => new(batch =>
        {
            if (number == failing)
            {
                throw new ChainWatchException($"at {batch.Lines[0]}");
            }
        }, after);
    }

    private static TransferBatch NewBatch() => new(Chain.Ethereum);

    private static void Fill(TransferBatch batch, int number)
    {
        Address address = Address.Parse("0x098b716b8aaf21512996dc57eb0615e2383e2f96");
        batch.Add(new Transfer(new ChainPosition(Chain.Ethereum, 1, 0), address, address, Asset.Native(Chain.Ethereum), Amount.Zero), 0, 0, number);
    }
}
