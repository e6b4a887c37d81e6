namespace ChainWatch.Lists.Ofac;

/// <summary>
/// What the version before tells of a party, for an address that it does not have: how its name is spelled, when it was
/// designated, and whether its text was cut there, so that the address may have been on the list unseen.
/// </summary>
internal sealed class OfacMemory
{
    private const string CutLead = "text cut; addresses of these parties may be on the list unseen, and when one of them came on will not be known: uid ";

    private readonly DateOnly? _asOf;
    private readonly HashSet<string> _cut;
    private readonly ILookup<string, Designation> _byParty;

    public OfacMemory(AddressList? previous, IReadOnlyList<Designation> before)
    {
        _asOf = previous?.AsOf;
        _byParty = before.ToLookup(entry => entry.EntityId, StringComparer.Ordinal);
        string? line = (previous?.Manifest?.Refused ?? []).FirstOrDefault(text => text.StartsWith(CutLead, StringComparison.Ordinal));
        _cut = [.. line?[CutLead.Length..].Split(", ") ?? []];
    }

    /// <summary>The line of a manifest from which the next import knows which parties were cut; none where none was.</summary>
    public static IEnumerable<string> Lines(OfacPublication publication)
    {
        string[] cut = [.. publication.Problems.Where(problem => problem.HidesAddresses).Select(problem => problem.EntityId).Distinct().Order(StringComparer.Ordinal)];
        return cut.Length > 0 ? [CutLead + string.Join(", ", cut)] : [];
    }

    /// <summary>
    /// The address with what its format does not tell of a known party, under the spelling that its other entries have: one
    /// selector finds them all.
    /// </summary>
    public OfacAddress Complete(OfacAddress address)
    {
        Designation[] others = [.. _byParty[address.EntityId].Where(entry => entry.WentOff is null)];
        return others.Length == 0 ? address : address with
        {
            EntityName = others.Select(entry => entry.Entity).FirstOrDefault(name => EntityName.IsSame(name, address.EntityName)) ?? address.EntityName,
            EntityListed = address.EntityListed ?? others.Min(entry => entry.EntityListed),
        };
    }

    /// <summary>
    /// The day on which the address was not yet on the list, or not any more; null where that is not known. Where its party
    /// was cut, that it was not seen then proves nothing; only that it had gone off before bounds it.
    /// </summary>
    public DateOnly? NotOn(OfacAddress address) => !_cut.Contains(address.EntityId)
        ? _asOf
        : _byParty[address.EntityId]
            .Where(entry => OfacAddresses.MatchKey(entry.Address) == OfacAddresses.MatchKey(address.Address))
            .Max(entry => entry.WentOff?.NotBefore);
}
