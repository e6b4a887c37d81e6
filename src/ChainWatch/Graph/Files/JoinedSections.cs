using System.Globalization;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Files;

/// <summary>The sections of a chain: those that were built, and behind them what was appended.</summary>
internal sealed class JoinedSections(ISectionSource start, IReadOnlyDictionary<SectionId, NumberTail> numbers, IReadOnlyDictionary<SectionId, ByteTail> bytes) : ISectionSource
{
    public string Name => start.Name;

    // What is not appended to, an index, is one of what was built alone.
    public bool Has(SectionId id) => start.Has(id);

    public NumberColumn Ints(SectionId id, int? count = null) => start.Ints(id, count);

    public NumberColumn Numbers(SectionId id, int? count = null)
    {
        NumberColumn built = start.Numbers(id);
        NumberColumn joined = numbers.TryGetValue(id, out NumberTail? tail) ? tail.Behind(built) : built;
        return count is null || joined.Count == count ? joined : throw Changed(id, joined.Count, count.Value);
    }

    public ByteColumn Bytes(SectionId id, long? length = null)
    {
        ByteColumn built = start.Bytes(id);
        ByteColumn joined = bytes.TryGetValue(id, out ByteTail? tail) ? tail.Behind(built) : built;
        return length is null || joined.Length == length ? joined : throw Changed(id, joined.Length, length.Value);
    }

    private ChainWatchException Changed(SectionId id, long found, long expected) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{Name}: no graph file of ours: the parts of a chain have in section {(int)id} together {found}; expected {expected}"));
}
