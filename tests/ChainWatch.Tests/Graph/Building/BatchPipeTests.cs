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
        List<int>[] taken = [[], [], []];
        int[] atWork = new int[3];
        using BatchPipe pipe = new(NewBatch, threads, [.. Enumerable.Range(0, 3).Select(stage => (Action<TransferBatch>)(batch =>
        {
            Interlocked.Increment(ref atWork[stage]).ShouldBe(1);
            taken[stage].Add(batch.Rows[0].Line);
            Interlocked.Decrement(ref atWork[stage]);
        }))]);
        TransferBatch batch = NewBatch();
        for (int number = 0; number < batches; number++)
        {
            batch.Count.ShouldBe(0);
            Fill(batch, number);
            batch = pipe.Exchange(batch);
        }

        pipe.Finish();
        taken.ShouldAllBe(t => t.SequenceEqual(Enumerable.Range(0, batches)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Failure_OfAnyStage_IsThatOfWhoHandsOver(int failing)
    {
        Action<TransferBatch>[] stages = [_ => { }, _ => { }];
        stages[failing] = batch => throw new ChainWatchException($"at {batch.Rows[0].Line}");
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
    }

    private static TransferBatch NewBatch() => new(Chain.Ethereum);

    private static void Fill(TransferBatch batch, int number)
    {
        Address address = Address.Parse("0x098b716b8aaf21512996dc57eb0615e2383e2f96");
        batch.Add(new Transfer(new ChainPosition(Chain.Ethereum, 1, 0), address, address, Asset.Native(Chain.Ethereum), Amount.Zero), 0, 0, number);
    }
}
