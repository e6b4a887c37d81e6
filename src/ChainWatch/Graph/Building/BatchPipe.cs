using System.Collections.Concurrent;

namespace ChainWatch.Graph.Building;

/// <summary>Hands full batches to another thread, which takes them in order, and gives back empty ones.</summary>
/// <param name="take">What is done with each; on the other thread.</param>
/// <param name="create">Makes an empty batch.</param>
internal sealed class BatchPipe(Action<TransferBatch> take, Func<TransferBatch> create) : IDisposable
{
    // Enough for neither side to wait while the other is interrupted.
    private const int BatchesMax = 4;

    private readonly BlockingCollection<TransferBatch> _full = [];
    private readonly BlockingCollection<TransferBatch> _empty = [];
    private Task? _taking;
    private int _batches = 1;

    /// <summary>Hands a batch over.</summary>
    /// <returns>An empty one in its place.</returns>
    /// <exception cref="ChainWatchException">What became of an earlier one.</exception>
    public TransferBatch Exchange(TransferBatch full)
    {
        _taking ??= Task.Factory.StartNew(TakeAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _full.Add(full);
        if (_batches < BatchesMax && _empty.Count == 0)
        {
            _batches++;
            return create();
        }

        if (_empty.TryTake(out TransferBatch? empty, Timeout.Infinite))
        {
            return empty;
        }

        // The other thread gives nothing back once it failed.
        _taking.GetAwaiter().GetResult();
        throw new InvalidOperationException("batches are not taken any more");
    }

    /// <summary>Waits until all were taken; no more can be handed over.</summary>
    /// <exception cref="ChainWatchException">What became of one of them.</exception>
    public void Finish()
    {
        _full.CompleteAdding();
        _taking?.GetAwaiter().GetResult();
    }

    /// <summary>Waits until the other thread does nothing any more.</summary>
    public void Dispose()
    {
        _full.CompleteAdding();
        // What it came to is of no use to whoever gives up.
        _taking?.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait();
        _full.Dispose();
        _empty.Dispose();
    }

    private void TakeAll()
    {
        try
        {
            foreach (TransferBatch batch in _full.GetConsumingEnumerable())
            {
                take(batch);
                batch.Clear();
                _empty.Add(batch);
            }
        }
        finally
        {
            _empty.CompleteAdding();
        }
    }
}
