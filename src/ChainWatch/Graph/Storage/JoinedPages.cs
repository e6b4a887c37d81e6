namespace ChainWatch.Graph.Storage;

/// <summary>
/// The two pieces of a column behind one another in memory, for kernels that read it by one pointer. Where the system can (Linux,
/// for what is mapped from a file) the pages of the base are shown a second time, and take no memory; else it is copied.
/// </summary>
internal sealed unsafe class JoinedPages : ByteBlock
{
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
            ByteBlock? shown = Show((byte*)first, (long)start.Length * sizeof(int), tail);
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
        byte* region = LinuxMemory.TakePlace(total);
        if (region is null || !LinuxMemory.Show(start - lead, (nuint)whole, region))
        {
            // Where it was taken and nothing is shown, something else may be there by now: it is left alone.
            return null;
        }

        JoinedPages joined = new(region, total, lead);
        Buffer.MemoryCopy(start - lead + whole, region + whole, (long)total - whole, lead + length - whole);
        tail.CopyTo(new Span<int>(joined.Pointer + length, tail.Length));
        return joined;
    }

    ~JoinedPages() => LinuxMemory.Give(_region, _regionLength);
}
