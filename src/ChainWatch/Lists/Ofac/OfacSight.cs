namespace ChainWatch.Lists.Ofac;

/// <summary>What a publication lets us see: of a party whose remark is cut, an address may be on the list unseen.</summary>
internal sealed class OfacSight(OfacPublication publication)
{
    private readonly HashSet<string> _hiding = [.. publication.Problems.Where(p => p.HidesAddresses).Select(p => p.EntityId)];

    /// <summary>Whether the address may be on the list although it was not seen. Where its party is not known, any cut remark may hide it.</summary>
    public bool MayHide(Designation entry) => entry.EntityId.Length > 0 ? _hiding.Contains(entry.EntityId) : _hiding.Count > 0;

    /// <summary>Whether what was seen of a party may be less than there is.</summary>
    public bool IsPartial(string entityId) => _hiding.Contains(entityId);
}
