namespace ChainWatch.Lists.Ofac;

/// <summary>One address of one party in a publication of the SDN List. Two parties that share an address have one each.</summary>
public sealed record OfacAddress
{
    /// <summary>
    /// The address, its checks passed unless <see cref="IsUnchecked"/>. An EVM address stands on Ethereum where it is listed for an asset of Ethereum, else
    /// on the first of the chains it is listed for.
    /// </summary>
    public required Address Address { get; init; }

    /// <summary>The address as the file writes it, where that is another writing than <see cref="Address"/>'s own (Bitcoin Cash in the form it shares with Bitcoin); else empty.</summary>
    public string ListedAs { get; init; } = "";

    /// <summary>
    /// True where the address is kept exactly as OFAC writes it: its asset is not known to this version (its chain is then
    /// <c>ofac:TICKER</c>), or it fails its chain's checks and was allowed to.
    /// </summary>
    public bool IsUnchecked { get; init; }

    /// <summary>The assets it is listed for, by OFAC's tickers (XBT, ETH, …), in ordinal order.</summary>
    public required IReadOnlyList<string> Tickers { get; init; }

    /// <summary>The party's name as the file writes it: SDN.CSV writes "WU, Huihui", SDN_ADVANCED.XML "Wu Huihui".</summary>
    public required string EntityName { get; init; }

    /// <summary>The party's SDN uid, the same in all formats.</summary>
    public required string EntityId { get; init; }

    /// <summary>When the party came on the SDN List; null in the formats that do not tell. Says nothing of the address.</summary>
    public DateOnly? EntityListed { get; init; }

    /// <summary>The sanctions programs, in ordinal order.</summary>
    public IReadOnlyList<string> Programs { get; init; } = [];

    /// <summary>What kind of party it is.</summary>
    public OfacPartyType PartyType { get; init; }
}
