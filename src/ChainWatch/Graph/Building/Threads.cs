using System.Runtime.ExceptionServices;

namespace ChainWatch.Graph.Building;

/// <summary>Work on several threads whose first error is thrown as it is.</summary>
internal static class Threads
{
    /// <summary>Calls the body for 0 to <paramref name="count"/> - 1, in any order, on at most so many threads.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void For(int count, int threads, Action<int> body, CancellationToken cancellationToken)
    {
        if (threads <= 1 || count <= 1)
        {
            for (int i = 0; i < count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                body(i);
            }

            return;
        }

        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, body);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
