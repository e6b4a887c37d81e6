using System.Diagnostics;

namespace ChainWatch.Tracing.Engine;

/// <summary>
/// Finds out whether a pass is faster with its scout: now and then it takes some chunks with it, as many without, and stays with
/// what was faster for a while. It changes the time that a pass takes, never its answer.
/// </summary>
/// <param name="clock">The time, in ticks that only go up; the system's by default.</param>
internal sealed class ScoutTrial(Func<long>? clock = null)
{
    // In chunks: a quarter of a million transfers, a millisecond, against sixteen million.
    private const int TrialLength = 1 << 9;
    private const int StayLength = 1 << 15;
#pragma warning disable RS0030 // No answer depends on this clock: it chooses between two ways to the same one.
    private readonly Func<long> _clock = clock ?? Stopwatch.GetTimestamp;
#pragma warning restore RS0030
    private int _left = TrialLength;
    private Stage _stage = Stage.Coming;
    private long _start;
    private long _ticksWith;

    private enum Stage
    {
        Coming,
        With,
        Without,
        Staying,
    }

    /// <summary>The pass begins a chunk. Whether the scout is wanted from here on, or null where nothing changes.</summary>
    public bool? Next()
    {
        if (--_left > 0)
        {
            return null;
        }

        long now = _clock();
        (long ticks, _start) = (now - _start, now);
        (_stage, _left) = _stage switch
        {
            Stage.Staying => (Stage.Coming, TrialLength / 4),
            Stage.Coming => (Stage.With, TrialLength),
            Stage.With => (Stage.Without, TrialLength),
            _ => (Stage.Staying, StayLength),
        };
        switch (_stage)
        {
            case Stage.Coming:
                return true;
            case Stage.Without:
                _ticksWith = ticks;
                return false;
            case Stage.Staying:
                return _ticksWith <= ticks;
            default:
                return null;
        }
    }
}
