namespace ChainWatch.Rpc.Tests;

public class OrderedWorkTests
{
    [Fact]
    public async Task Results_ComeInTheOrderOfTheItems_AndNoMoreAreStartedThanAllowed()
    {
        int running = 0;
        int most = 0;
        List<int> results = [];
        await foreach (int result in OrderedWork.RunAsync(
            Enumerable.Range(0, 50),
            async (i, token) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref running));
                await Task.Delay(i % 7, token);
                Interlocked.Decrement(ref running);
                return i;
            },
            4))
        {
            results.Add(result);
        }

        results.ShouldBe(Enumerable.Range(0, 50));
        most.ShouldBeInRange(2, 4);
    }

    [Fact]
    public async Task Failure_EndsIt_AndResultsNobodyTookAreDisposed()
    {
        List<Tracked> made = [];
        List<int> taken = [];
        InvalidOperationException error = await Should.ThrowAsync<InvalidOperationException>(async () =>
        {
            await foreach (Tracked result in OrderedWork.RunAsync(Enumerable.Range(0, 10), (i, _) => i == 3 ? throw new InvalidOperationException("third") : Task.FromResult(Make(i)), 6))
            {
                taken.Add(result.Number);
            }
        });

        error.Message.ShouldBe("third");
        made.Where(t => !taken.Contains(t.Number)).ShouldAllBe(t => t.IsDisposed);

        Tracked Make(int number)
        {
            Tracked tracked = new(number);
            made.Add(tracked);
            return tracked;
        }
    }

    [Fact]
    public async Task Cancelled_WhatWasStartedIsWaitedFor()
    {
        using CancellationTokenSource stop = new();
        int ended = 0;
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (int _ in OrderedWork.RunAsync(
                Enumerable.Range(0, 10),
                async (i, token) =>
                {
                    try
                    {
                        await (i == 0 ? Task.CompletedTask : Task.Delay(Timeout.Infinite, token));
                        return i;
                    }
                    finally
                    {
                        Interlocked.Increment(ref ended);
                    }
                },
                3,
                stop.Token))
            {
                await stop.CancelAsync();
            }
        });

        ended.ShouldBe(3);
    }

    private sealed class Tracked(int number) : IDisposable
    {
        public int Number => number;

        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
