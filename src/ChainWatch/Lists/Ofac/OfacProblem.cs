namespace ChainWatch.Lists.Ofac;

/// <summary>Something of a publication that could not be read, and is told instead of dropped.</summary>
/// <param name="Kind">What went wrong.</param>
/// <param name="EntityId">The SDN uid of the party.</param>
/// <param name="Entity">The party's name; empty where the file has no such party.</param>
/// <param name="Fragment">The text that was not used.</param>
public sealed record OfacProblem(OfacProblemKind Kind, string EntityId, string Entity, string Fragment)
{
    /// <summary>
    /// Whether the party may have addresses that were not seen. An import then takes none of its addresses off the list.
    /// </summary>
    public bool HidesAddresses => Kind is OfacProblemKind.CutAddress or OfacProblemKind.CutRemark or OfacProblemKind.ForeignComment;

    /// <summary>One line for people.</summary>
    public override string ToString()
    {
        string party = Entity.Length > 0 ? $"{Entity} (uid {EntityId})" : $"uid {EntityId}";
        return Kind switch
        {
            OfacProblemKind.CutAddress => $"{party}: the remark is cut inside an address at '{Fragment}'; it and any that follow are not in the file",
            OfacProblemKind.CutRemark => $"{party}: the remark is cut at '{Fragment}'; addresses may follow that are not in the file",
            OfacProblemKind.ForeignComment => $"{party}: the comment does not continue the remark, which is cut at '{Fragment}': it is of another date; not used",
            OfacProblemKind.NeedlessComment => $"{party}: a comment for a remark that is not cut ('{Fragment}'): it is of another date; not used",
            OfacProblemKind.OtherChain => $"{party}: '{Fragment}' is listed for an asset of another chain than its form proves; carried on the chain of its form",
            OfacProblemKind.AsListed => $"{party}: '{Fragment}' fails its chain's checks; carried as OFAC lists it",
            _ => $"{party}: a comment for a party that the file does not have ('{Fragment}'): it is of another date; not used",
        };
    }
}

/// <summary>What could not be read.</summary>
public enum OfacProblemKind
{
    /// <summary>A remark of SDN.CSV ends inside an address, or right behind one, and nothing continues it.</summary>
    CutAddress,

    /// <summary>A remark of SDN.CSV is cut outside an address, and nothing continues it.</summary>
    CutRemark,

    /// <summary>The comments file has a text for the party, but it does not continue the remark.</summary>
    ForeignComment,

    /// <summary>The comments file has a text for a party whose remark is whole.</summary>
    NeedlessComment,

    /// <summary>The comments file has a text for a party that is not in SDN.CSV.</summary>
    OrphanComment,

    /// <summary>An address is not of its asset's chain, and its form proves another, on which it is carried.</summary>
    OtherChain,

    /// <summary>An address fails its chain's checks and is carried as OFAC writes it.</summary>
    AsListed,
}
