namespace ChainWatch.Lists.Ofac;

/// <summary>What kind of party a list entry is about (SDN type).</summary>
public enum OfacPartyType
{
    /// <summary>Not told.</summary>
    Unknown,

    /// <summary>A person.</summary>
    Individual,

    /// <summary>A firm, group or other organisation; SDN.CSV leaves its type null.</summary>
    Entity,

    /// <summary>A ship.</summary>
    Vessel,

    /// <summary>An aircraft.</summary>
    Aircraft,
}
