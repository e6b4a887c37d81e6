namespace ChainWatch.Lists.Ofac;

/// <summary>A party with digital currency addresses, as a reader collects it from its file.</summary>
internal sealed class OfacParty(string id)
{
    public string Id { get; } = id;

    public string Name { get; set; } = "";

    public OfacPartyType Type { get; set; }

    public DateOnly? Listed { get; set; }

    public SortedSet<string> Programs { get; } = new(StringComparer.Ordinal);

    public List<OfacListing> Listings { get; } = [];
}

/// <summary>An address as the file writes it, for one asset.</summary>
internal readonly record struct OfacListing(string Ticker, string Text, long Line);

/// <summary>What a reader of one format found.</summary>
internal sealed record OfacContent(DateOnly? Date, int PartyCount, IReadOnlyList<OfacParty> Parties, IReadOnlyList<OfacProblem> Problems);
