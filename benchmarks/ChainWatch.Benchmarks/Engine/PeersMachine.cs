using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace ChainWatch.Benchmarks.Engine;

/// <summary>The machine in one line, for readers of a table: times mean nothing without it.</summary>
internal static class PeersMachine
{
    public static string Describe()
    {
        string width = Avx512F.IsSupported ? "AVX-512" : Avx2.IsSupported ? "AVX2" : "no AVX2";
        double memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30);
        return string.Create(CultureInfo.InvariantCulture, $"{Processor()}, {Environment.ProcessorCount} cores, {memory:0} GiB, {width}; {RuntimeInformation.OSDescription}; {RuntimeInformation.FrameworkDescription}");
    }

    /// <summary>How many programs wanted a core in the last minute. Other work makes every figure larger: a reader should see it.</summary>
    public static string Load() => Lines("/proc/loadavg").FirstOrDefault() is { } line ? line.Split(' ')[0] : "not known";

    private static string Processor() => Lines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
        ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
        : RuntimeInformation.ProcessArchitecture.ToString();

    private static IEnumerable<string> Lines(string file) => File.Exists(file) ? File.ReadLines(file) : [];
}
