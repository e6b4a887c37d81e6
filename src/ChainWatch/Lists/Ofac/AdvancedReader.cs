namespace ChainWatch.Lists.Ofac;

/// <summary>
/// Reads SDN_ADVANCED.XML. Its sections come in a fixed order: the reference values, which name the feature types, stand
/// before the parties, and the entries with programs and dates behind them. Only parties with addresses are kept, so that
/// memory does not grow with the file (about 125 MB and 19,000 parties in 2026).
/// </summary>
/// <remarks>Structure: the Advanced Sanctions List Standard as OFAC publishes it. Ids are resolved by their texts, never known beforehand.</remarks>
internal sealed class AdvancedReader(OfacXml xml)
{
    private readonly AdvancedReferences _references = new(xml);
    private readonly Dictionary<string, OfacParty> _byProfile = new(StringComparer.Ordinal);
    private readonly List<OfacParty> _parties = [];
    private int _partyCount;

    /// <summary>Reads from the root element on.</summary>
    public OfacContent Read()
    {
        DateOnly? date = null;
        AdvancedEntries entries = new(xml, _references, _byProfile);
        foreach (string section in xml.Children())
        {
            switch (section)
            {
                case "DateOfIssue":
                    date = AdvancedDate.Read(xml);
                    break;
                case "ReferenceValueSets":
                    _references.Read();
                    break;
                case "DistinctParties":
                    ReadParties();
                    break;
                case "SanctionsEntries":
                    entries.Read();
                    break;
                default:
                    break;
            }
        }

        entries.Check(_parties);
        return new OfacContent(date, _partyCount, _parties, []);
    }

    private void ReadParties()
    {
        foreach (string element in xml.Children())
        {
            if (element == "DistinctParty")
            {
                _partyCount++;
                ReadParty();
            }
        }
    }

    private void ReadParty()
    {
        OfacParty party = new(xml.Attribute("FixedRef"));
        List<string> profiles = [];
        foreach (string element in xml.Children())
        {
            switch (element)
            {
                case "Profile":
                    profiles.Add(xml.Attribute("ID"));
                    party.Type = _references.PartyType(xml.Attribute("PartySubTypeID"));
                    ReadProfile(party);
                    break;
                case "Feature":
                    // The standard puts features into the profile; one beside it is an address all the same.
                    ReadFeature(party);
                    break;
                default:
                    break;
            }
        }

        if (party.Listings.Count == 0)
        {
            return;
        }

        if (party.Id.Length == 0 || profiles.Count == 0 || party.Name.Length == 0)
        {
            throw xml.Error($"a party with digital currency addresses (uid '{party.Id}', name '{party.Name}') lacks FixedRef, Profile or name");
        }

        _parties.Add(party);
        profiles.ForEach(profile => _byProfile[profile] = party);
    }

    private void ReadProfile(OfacParty party)
    {
        AdvancedName name = new(xml, _references);
        foreach (string element in xml.Children())
        {
            if (element == "Feature")
            {
                ReadFeature(party);
            }
            else if (element == "Identity")
            {
                name.ReadIdentity();
            }
        }

        party.Name = name.Best.Length > 0 ? name.Best : party.Name;
    }

    private void ReadFeature(OfacParty party)
    {
        if (_references.Ticker(xml.Attribute("FeatureTypeID")) is not string ticker)
        {
            return;
        }

        long line = xml.Line;
        int before = party.Listings.Count;
        foreach (string version in xml.Children())
        {
            if (version != "FeatureVersion")
            {
                continue;
            }

            foreach (string detail in xml.Children())
            {
                if (detail == "VersionDetail" && xml.Text() is { Length: > 0 } text)
                {
                    party.Listings.Add(new OfacListing(ticker, text, line));
                }
            }
        }

        if (party.Listings.Count == before)
        {
            throw xml.Error($"party {party.Id}: a feature '{OfacTicker.Lead}{ticker}' without an address in FeatureVersion/VersionDetail");
        }
    }
}
