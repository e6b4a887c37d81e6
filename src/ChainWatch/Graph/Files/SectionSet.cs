using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Files;

/// <summary>The sections of a part before it is written; one that is not there is empty.</summary>
internal sealed class SectionSet : ISectionSource
{
    private readonly Dictionary<SectionId, NumberColumn> _numbers = [];
    private readonly Dictionary<SectionId, ByteColumn> _bytes = [];

    public string Name => "rows to append";

    public bool Has(SectionId id) => _numbers.ContainsKey(id) || _bytes.ContainsKey(id);

    public NumberColumn Ints(SectionId id, int? count = null) => Numbers(id, count);

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
