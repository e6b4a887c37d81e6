namespace ChainWatch.Rpc.Tests;

public sealed class OrderedWorkTests
{
    [Fact]
    public async Task RunAsync_WorkThatEndsInAnyOrder_ResultsInTheItems()
    {
        TaskCompletionSource<int>[] work = [.. Enumerable.Range(0, 5).Select(_ => new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously))];
        Task<List<int>> results = ToListAsync(OrderedWork.RunAsync(Enumerable.Range(0, 5), (i, _) => work[i].Task, 5));
        foreach (int i in new[] { 4, 2, 0, 3, 1 })
        {
            work[i].SetResult(i * 10);
        }

        (await results).ShouldBe([0, 10, 20, 30, 40]);
    }

    [Fact]
    public async Task RunAsync_NobodyTakesResults_NoMoreIsStartedThanTheBound()
    {
        int read = 0;
        int started = 0;
        await foreach (int taken in OrderedWork.RunAsync(Items(), (i, _) => Task.FromResult(++started * 0 + i), 3))
        {
            // What was taken, and at most three ahead of it.
            started.ShouldBeLessThanOrEqualTo(taken + 3);
            read.ShouldBeLessThanOrEqualTo(taken + 4);
        }

        started.ShouldBe(10);

        IEnumerable<int> Items()
        {
            for (int i = 0; i < 10; i++)
            {
                read++;
                yield return i;
            }
        }
    }

    [Fact]
    public async Task RunAsync_NoItems_NoResults() =>
        (await ToListAsync(OrderedWork.RunAsync<int, int>([], (i, _) => Task.FromResult(i), 2))).ShouldBeEmpty();

    [Fact]
    public async Task RunAsync_LeftEarly_ResultsNobodyTookAreDisposed()
    {
        List<Resource> all = [];
        await foreach (Resource first in OrderedWork.RunAsync(Enumerable.Range(0, 10), (_, _) => Task.FromResult(Add(all)), 4))
        {
            first.Dispose();
            break;
        }

        all.Count.ShouldBe(4);
        all.ShouldAllBe(r => r.DisposedTimes == 1);
    }

    [Fact]
    public async Task RunAsync_OneFails_TheOthersAreStoppedWaitedForAndDisposed()
    {
        List<Resource> all = [];
        int stopped = 0;
        InvalidOperationException error = await Should.ThrowAsync<InvalidOperationException>(() => ToListAsync(OrderedWork.RunAsync(Enumerable.Range(0, 3), WorkAsync, 3)));
        error.Message.ShouldBe("the first");
        stopped.ShouldBe(1);
        all.ShouldHaveSingleItem().DisposedTimes.ShouldBe(1);

        async Task<Resource> WorkAsync(int i, CancellationToken stop)
        {
            switch (i)
            {
                case 0:
                    await Task.Yield();
                    throw new InvalidOperationException("the first");
                case 1:
                    return Add(all);
                default:
                    try
                    {
                        await Task.Delay(Timeout.Infinite, stop);
                    }
                    finally
                    {
                        stopped++;
                    }

                    return Add(all);
            }
        }
    }

    [Fact]
    public async Task RunAsync_LaterOneFails_EarlierResultsComeFirst()
    {
        List<int> taken = [];
        await Should.ThrowAsync<InvalidOperationException>(async () =>
        {
            await foreach (int i in OrderedWork.RunAsync(Enumerable.Range(0, 4), (i, _) => i == 2 ? Task.FromException<int>(new InvalidOperationException()) : Task.FromResult(i), 4))
            {
                taken.Add(i);
            }
        });
        taken.ShouldBe([0, 1]);
    }

    [Fact]
    public async Task RunAsync_WorkThatThrowsBeforeItStarts_FailsLikeAnyOther()
    {
        List<Resource> all = [];
        await Should.ThrowAsync<InvalidOperationException>(() => ToListAsync(OrderedWork.RunAsync(Enumerable.Range(0, 3), (i, _) => i == 1 ? throw new InvalidOperationException() : Task.FromResult(Add(all)), 3)));
        all.ShouldHaveSingleItem().DisposedTimes.ShouldBe(1);
    }

    [Fact]
    public async Task RunAsync_Cancelled_Ends()
    {
        using CancellationTokenSource stop = new();
        Task<List<int>> results = ToListAsync(OrderedWork.RunAsync(Enumerable.Range(0, 3), async (i, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return i;
        }, 2, stop.Token));
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => results);
    }

    [Fact]
    public async Task RunAsync_NoRoomForAny_IsRefused() =>
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => ToListAsync(OrderedWork.RunAsync([1], (i, _) => Task.FromResult(i), 0)));

    private static Resource Add(List<Resource> all)
    {
        Resource resource = new();
        all.Add(resource);
        return resource;
    }

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> items)
    {
        List<T> list = [];
        await foreach (T item in items)
        {
            list.Add(item);
        }

        return list;
    }

    private sealed class Resource : IDisposable
    {
        public int DisposedTimes { get; private set; }

        public void Dispose() => DisposedTimes++;
    }
}
