using System.Runtime.ExceptionServices;

namespace ChainWatch.Graph.Building;

/// <summary>
/// Takes full batches through several stages, and gives back empty ones. Every stage takes all batches in order, one at a
/// time; different stages go on at once, but for those that come after another, on threads of the pipe, and on the caller's
/// where that would have to wait.
/// </summary>
/// <param name="create">Makes an empty batch.</param>
/// <param name="threads">The most threads at work, the caller's among them, from 2.</param>
/// <param name="stages">What is done with each batch, what takes longest first.</param>
internal sealed class BatchPipe(Func<TransferBatch> create, int threads, IReadOnlyList<BatchStage> stages) : IDisposable
{
    // Enough for no side to wait while another is interrupted.
    private const int BatchesMax = 8;

    private readonly object _gate = new();
    private readonly Stage[] _stages = [.. stages.Select(stage => new Stage(stage))];
    private readonly Stack<TransferBatch> _empty = [];
    private readonly List<Task> _taking = [];
    private int _batches = 1;
    private bool _isFinished;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Hands a batch over.</summary>
    /// <returns>An empty one in its place.</returns>
    /// <exception cref="ChainWatchException">What became of this or an earlier one.</exception>
    public TransferBatch Exchange(TransferBatch full)
    {
        lock (_gate)
        {
            while (_taking.Count < Math.Min(threads - 1, _stages.Length))
            {
                _taking.Add(Task.Factory.StartNew(TakeAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
            }

            full.StagesLeft = _stages.Length;
            Enqueue(full, null);
            Monitor.PulseAll(_gate);
        }

        while (true)
        {
            Stage? stage;
            lock (_gate)
            {
                _failure?.Throw();
                if (_empty.TryPop(out TransferBatch? empty))
                {
                    return empty;
                }

                if (_batches < BatchesMax)
                {
                    _batches++;
                    return create();
                }

                stage = Next();
                if (stage is null)
                {
                    Monitor.Wait(_gate);
                    continue;
                }
            }

            Take(stage);
        }
    }

    /// <summary>Waits until all were taken; no more can be handed over.</summary>
    /// <exception cref="ChainWatchException">What became of one of them.</exception>
    public void Finish()
    {
        lock (_gate)
        {
            _isFinished = true;
            Monitor.PulseAll(_gate);
        }

        TakeAll();
        Task.WaitAll(_taking);
        _failure?.Throw();
    }

    /// <summary>Gives up what no stage has begun, and waits until no other thread does anything any more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isFinished = true;
            foreach (Stage stage in _stages)
            {
                stage.Waiting.Clear();
            }

            Monitor.PulseAll(_gate);
        }

        Task.WaitAll(_taking);
    }

    private void TakeAll()
    {
        while (true)
        {
            Stage? stage;
            lock (_gate)
            {
                while ((stage = Next()) is null)
                {
                    // Whoever is at a stage takes what waits there.
                    if (_isFinished || _failure is not null)
                    {
                        return;
                    }

                    Monitor.Wait(_gate);
                }
            }

            Take(stage);
        }
    }

    // From now on ours.
    private Stage? Next()
    {
        Stage? next = _failure is null ? Array.Find(_stages, stage => !stage.IsBusy && stage.Waiting.Count > 0) : null;
        next?.IsBusy = true;
        return next;
    }

    private void Enqueue(TransferBatch batch, BatchStage? after)
    {
        foreach (Stage stage in _stages)
        {
            if (stage.Does.After == after)
            {
                stage.Waiting.Enqueue(batch);
            }
        }
    }

    private void Take(Stage stage)
    {
        TransferBatch batch;
        lock (_gate)
        {
            if (!stage.Waiting.TryDequeue(out batch!))
            {
                // Given up meanwhile.
                stage.IsBusy = false;
                return;
            }
        }

        ExceptionDispatchInfo? failure = null;
        try
        {
            stage.Does.Take(batch);
        }
#pragma warning disable CA1031 // Whatever it is, whoever hands over is told.
        catch (Exception e)
#pragma warning restore CA1031
        {
            failure = ExceptionDispatchInfo.Capture(e);
        }

        lock (_gate)
        {
            stage.IsBusy = false;
            _failure ??= failure;
            Enqueue(batch, stage.Does);
            if (--batch.StagesLeft == 0)
            {
                batch.Clear();
                _empty.Push(batch);
            }

            Monitor.PulseAll(_gate);
        }
    }

    private sealed class Stage(BatchStage does)
    {
        public BatchStage Does { get; } = does;

        public Queue<TransferBatch> Waiting { get; } = [];

        public bool IsBusy { get; set; }
    }
}
