using System.Runtime.InteropServices;

namespace ChainWatch.Graph.Storage;

/// <summary>
/// Asks Linux for pages of 2 MiB, with which random access to a big table is two to three times as fast. A wish: where it
/// is not granted, or on other systems, all works alike.
/// </summary>
internal static partial class HugePages
{
    /// <summary>The size of such a page in bytes, and the alignment that memory must have to consist of them.</summary>
    public const int Size = 2 << 20;

    // madvise(2), MADV_HUGEPAGE.
    private const int AdviceHugePage = 14;

    /// <summary>Asks for the memory; parts of it that fill no whole page keep small ones.</summary>
    public static unsafe void Advise(void* start, nuint bytes)
    {
        nuint first = ((nuint)start + Size - 1) & ~(nuint)(Size - 1);
        nuint end = ((nuint)start + bytes) & ~(nuint)(Size - 1);
        if (!OperatingSystem.IsLinux() || end <= first)
        {
            return;
        }

        try
        {
            _ = MemoryAdvise((void*)first, end - first, AdviceHugePage);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // A system without that call has small pages.
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static unsafe partial int MemoryAdvise(void* start, nuint bytes, int advice);
}
