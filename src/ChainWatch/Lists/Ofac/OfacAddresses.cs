namespace ChainWatch.Lists.Ofac;

/// <summary>Turns the texts that a reader collected into checked addresses: all of them, or an error that names those that fail.</summary>
internal sealed class OfacAddresses(string file, OfacReadOptions options)
{
    private const int LengthMax = 128; // as for opaque addresses: CAIP-10's limit

    private readonly List<OfacProblem> _problems = [];

    /// <summary>The addresses, and those among them that fail their checks and are carried all the same.</summary>
    public static (IReadOnlyList<OfacAddress> Addresses, IReadOnlyList<OfacProblem> Problems) Resolve(IReadOnlyList<OfacParty> parties, string file, OfacReadOptions options)
    {
        RefuseUnknownTickers(parties, file, options.AllowUnknownAsset);
        OfacAddresses resolver = new(file, options);
        OfacAddress[] addresses = [.. parties
            .SelectMany(resolver.OfParty)
            .OrderBy(a => a.Address).ThenBy(a => a.EntityId, StringComparer.Ordinal)];
        return (addresses, resolver._problems);
    }

    /// <summary>What makes two listings one address: an EVM address is the same on every EVM chain.</summary>
    public static Address MatchKey(Address address) => address.Kind == AddressKind.Evm ? address.OnChain(Chain.Ethereum) : address;

    private static void RefuseUnknownTickers(IReadOnlyList<OfacParty> parties, string file, bool allowed)
    {
        string[] unknown = [.. parties
            .SelectMany(party => party.Listings.Select(listing => (Party: party, listing.Ticker)))
            .Where(l => !OfacTicker.IsKnown(l.Ticker) && !(allowed && OfacTicker.TryOpaqueChain(l.Ticker, out _)))
            .GroupBy(l => l.Ticker, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => $"'{g.Key}' ({string.Join(", ", g.Select(l => $"{l.Party.Name} uid {l.Party.Id}").Distinct(StringComparer.Ordinal))})")];
        if (unknown.Length > 0)
        {
            throw ChainWatchException.At(file, 0, null, $"unknown asset {string.Join("; ", unknown)}: expected one whose address format this version knows, or permission to carry its addresses unchecked");
        }
    }

    private IEnumerable<OfacAddress> OfParty(OfacParty party) => party.Listings
        .Select(listing => (listing.Ticker, listing.Text, Read: Read(party, listing)))
        .GroupBy(l => MatchKey(l.Read.Address))
        .Select(group => new OfacAddress
        {
            Address = group.Select(l => l.Read.Address).OrderBy(a => a.Chain != Chain.Ethereum).ThenBy(a => a.Chain).First(),
            // Hexadecimal in another case is no other writing.
            ListedAs = group.Select(l => l.Read.Address.Kind != AddressKind.Evm && l.Text != l.Read.Address.ToString() ? l.Text : "").Max(StringComparer.Ordinal)!,
            IsUnchecked = group.All(l => l.Read.IsUnchecked),
            Tickers = [.. group.Select(l => l.Ticker).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            EntityName = party.Name,
            EntityId = party.Id,
            EntityListed = party.Listed,
            Programs = [.. party.Programs],
            PartyType = party.Type,
        });

    private (Address Address, bool IsUnchecked) Read(OfacParty party, OfacListing listing)
    {
        if (listing.Text.Length > LengthMax || listing.Text.Any(c => c is < '!' or > '~'))
        {
            throw Refusal(party, listing, $"expected one word of at most {LengthMax} ASCII characters");
        }

        if (!OfacTicker.IsKnown(listing.Ticker))
        {
            return OfacTicker.TryOpaqueChain(listing.Ticker, out Chain chain) && Address.TryParse(listing.Text, chain, out Address opaque)
                ? (opaque, true)
                : throw Refusal(party, listing, $"expected a ticker of letters and digits, and one word of at most {LengthMax} ASCII characters");
        }

        if (OfacTicker.TryReadAddress(listing.Ticker, listing.Text, out Address address, out string? problem))
        {
            return (address, false);
        }

        if (OfacTicker.TryReadByForm(listing.Text, out address))
        {
            Report(OfacProblemKind.OtherChain, $"{listing.Ticker} {listing.Text} ({address.Chain})");
            return (address, false);
        }

        if (!options.AllowFailedCheck && !OfacSlips.IsKnown(listing.Ticker, listing.Text))
        {
            throw Refusal(party, listing, problem);
        }

        Report(OfacProblemKind.AsListed, $"{listing.Ticker} {listing.Text}");
        return (Address.FromCanonicalText(OfacTicker.LikelyChain(listing.Ticker, listing.Text), listing.Text), true);

        void Report(OfacProblemKind kind, string text) => _problems.Add(new OfacProblem(kind, party.Id, party.Name, text));
    }

    private ChainWatchException Refusal(OfacParty party, OfacListing listing, string problem) =>
        ChainWatchException.At(file, listing.Line, $"{party.Name} (uid {party.Id})", $"{listing.Ticker} address '{listing.Text}': {problem}");
}
