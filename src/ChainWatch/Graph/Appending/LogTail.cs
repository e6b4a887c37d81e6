using ChainWatch.Graph.Files;
using ChainWatch.Graph.Storage;
using ChainWatch.Sources;

namespace ChainWatch.Graph.Appending;

/// <summary>
/// One chain of a graph file while it is read or appended to: what was built, mapped, and what was appended, in memory that
/// grows. A state that was handed out never changes.
/// </summary>
internal sealed class LogTail
{
    // The columns of numbers that are appended to, and how many bytes a number has there.
    private static readonly (SectionId Id, int Width)[] _numberSections =
    [
        (SectionId.Sources, 4), (SectionId.Targets, 4), (SectionId.AssetNumbers, 4), (SectionId.Txs, 4), (SectionId.TxKeys, 4),
        (SectionId.Flags, 1), (SectionId.Values, 8), (SectionId.GroupStarts, 4), (SectionId.GroupIndices, 4), (SectionId.BlockHeights, 8),
        (SectionId.BlockTimes, 8), (SectionId.BlockGroups, 4), (SectionId.DisorderEntries, 4), (SectionId.DisorderIndices, 4),
        (SectionId.AddressKinds, 1), (SectionId.Contracts, 4), (SectionId.MultiEntries, 4),
        (SectionId.InputStarts, 4), (SectionId.InputOwners, 4), (SectionId.InputValues, 8), (SectionId.InputTxs, 4), (SectionId.InputIndices, 4),
        (SectionId.OutputStarts, 4), (SectionId.OutputOwners, 4), (SectionId.OutputValues, 8), (SectionId.OutputTxs, 4), (SectionId.OutputIndices, 4),
    ];

    private static readonly SectionId[] _byteSections =
        [SectionId.WideValues, SectionId.WideInputValues, SectionId.WideOutputValues, SectionId.Addresses, SectionId.AddressTexts, SectionId.TxHashes];

    private readonly Dictionary<SectionId, NumberTail> _numbers = [];
    private readonly Dictionary<SectionId, ByteTail> _bytes = [];
    private readonly ISectionSource _start;
    private readonly JoinedSections _joined;
    private readonly MultiCache _multis = new();
    private readonly AppendedIndex _addresses = new();
    private readonly AppendedIndex _contracts = new();
    private readonly List<AppendedPart> _parts = [];
    private Asset[] _assets;
    private int _assetCount;
    private ChainLog? _log;

    /// <param name="chain">The chain.</param>
    /// <param name="assets">Its assets as built.</param>
    /// <param name="start">What was built of it.</param>
    public LogTail(Chain chain, Asset[] assets, ISectionSource start)
    {
        (Chain, _assets, _assetCount, _start) = (chain, assets, assets.Length, start);
        _joined = new JoinedSections(start, _numbers, _bytes);
    }

    public Chain Chain { get; }

    /// <summary>The chain's log as it is now.</summary>
    public ChainLog Log => _log ??= new ChainLog(Chain, ChainPart.Columns(
        Chain,
        new AssetColumn(_assets, _assetCount),
        _joined,
        _numbers.ContainsKey(SectionId.AddressKinds) ? _addresses.Until(Count(SectionId.AddressKinds)) : null,
        _numbers.ContainsKey(SectionId.Contracts) ? _contracts.Until(Count(SectionId.Contracts)) : null,
        _multis));

    /// <summary>The parts that were appended, and not taken back.</summary>
    public IReadOnlyList<AppendedPart> Parts => _parts;

    /// <summary>The highest block with a transfer; -1 where there is none.</summary>
    public long LastBlock => Log.BlockTable is { Length: > 0 } blocks ? checked((long)blocks.Heights[blocks.Length - 1]) : -1;

    /// <summary>How many numbers a column has.</summary>
    public int Count(SectionId id) => _joined.Numbers(id).Count;

    /// <summary>How many bytes a column has.</summary>
    public long Length(SectionId id) => _joined.Bytes(id).Length;

    /// <summary>Appends the rows of a part.</summary>
    /// <param name="rows">They.</param>
    /// <param name="sequence">The part's number in the file, from 0.</param>
    /// <param name="before">What the chain's rows before it rest on, null where there are none, for those who may take it back; null for those who will not.</param>
    /// <exception cref="FormatException">The rows are none.</exception>
    public void Append(ISectionSource rows, long sequence, Func<ChainCoverage?>? before)
    {
        if (before is not null)
        {
            _parts.Add(new AppendedPart(sequence, Mark(), before));
        }

        (int addresses, int contracts) = (Count(SectionId.AddressKinds), Count(SectionId.Contracts));
        foreach ((SectionId id, int width) in _numberSections)
        {
            NumberColumn numbers = rows.Numbers(id);
            if (numbers.Count > 0)
            {
                (_numbers.TryGetValue(id, out NumberTail? tail) ? tail : _numbers[id] = new NumberTail(width)).Add(numbers);
            }
        }

        foreach (SectionId id in _byteSections)
        {
            ByteColumn bytes = rows.Bytes(id);
            if (bytes.Length > 0)
            {
                (_bytes.TryGetValue(id, out ByteTail? tail) ? tail : _bytes[id] = new ByteTail()).Add(bytes);
            }
        }

        AddAssets(ChainPart.ReadDescription(rows).Assets);
        AddToIndex(addresses, contracts);
        _log = null;
    }

    /// <summary>Forgets a part that was appended, and all that came after it.</summary>
    public void CutFrom(AppendedPart part)
    {
        foreach ((SectionId id, NumberTail tail) in _numbers)
        {
            tail.Cut(part.Start.CountOf(id));
        }

        foreach ((SectionId id, ByteTail tail) in _bytes)
        {
            tail.Cut(part.Start.LengthOf(id));
        }

        _addresses.Cut(Count(SectionId.AddressKinds));
        _contracts.Cut(Count(SectionId.Contracts));
        _assetCount = part.Start.Assets;
        _assets = _assets[.._assetCount];
        _parts.RemoveRange(_parts.IndexOf(part), _parts.Count - _parts.IndexOf(part));
        _log = null;
    }

    private void AddAssets(Asset[] assets)
    {
        if (_assetCount + assets.Length > _assets.Length)
        {
            Array.Resize(ref _assets, Math.Max(2 * _assetCount, _assetCount + assets.Length));
        }

        assets.CopyTo(_assets, _assetCount);
        _assetCount += assets.Length;
    }

    private void AddToIndex(int firstAddress, int firstContract)
    {
        NumberColumn kinds = _joined.Numbers(SectionId.AddressKinds);
        AddressColumn addresses = new(Chain, _joined.Bytes(SectionId.Addresses, (long)kinds.Count * AddressColumn.RowLength(Chain)), kinds, _joined.Bytes(SectionId.AddressTexts));
        for (int i = firstAddress; i < kinds.Count; i++)
        {
            _addresses.Add(AddressColumn.HashOf(addresses[i]), i);
        }

        NumberColumn contracts = _joined.Numbers(SectionId.Contracts);
        for (int i = firstContract; i < contracts.Count; i++)
        {
            _contracts.Add(LogColumns.HashOfContract(contracts.At(i)), i);
        }
    }

    private TailMark Mark() => new(
        Array.ConvertAll(_numberSections, n => _numbers.TryGetValue(n.Id, out NumberTail? tail) ? tail.Count : 0),
        Array.ConvertAll(_byteSections, id => _bytes.TryGetValue(id, out ByteTail? tail) ? tail.Length : 0),
        _assetCount);

    /// <summary>How much was appended before a part.</summary>
    /// <param name="Numbers">By column of numbers.</param>
    /// <param name="Bytes">By column of bytes.</param>
    /// <param name="Assets">The assets, with those of the base.</param>
    internal sealed record TailMark(int[] Numbers, long[] Bytes, int Assets)
    {
        public int CountOf(SectionId id) => Numbers[Array.FindIndex(_numberSections, n => n.Id == id)];

        public long LengthOf(SectionId id) => Bytes[Array.IndexOf(_byteSections, id)];
    }
}

/// <summary>A part that was appended.</summary>
/// <param name="Sequence">Its number in the file, from 0.</param>
/// <param name="Start">How much was appended before it.</param>
/// <param name="Before">What the chain's rows before it rest on; null where there are none.</param>
internal sealed record AppendedPart(long Sequence, LogTail.TailMark Start, Func<ChainCoverage?> Before);
