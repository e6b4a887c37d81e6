namespace ChainWatch.Lists.Ofac;

/// <summary>The digital currency addresses of one publication of the SDN List.</summary>
/// <param name="Date">The day of publication.</param>
/// <param name="Format">The form of the file.</param>
/// <param name="PartyCount">How many parties the file has, with and without addresses.</param>
/// <param name="Addresses">The addresses, in canonical order, then by uid.</param>
/// <param name="Problems">What could not be read.</param>
public sealed record OfacPublication(
    DateOnly Date,
    OfacFormat Format,
    int PartyCount,
    IReadOnlyList<OfacAddress> Addresses,
    IReadOnlyList<OfacProblem> Problems);
