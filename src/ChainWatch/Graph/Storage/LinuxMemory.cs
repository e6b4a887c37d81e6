using System.Runtime.InteropServices;

namespace ChainWatch.Graph.Storage;

/// <summary>
/// What Linux does with memory and .NET has no name for. Elsewhere, and where its C library is not found, nothing can be taken, and
/// nothing is done.
/// </summary>
internal static unsafe partial class LinuxMemory
{
    // mmap(2), mremap(2), madvise(2): PROT_READ | PROT_WRITE; MAP_PRIVATE | MAP_ANONYMOUS; MAP_NORESERVE; MREMAP_MAYMOVE | MREMAP_FIXED; MADV_HUGEPAGE.
    private const int ReadAndWrite = 3;
    private const int PrivateAnonymous = 0x22;
    private const int NoReserve = 0x4000;
    private const int ToFixedPlace = 3;
    private const int AdviceHugePage = 14;

    private static readonly bool _isThere = OperatingSystem.IsLinux() && HasCalls();

    /// <summary>Memory of so many bytes, all zero, which takes none until it is touched; null where there is not so much.</summary>
    public static byte* Take(nuint bytes) => Take(bytes, PrivateAnonymous);

    /// <summary>A place for so many bytes, to show others at: it may be larger than the memory. Null where there is none.</summary>
    public static byte* TakePlace(nuint bytes) => Take(bytes, PrivateAnonymous | NoReserve);

    /// <summary>Gives whole pages back.</summary>
    public static void Give(byte* memory, nuint bytes)
    {
        if (bytes > 0)
        {
            _ = Unmap(memory, bytes);
        }
    }

    /// <summary>
    /// Moves memory that was taken in one piece to another place that was taken, in place of what is there, and makes it so long; it stays
    /// one piece. Where it was, nothing is any more.
    /// </summary>
    /// <returns>False where the memory stayed; the place may be lost then.</returns>
    public static bool Move(byte* from, nuint bytes, byte* to, nuint newBytes) => _isThere && Remap(from, bytes, newBytes, ToFixedPlace, to) == (nint)to;

    /// <summary>Makes pages of a mapped file appear at another place that was taken too.</summary>
    /// <returns>False where they do not; the place may be lost then.</returns>
    public static bool Show(byte* pages, nuint bytes, byte* at) => _isThere && Remap(pages, 0, bytes, ToFixedPlace, at) == (nint)at;

    /// <summary>Asks for huge pages.</summary>
    public static void AdviseHugePages(byte* memory, nuint bytes)
    {
        if (_isThere)
        {
            _ = Advise(memory, bytes, AdviceHugePage);
        }
    }

    private static byte* Take(nuint bytes, int flags) => _isThere && Map(null, bytes, ReadAndWrite, flags, -1, 0) is not -1 and nint memory ? (byte*)memory : null;

    private static bool HasCalls()
    {
        try
        {
            _ = Advise(null, 0, AdviceHugePage);
            return true;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mremap")]
    private static partial nint Remap(void* address, nuint oldLength, nuint newLength, int flags, void* place);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint bytes, int advice);
}
