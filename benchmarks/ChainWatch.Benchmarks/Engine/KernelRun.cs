using System.Diagnostics;

namespace ChainWatch.Benchmarks.Engine;

/// <summary>One variant of the kernels: what is measured is the pass alone, on a state that was touched before.</summary>
internal abstract class KernelRun(string name, GraphColumns graph)
{
    public string Name { get; } = name;

    public List<double> Seconds { get; } = [];

    /// <summary>The histograms and counts of the last round.</summary>
    public string Result { get; protected set; } = "";

    protected GraphColumns Graph { get; } = graph;

    /// <summary>Sets up, measures, and looks at the answer.</summary>
    public void Once()
    {
        // The state of the round before is garbage; what it took from the system is used again.
        GC.Collect();
        Action pass = Prepare();
        long start = Stopwatch.GetTimestamp();
        pass();
        Seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        Look();
    }

    /// <summary>Makes a new state, and what is measured over it.</summary>
    public abstract Action Prepare();

    protected abstract void Look();
}
