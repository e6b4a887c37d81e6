using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Building;

/// <summary>A chain's addresses, ranked in canonical order.</summary>
internal sealed class RankedAddresses(AddressInterner interner, CanonicalRanks ranks)
{
    /// <summary>How many.</summary>
    public int Count => interner.Count;

    /// <summary>Whether the zero address is one of them: it is the first then.</summary>
    public bool HasZero => Count > 0 && interner[ranks.NumberAt[0]].IsZero;

    /// <summary>By number, the rank.</summary>
    public int[] Ranks => ranks.RankOf;

    /// <summary>The rank of an address; -1 where it is not one of them.</summary>
    public int RankOf(Address address) => interner.Find(address) is >= 0 and int number ? ranks.RankOf[number] : -1;

    /// <summary>The addresses as a column.</summary>
    public AddressColumn ToColumn(BuildRoom room) => AddressColumns.Of(interner, ranks, room);
}
