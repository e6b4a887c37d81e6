using System.Globalization;

namespace ChainWatch.Benchmarks.Engine;

/// <summary>The memory of this process in bytes, mapped files included, as Linux tells it; elsewhere 0.</summary>
internal static class ProcessMemory
{
    /// <summary>Forgets the most so far.</summary>
    public static void ResetPeak()
    {
        if (OperatingSystem.IsLinux())
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
    }

    /// <summary>The most since the last reset.</summary>
    public static long Peak() => Read("VmHWM:");

    /// <summary>What is taken now.</summary>
    public static long Now() => Read("VmRSS:");

    private static long Read(string name)
    {
        string? line = OperatingSystem.IsLinux() ? File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal)) : null;
        return line is null ? 0 : 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Replace(name, "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
