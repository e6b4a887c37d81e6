using System.Diagnostics;

namespace ChainWatch.Benchmarks.Engine;

/// <summary>Time by the clock and of processors: on a machine that others use too, the second is what to compare.</summary>
internal readonly record struct Spent(double Seconds, double Processor)
{
    public static Spent On(Action work)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        work();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new Spent(seconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }

    public static Spent operator +(Spent left, Spent right) => new(left.Seconds + right.Seconds, left.Processor + right.Processor);

    public static Spent operator *(Spent spent, double times) => new(spent.Seconds * times, spent.Processor * times);
}
