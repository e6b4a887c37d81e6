using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Files;

/// <summary>Sections by their number: those of a part, of several parts behind one another, or of a part before it is written.</summary>
internal interface ISectionSource
{
    /// <summary>The file, for messages.</summary>
    string Name { get; }

    /// <summary>Whether there is a section of all rows.</summary>
    bool Has(SectionId id);

    /// <summary>A section of numbers of 4 bytes.</summary>
    /// <exception cref="ChainWatchException">There is none, or it has another count or width than expected.</exception>
    NumberColumn Ints(SectionId id, int? count = null);

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
