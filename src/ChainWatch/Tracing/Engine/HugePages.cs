using System.Runtime.InteropServices;

namespace ChainWatch.Tracing.Engine;

/// <summary>
/// Asks Linux for pages of 2 MiB under big tables: they are read at random, and with pages of 4 KiB half of the time goes into
/// finding the page. Only advice: where it is not taken, or elsewhere, nothing changes but the speed.
/// </summary>
internal static unsafe partial class HugePages
{
    private const nuint Size = 2 << 20;
    private const nuint SmallPage = 4096;
    private const int MadvHugePage = 14;

    /// <summary>Advises the whole pages inside a range; ranges under two huge pages are left alone.</summary>
    public static void Advise(void* start, nuint bytes)
    {
        if (bytes < 2 * Size || !OperatingSystem.IsLinux())
        {
            return;
        }

        nuint from = ((nuint)start + SmallPage - 1) & ~(SmallPage - 1);
        nuint to = ((nuint)start + bytes) & ~(SmallPage - 1);
        try
        {
            _ = Madvise((void*)from, to - from, MadvHugePage);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // A system without that call has small pages.
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Madvise(void* address, nuint length, int advice);
}
