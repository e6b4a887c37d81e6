using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Files;

/// <summary>The sections of a chain of which nothing was built, before anything is appended.</summary>
internal sealed class EmptySections(string name) : ISectionSource
{
    public string Name => name;

    public bool Has(SectionId id) => false;

    public NumberColumn Ints(SectionId id, int? count = null) => Numbers(id, count);

    public NumberColumn Numbers(SectionId id, int? count = null) => new(0, id is SectionId.InputStarts or SectionId.OutputStarts ? 1 : 0);

    public ByteColumn Bytes(SectionId id, long? length = null) => ByteColumn.Empty;
}
