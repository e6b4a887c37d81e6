using System.Globalization;
using ChainWatch.Graph.Files;
using ChainWatch.Graph.Storage;
using ChainWatch.Sources;

namespace ChainWatch.Graph.Appending;

/// <summary>What goes when blocks are taken back: whole parts. What the first of them holds of lower blocks is appended again.</summary>
internal sealed class TakenRows
{
    private readonly Chain _chain;
    private readonly long _unknownInputs;

    private TakenRows(Chain chain, long unknownInputs) => (_chain, _unknownInputs) = (chain, unknownInputs);

    /// <summary>The first part that goes; null where none does.</summary>
    public AppendedPart? First { get; private init; }

    /// <summary>The numbers of all parts that go.</summary>
    public IReadOnlyList<long> Sequences { get; private init; } = [];

    /// <summary>What the first of them holds of lower blocks; null where that is nothing.</summary>
    public TransferGraph? Kept { get; private init; }

    /// <summary>The addresses that the parts tell to be contracts. What an address is does not depend on a branch.</summary>
    public IReadOnlyList<Address> Contracts { get; private init; } = [];

    /// <summary>Finds what goes.</summary>
    /// <exception cref="ChainWatchException">The file was built with the block.</exception>
    public static TakenRows Find(LogTail tail, long fromBlock, string path)
    {
        ChainLog log = tail.Log;
        NumberColumn heights = log.BlockTable.Heights;
        int built = heights.BaseCount;
        if (built > 0 && (long)heights[built - 1] is long last && fromBlock <= last)
        {
            throw new ChainWatchException(string.Create(CultureInfo.InvariantCulture, $"{path}: was built with {tail.Chain} up to block {last}: block {fromBlock} cannot be taken back; expected a block that was appended, or the file to be built again"));
        }

        int first = tail.Parts.Count;
        while (first > 0 && EndOf(first - 1) is > 0 and int until && heights[until - 1] >= (ulong)Math.Max(0, fromBlock))
        {
            first--;
        }

        if (first == tail.Parts.Count)
        {
            return new TakenRows(tail.Chain, 0);
        }

        AppendedPart part = tail.Parts[first];
        int start = built + part.Start.CountOf(SectionId.BlockHeights);
        int end = start;
        while (end < heights.Count && (long)heights[end] < fromBlock)
        {
            end++;
        }

        NumberColumn owners = log.Columns.Multis.InputOwners;
        NumberColumn contracts = log.Columns.Contracts;
        int ownersBefore = owners.BaseCount + part.Start.CountOf(SectionId.InputOwners);
        int contractsBefore = contracts.BaseCount + part.Start.CountOf(SectionId.Contracts);
        return new TakenRows(tail.Chain, Enumerable.Range(ownersBefore, owners.Count - ownersBefore).Count(i => owners[i] == 0))
        {
            First = part,
            Sequences = [.. tail.Parts.Skip(first).Select(p => p.Sequence)],
            Kept = Keep(log, start, end),
            Contracts = [.. Enumerable.Range(contractsBefore, contracts.Count - contractsBefore).Select(i => log.AddressTable[contracts.At(i)])],
        };

        int EndOf(int p) => p + 1 < tail.Parts.Count ? built + tail.Parts[p + 1].Start.CountOf(SectionId.BlockHeights) : heights.Count;
    }

    /// <summary>The gaps without the inputs that go, whose owner is not known.</summary>
    public CoverageGap[] Lower(IReadOnlyList<CoverageGap> gaps)
    {
        CoverageGap[] kept = Kept is null ? [] : [.. Kept.Coverage.Gaps];
        long less = _unknownInputs - kept.Where(g => g.Kind == GapKind.UnknownInputOwner).Sum(g => g.Count);
        string detail = TransferGraphBuilder.UnknownInputs(_chain);
        return [.. gaps.Select(g => g.Kind == GapKind.UnknownInputOwner && g.Detail == detail ? g with { Count = g.Count - less } : g).Where(g => g.Count > 0)];
    }

    private static TransferGraph? Keep(ChainLog log, int firstBlock, int endBlock)
    {
        if (firstBlock == endBlock)
        {
            return null;
        }

        TransferGraphBuilder builder = new();
        BlockInfo last = log.BlockTable[endBlock - 1];
        log.SendTo(builder, log.BlockTable[firstBlock].FirstGroup, last.FirstGroup + last.GroupCount);
        return builder.Build();
    }
}
