namespace ChainWatch.Graph.Files;

/// <summary>
/// How a part of a graph file lies: header, directory of sections, sections (each at a multiple of 64), checksums of all pages
/// so far, trailer. All numbers are little-endian. Layout in docs/formats.md.
/// </summary>
internal static class PartLayout
{
    public const int Alignment = 64;
    public const int HeaderLength = 64;
    public const int EntryLength = 40;
    public const int TrailerLength = 64;

    /// <summary>Where in the header its checksum stands: the last 4 bytes. In the trailer too.</summary>
    public const int ChecksumOffset = 60;

    public static ReadOnlySpan<byte> HeaderMark => "CWGPART\n"u8;

    public static ReadOnlySpan<byte> TrailerMark => "CWGDONE\n"u8;

    /// <summary>At a multiple of what the sections of a part begin. Appended parts are small and many, and read into memory: they lie densely.</summary>
    public static int SectionAlignment(PartKind kind) => kind == PartKind.Appended ? sizeof(long) : Alignment;

    public static long Align(long offset) => (offset + Alignment - 1) / Alignment * Alignment;

    public static long PagesOf(long dataLength) => (dataLength + Storage.PageChecksum.PageLength - 1) / Storage.PageChecksum.PageLength;
}

/// <summary>What a part is.</summary>
internal enum PartKind
{
    /// <summary>The movements of one chain.</summary>
    Chain = 1,

    /// <summary>What the parts before rest on. It makes them count: without it they are not finished.</summary>
    Commit = 2,

    /// <summary>Later movements of one chain: its sections go on where those of the chain's parts before end.</summary>
    Appended = 3,
}
