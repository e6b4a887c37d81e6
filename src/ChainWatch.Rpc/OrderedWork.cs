using System.Runtime.CompilerServices;

namespace ChainWatch.Rpc;

/// <summary>Work done side by side whose results come in the order of the items.</summary>
public static class OrderedWork
{
    /// <summary>Runs the work of each item, at most so many ahead of whoever takes the results.</summary>
    /// <param name="items">The items; read one by one as there is room.</param>
    /// <param name="work">The work of one.</param>
    /// <param name="concurrency">How many may be started and not yet taken, at least 1.</param>
    /// <param name="cancellationToken">Ends it. What was started is waited for; results nobody took are disposed.</param>
    public static async IAsyncEnumerable<TResult> RunAsync<T, TResult>(
        IEnumerable<T> items, Func<T, CancellationToken, Task<TResult>> work, int concurrency, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(concurrency, 1);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Queue<Task<TResult>> started = new(concurrency);
        try
        {
            foreach (T item in items)
            {
                if (started.Count == concurrency)
                {
                    yield return await TakeAsync().ConfigureAwait(false);
                }

                cancellationToken.ThrowIfCancellationRequested();
                started.Enqueue(work(item, stop.Token));
            }

            while (started.Count > 0)
            {
                yield return await TakeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            foreach (Task<TResult> task in started)
            {
                await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (task.IsCompletedSuccessfully)
                {
                    (task.Result as IDisposable)?.Dispose();
                }
            }
        }

        // Taken off before it is awaited: what failed is not waited for again.
        Task<TResult> TakeAsync() => started.Dequeue();
    }
}
