namespace ChainWatch.Lists.Ofac;

/// <summary>Turns the texts that a reader collected into checked addresses: all of them, or an error that names those that fail.</summary>
internal static class OfacAddresses
{
    // No address format in use is longer; Monero's integrated addresses have 106 characters, Zcash's unified ones about 213.
    private const int OpaqueLengthMax = 256;

    public static IReadOnlyList<OfacAddress> Resolve(IReadOnlyList<OfacParty> parties, string file, bool allowUnknownAsset)
    {
        RefuseUnknownTickers(parties, file, allowUnknownAsset);
        return [.. parties
            .SelectMany(party => OfParty(party, file))
            .OrderBy(a => a.Address).ThenBy(a => a.EntityId, StringComparer.Ordinal)];
    }

    private static void RefuseUnknownTickers(IReadOnlyList<OfacParty> parties, string file, bool allowed)
    {
        var unknown = parties
            .SelectMany(party => party.Listings.Select(listing => (Party: party, Listing: listing)))
            .Where(l => !OfacTicker.IsKnown(l.Listing.Ticker) && !(allowed && OfacTicker.TryOpaqueChain(l.Listing.Ticker, out _)))
            .GroupBy(l => l.Listing.Ticker, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => $"'{g.Key}' ({string.Join(", ", g.Select(l => $"{l.Party.Name} uid {l.Party.Id}").Distinct(StringComparer.Ordinal))})")
            .ToArray();
        if (unknown.Length > 0)
        {
            throw ChainWatchException.At(file, 0, null, $"unknown asset {string.Join("; ", unknown)}: expected one whose address format this version knows, or permission to carry its addresses unchecked");
        }
    }

    private static IEnumerable<OfacAddress> OfParty(OfacParty party, string file) => party.Listings
        .Select(listing => (listing.Ticker, Address: Read(party, listing, file)))
        .GroupBy(l => MatchKey(l.Address))
        .Select(group => new OfacAddress
        {
            Address = group.Select(l => l.Address).OrderBy(a => a.Chain != Chain.Ethereum).ThenBy(a => a.Chain).First(),
            IsOpaque = !group.Any(l => OfacTicker.IsKnown(l.Ticker)),
            Tickers = [.. group.Select(l => l.Ticker).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            EntityName = party.Name,
            EntityId = party.Id,
            EntityListed = party.Listed,
            Programs = [.. party.Programs],
            PartyType = party.Type,
        });

    /// <summary>What makes two listings one address: an EVM address is the same on every EVM chain.</summary>
    public static Address MatchKey(Address address) => address.Kind == AddressKind.Evm ? address.OnChain(Chain.Ethereum) : address;

    private static Address Read(OfacParty party, OfacListing listing, string file)
    {
        if (OfacTicker.IsKnown(listing.Ticker))
        {
            return OfacTicker.TryReadAddress(listing.Ticker, listing.Text, out Address address, out string? problem)
                ? address
                : throw Refusal(party, listing, file, problem);
        }

        bool isWord = listing.Text.Length is > 0 and <= OpaqueLengthMax && !listing.Text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
        return isWord && OfacTicker.TryOpaqueChain(listing.Ticker, out Chain chain)
            ? Address.FromCanonicalText(chain, listing.Text)
            : throw Refusal(party, listing, file, $"expected one word of at most {OpaqueLengthMax} characters");
    }

    private static ChainWatchException Refusal(OfacParty party, OfacListing listing, string file, string problem) =>
        ChainWatchException.At(file, listing.Line, $"{party.Name} (uid {party.Id})", $"{listing.Ticker} address '{listing.Text}': {problem}");
}
