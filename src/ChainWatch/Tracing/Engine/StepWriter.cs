using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ChainWatch.Tracing.Engine;

/// <summary>
/// Writes steps for a kernel. The table of the addresses' steps is too big for any cache, so a new step only asks for its two
/// lines of the table and is <em>settled</em> (its previous step is read, its head's is set) some dozens of steps later, in
/// order, when they have come.
/// </summary>
internal unsafe struct StepWriter
{
    private const int PendingMax = 64;
    private const int PendingKept = 32;
    private readonly RecordLog<TraceStep>? _log;
    private readonly uint* _stepOf;
    private readonly uint* _tails;
    private readonly uint* _heads;
    private TraceStep* _place;
    private TraceStep* _end;
    private TraceStep* _pending;
    private uint _pendingNumber;

    /// <param name="log">Where the steps go.</param>
    /// <param name="stepOf">The step of every address.</param>
    /// <param name="tails">The tails of the transfers.</param>
    /// <param name="heads">Their heads.</param>
    public StepWriter(RecordLog<TraceStep> log, uint* stepOf, uint* tails, uint* heads)
    {
        _log = log;
        _stepOf = stepOf;
        _tails = tails;
        _heads = heads;
        Reopen();
    }

    // Nothing is ever written or settled through this one.
    private StepWriter(TraceStep* end) => _end = end;

    /// <summary>For passes that keep no steps.</summary>
    public static StepWriter None => new((TraceStep*)nuint.MaxValue);

    /// <summary>Appends a step; at most <see cref="RecordLog{T}.Slack"/> between two calls of <see cref="EndBatch"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(uint transfer, uint tail, uint head)
    {
        *_place++ = new TraceStep(transfer, 0);
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(_stepOf + tail);
            Sse.Prefetch0(_stepOf + head);
        }
    }

    /// <summary>Settles old steps, and goes to the next chunk where this one is full.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void EndBatch()
    {
        if (_place - _pending > PendingMax || _place >= _end)
        {
            Advance();
        }
    }

    /// <summary>Settles all steps, so that every address's step is known.</summary>
    public void SettleAll() => Settle(_place);

    /// <summary>Settles all steps and hands them to the log, so that others can add steps; <see cref="Reopen"/> goes on.</summary>
    public void Close()
    {
        Settle(_place);
        _log!.Close(_place);
    }

    public void Reopen()
    {
        _pending = _place = _log!.Open(out _end);
        // A kernel that outgrows the numbers would take 32 GiB of steps first; the lane checks before every call.
        _pendingNumber = (uint)(_log.Count + 1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Advance()
    {
        if (_place >= _end)
        {
            Close();
            Reopen();
            return;
        }

        Settle(_place - PendingKept);
    }

    private void Settle(TraceStep* until)
    {
        for (TraceStep* step = _pending; step < until; step++)
        {
            uint transfer = step->Transfer;
            *step = new TraceStep(transfer, _stepOf[_tails[transfer]]);
            _stepOf[_heads[transfer]] = _pendingNumber++;
        }

        _pending = until;
    }
}
