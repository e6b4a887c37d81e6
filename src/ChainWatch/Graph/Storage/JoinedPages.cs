using System.Runtime.InteropServices;

namespace ChainWatch.Graph.Storage;

/// <summary>
/// The two pieces of a column behind one another in memory, for kernels that read it by one pointer. Where the system can (Linux,
/// for what is mapped from a file) the pages of the base are shown a second time, and take no memory; else it is copied.
/// </summary>
internal sealed unsafe partial class JoinedPages : ByteBlock
{
    // mmap(2) and mremap(2): PROT_READ | PROT_WRITE; MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE; MREMAP_MAYMOVE | MREMAP_FIXED.
    private const int ReadAndWrite = 3;
    private const int PrivateAnonymous = 0x4022;
    private const int ToFixedPlace = 3;
    private readonly byte* _region;
    private readonly nuint _regionLength;

    private JoinedPages(byte* region, nuint regionLength, long lead)
    {
        _region = region;
        _regionLength = regionLength;
        Pointer = region + lead;
        Length = (long)regionLength - lead;
    }

    /// <summary>Joins two pieces, which must have been required. The base's memory must stay until this returns.</summary>
    public static ByteBlock Of(ReadOnlySpan<int> start, ReadOnlySpan<int> tail)
    {
        fixed (int* first = start)
        {
            ByteBlock? shown = OperatingSystem.IsLinux() ? Show((byte*)first, (long)start.Length * sizeof(int), tail) : null;
            if (shown is not null)
            {
                return shown;
            }
        }

        NativeBlock copy = new(((long)start.Length + tail.Length) * sizeof(int));
        start.CopyTo(new Span<int>(copy.Pointer, start.Length));
        tail.CopyTo(new Span<int>((int*)copy.Pointer + start.Length, tail.Length));
        return copy;
    }

    // Whole pages of the base are shown again; what it has of the last one is copied, since the tail begins there.
    private static JoinedPages? Show(byte* start, long length, ReadOnlySpan<int> tail)
    {
        long page = Environment.SystemPageSize;
        long lead = (long)((nuint)start % (nuint)page);
        long whole = (lead + length) / page * page;
        if (whole == 0)
        {
            return null;
        }

        nuint total = (nuint)((lead + length + ((long)tail.Length * sizeof(int)) + page - 1) / page * page);
        try
        {
            nint region = Map(null, total, ReadAndWrite, PrivateAnonymous, -1, 0);
            if (region == -1)
            {
                return null;
            }

            JoinedPages joined = new((byte*)region, total, lead);
            if (Remap(start - lead, 0, (nuint)whole, ToFixedPlace, (void*)region) != region)
            {
                return null;
            }

            Buffer.MemoryCopy(start - lead + whole, joined._region + whole, (long)total - whole, lead + length - whole);
            tail.CopyTo(new Span<int>(joined.Pointer + length, tail.Length));
            return joined;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mremap")]
    private static partial nint Remap(void* address, nuint oldLength, nuint newLength, int flags, void* place);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);

    ~JoinedPages() => _ = Unmap(_region, _regionLength);
}
