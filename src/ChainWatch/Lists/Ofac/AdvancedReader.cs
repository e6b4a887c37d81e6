using System.Globalization;

namespace ChainWatch.Lists.Ofac;

/// <summary>
/// Reads SDN_ADVANCED.XML. Its sections come in a fixed order: the reference values, which name the feature types, stand
/// before the parties, and the entries with programs and dates behind them. Only parties with addresses are kept, so that
/// memory does not grow with the file (about 125 MB and 19,000 parties in 2026).
/// </summary>
/// <remarks>Structure: the Advanced Sanctions List Standard as OFAC publishes it. Ids are resolved by their texts, never known beforehand.</remarks>
internal sealed class AdvancedReader(OfacXml xml)
{
    // The texts by which ids are resolved.
    private const string SdnList = "SDN List";
    private const string Program = "Program";
    private const string PrimaryLatin = "Primary Latin";

    private readonly Dictionary<string, string> _tickers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _measureTypes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _nameStatuses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _partyTypes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string PartyType, string Text)> _partySubTypes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OfacParty> _byProfile = new(StringComparer.Ordinal);
    private readonly HashSet<string> _profilesOnList = new(StringComparer.Ordinal);
    private readonly List<OfacParty> _parties = [];
    private int _partyCount;

    /// <summary>Reads from the root element on.</summary>
    public OfacContent Read()
    {
        DateOnly? date = null;
        foreach (string section in xml.Children())
        {
            switch (section)
            {
                case "DateOfIssue":
                    date = ReadDate();
                    break;
                case "ReferenceValueSets":
                    ReadReferenceValues();
                    break;
                case "DistinctParties":
                    ReadParties();
                    break;
                case "SanctionsEntries":
                    ReadEntries();
                    break;
                default:
                    break;
            }
        }

        CheckEntries();
        return new OfacContent(date, _partyCount, _parties, []);
    }

    private void ReadReferenceValues()
    {
        foreach (string set in xml.Children())
        {
            foreach (string _ in xml.Children())
            {
                string id = xml.Attribute("ID");
                switch (set)
                {
                    case "FeatureTypeValues" when OfacTicker.TryRead(xml.Text(), out string? ticker):
                        _tickers[id] = ticker;
                        break;
                    case "ListValues":
                        _lists[id] = xml.Text();
                        break;
                    case "SanctionsTypeValues":
                        _measureTypes[id] = xml.Text();
                        break;
                    case "DocNameStatusValues":
                        _nameStatuses[id] = xml.Text();
                        break;
                    case "PartyTypeValues":
                        _partyTypes[id] = xml.Text();
                        break;
                    case "PartySubTypeValues":
                        _partySubTypes[id] = (xml.Attribute("PartyTypeID"), xml.Text());
                        break;
                    default:
                        break;
                }
            }
        }
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
                    party.Type = TypeOf(xml.Attribute("PartySubTypeID"));
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
        int best = 0;
        foreach (string element in xml.Children())
        {
            if (element == "Feature")
            {
                ReadFeature(party);
            }
            else if (element == "Identity")
            {
                int identity = IsTrue("Primary") ? 4 : 0;
                foreach (string child in xml.Children())
                {
                    if (child == "Alias")
                    {
                        ReadAlias(party, identity, ref best);
                    }
                }
            }
        }
    }

    // The primary alias of the primary identity in Latin script, else the nearest there is; of equals the first.
    private void ReadAlias(OfacParty party, int identity, ref int best)
    {
        int alias = identity + (IsTrue("Primary") ? 2 : 0);
        foreach (string element in xml.Children())
        {
            if (element != "DocumentedName")
            {
                continue;
            }

            int rank = 1 + alias + (_nameStatuses.GetValueOrDefault(xml.Attribute("DocNameStatusID")) == PrimaryLatin ? 1 : 0);
            string name = ReadName();
            if (rank > best && name.Length > 0)
            {
                best = rank;
                party.Name = name;
            }
        }
    }

    private string ReadName()
    {
        List<string> parts = [];
        foreach (string element in xml.Children())
        {
            if (element == "DocumentedNamePart")
            {
                foreach (string part in xml.Children())
                {
                    parts.Add(part == "NamePartValue" ? xml.Text() : "");
                }
            }
        }

        return string.Join(' ', parts.Where(part => part.Length > 0));
    }

    private void ReadFeature(OfacParty party)
    {
        if (!_tickers.TryGetValue(xml.Attribute("FeatureTypeID"), out string? ticker))
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

    private void ReadEntries()
    {
        foreach (string element in xml.Children())
        {
            string profile = xml.Attribute("ProfileID");
            if (element == "SanctionsEntry" && IsSdnList(xml.Attribute("ListID")) && _byProfile.TryGetValue(profile, out OfacParty? party))
            {
                _profilesOnList.Add(profile);
                ReadEntry(party);
            }
        }
    }

    private void ReadEntry(OfacParty party)
    {
        foreach (string element in xml.Children())
        {
            if (element == "EntryEvent")
            {
                foreach (string child in xml.Children())
                {
                    if (child == "Date" && ReadDate() is var date && !(party.Listed <= date))
                    {
                        party.Listed = date;
                    }
                }
            }
            else if (element == "SanctionsMeasure" && IsProgram(xml.Attribute("SanctionsTypeID")))
            {
                foreach (string child in xml.Children())
                {
                    if (child == "Comment" && xml.Text() is { Length: > 0 } program)
                    {
                        party.Programs.Add(program);
                    }
                }
            }
        }
    }

    private void CheckEntries()
    {
        foreach (OfacParty party in _parties)
        {
            if (!_byProfile.Any(p => p.Value == party && _profilesOnList.Contains(p.Key)))
            {
                throw ChainWatchException.At(xml.File, 0, null, $"{party.Name} (uid {party.Id}) has addresses and no SanctionsEntry on the list '{SdnList}': expected a whole SDN_ADVANCED.XML");
            }
        }
    }

    private DateOnly ReadDate()
    {
        int year = 0, month = 0, day = 0;
        foreach (string element in xml.Children())
        {
            switch (element)
            {
                case "Year":
                    year = Number(xml.Text());
                    break;
                case "Month":
                    month = Number(xml.Text());
                    break;
                case "Day":
                    day = Number(xml.Text());
                    break;
                default:
                    break;
            }
        }

        return year is >= 1900 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : throw xml.Error("no valid date: expected Year, Month and Day");
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    private bool IsTrue(string attribute) => xml.Attribute(attribute).Equals("true", StringComparison.OrdinalIgnoreCase);

    // A file whose reference values leave a set out (an excerpt) is read as if all were of the kind sought.
    private bool IsSdnList(string id) => _lists.Count == 0 || _lists.GetValueOrDefault(id) == SdnList;

    private bool IsProgram(string id) => _measureTypes.Count == 0 || _measureTypes.GetValueOrDefault(id) == Program;

    private OfacPartyType TypeOf(string subTypeId)
    {
        (string partyType, string text) = _partySubTypes.GetValueOrDefault(subTypeId, ("", ""));
        return Enum.TryParse(text, ignoreCase: true, out OfacPartyType type) && type != OfacPartyType.Unknown ? type
            : Enum.TryParse(_partyTypes.GetValueOrDefault(partyType), ignoreCase: true, out type) ? type
            : OfacPartyType.Unknown;
    }
}
