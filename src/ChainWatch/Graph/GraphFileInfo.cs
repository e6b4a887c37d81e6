namespace ChainWatch.Graph;

/// <summary>What a graph file holds and how many bytes it takes for what. Made by <see cref="TransferGraph.Describe"/>.</summary>
/// <param name="Path">The file, as it was named.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Unfinished">How many bytes at its end are no finished part: 0, unless a writer was stopped. What a writer is at work on is not counted.</param>
/// <param name="Parts">Its finished parts, in the order of the file.</param>
/// <param name="Graph">The graph.</param>
public sealed record GraphFileInfo(string Path, long Length, long Unfinished, IReadOnlyList<GraphPartInfo> Parts, TransferGraph Graph);

/// <summary>A part of a graph file.</summary>
/// <param name="Chain">The chain whose movements it holds; null for a commit, which says what the parts before rest on.</param>
/// <param name="Length">Its bytes, checksums included.</param>
/// <param name="Sections">What it holds, in the order of the file.</param>
/// <param name="IsAppended">Whether it was appended behind what was built.</param>
/// <param name="IsTakenBack">Whether it was taken back, and counts no more: its blocks are on no branch of the chain.</param>
public sealed record GraphPartInfo(Chain? Chain, long Length, IReadOnlyList<GraphSectionInfo> Sections, bool IsAppended = false, bool IsTakenBack = false)
{
    /// <summary>How many movements it holds.</summary>
    public long Movements => Sections.FirstOrDefault(s => s.Name == "sources")?.Count ?? 0;
}

/// <summary>A section of a part.</summary>
/// <param name="Name">What it holds, as docs/formats.md names it.</param>
/// <param name="Count">How many numbers (of texts and rows: bytes).</param>
/// <param name="Width">Bytes a number; 0 where all numbers are the same and take none.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="IsHot">True for what every pass over the graph reads.</param>
public sealed record GraphSectionInfo(string Name, long Count, int Width, long Length, bool IsHot);
