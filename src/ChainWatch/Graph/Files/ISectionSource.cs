using System.Globalization;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Files;

/// <summary>Sections by their number: those of a part, of several parts behind one another, or of a part before it is written.</summary>
internal interface ISectionSource
{
    /// <summary>A section of numbers.</summary>
    /// <exception cref="ChainWatchException">There is none, or it has another count than expected.</exception>
    NumberColumn Numbers(SectionId id, int? count = null);

    /// <summary>A section of bytes.</summary>
    /// <exception cref="ChainWatchException">There is none, or it has another length than expected.</exception>
    ByteColumn Bytes(SectionId id, long? length = null);

    /// <summary>A section of amounts.</summary>
    /// <exception cref="ChainWatchException">There is none, or it has another count than expected.</exception>
    sealed AmountColumn Amounts(SectionId numbers, SectionId wide, int count) => new(Numbers(numbers, count), Bytes(wide));
}

/// <summary>The sections of a part before it is written; one that is not there is empty.</summary>
internal sealed class SectionSet : ISectionSource
{
    private readonly Dictionary<SectionId, NumberColumn> _numbers = [];
    private readonly Dictionary<SectionId, ByteColumn> _bytes = [];

    public NumberColumn Numbers(SectionId id, int? count = null) => _numbers.TryGetValue(id, out NumberColumn numbers) ? numbers : new NumberColumn(0, 0);

    public ByteColumn Bytes(SectionId id, long? length = null) => _bytes.GetValueOrDefault(id);

    public void Set(SectionId id, NumberColumn numbers) => _numbers[id] = numbers;

    public void Set(SectionId id, ByteColumn bytes) => _bytes[id] = bytes;

    /// <summary>The part; sections that are empty are left out.</summary>
    public PartWriter Writer(PartKind kind)
    {
        PartWriter part = new(kind);
        foreach ((SectionId id, ByteColumn bytes) in _bytes.Where(b => b.Value.Length > 0).OrderBy(b => b.Key))
        {
            part.Add(id, bytes);
        }

        foreach ((SectionId id, NumberColumn numbers) in _numbers.Where(n => n.Value.Count > 0).OrderBy(n => n.Key))
        {
            part.Add(id, numbers);
        }

        return part;
    }
}

/// <summary>The sections of a chain of which nothing was built, before anything is appended.</summary>
internal sealed class EmptySections : ISectionSource
{
    public NumberColumn Numbers(SectionId id, int? count = null) => new(0, id is SectionId.InputStarts or SectionId.OutputStarts ? 1 : 0);

    public ByteColumn Bytes(SectionId id, long? length = null) => ByteColumn.Empty;
}

/// <summary>The sections of a chain: those that were built, and behind them what was appended.</summary>
internal sealed class JoinedSections(string name, ISectionSource start, IReadOnlyDictionary<SectionId, NumberTail> numbers, IReadOnlyDictionary<SectionId, ByteTail> bytes) : ISectionSource
{
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
        new(string.Create(CultureInfo.InvariantCulture, $"{name}: no graph file of ours: the parts of a chain have in section {(int)id} together {found}; expected {expected}"));
}
