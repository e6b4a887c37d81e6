using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ChainWatch.Benchmarks.Engine;

/// <summary>The machine in one line, for readers of a table: times mean nothing without it.</summary>
internal static class PeersMachine
{
    public static string Describe()
    {
        string width = Vector512.IsHardwareAccelerated ? "512-bit vectors" : Vector256.IsHardwareAccelerated ? "256-bit vectors" : "128-bit vectors";
        double memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30);
        return string.Create(CultureInfo.InvariantCulture, $"{Processor()}, {Environment.ProcessorCount} cores, {memory:0} GiB, {width}; {RuntimeInformation.OSDescription}; {RuntimeInformation.FrameworkDescription}{Load()}");
    }

    private static string Processor() => Lines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
        ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
        : RuntimeInformation.ProcessArchitecture.ToString();

    // Other work on the machine makes every figure larger: a reader should see it.
    private static string Load() => Lines("/proc/loadavg").FirstOrDefault() is { } line ? $"; load {line.Split(' ')[0]} at the end" : "";

    private static IEnumerable<string> Lines(string file) => File.Exists(file) ? File.ReadLines(file) : [];
}
