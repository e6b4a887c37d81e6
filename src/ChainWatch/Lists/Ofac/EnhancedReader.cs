namespace ChainWatch.Lists.Ofac;

/// <summary>Reads SDN_ENHANCED.XML: every entity is whole in itself, its feature types written out.</summary>
/// <remarks>The same root also holds OFAC's delta files and its other lists; both are refused, since they are not the whole SDN List.</remarks>
internal sealed class EnhancedReader(OfacXml xml)
{
    private const string SdnList = "SDN List";

    private readonly List<OfacParty> _parties = [];
    private int _partyCount;

    /// <summary>Reads from the root element on.</summary>
    public OfacContent Read()
    {
        if (xml.Namespace.Contains("delta", StringComparison.OrdinalIgnoreCase))
        {
            throw xml.Error($"a delta file (namespace {xml.Namespace}): expected the whole SDN_ENHANCED.XML");
        }

        DateOnly? date = null;
        foreach (string section in xml.Children())
        {
            foreach (string element in xml.Children())
            {
                if (section == "publicationInfo" && element == "dataAsOf")
                {
                    date = ReadTimestamp();
                }
                else if (section == "entities" && element == "entity")
                {
                    _partyCount++;
                    ReadEntity();
                }
            }
        }

        return new OfacContent(date, _partyCount, _parties, []);
    }

    // 2026-07-30T00:00:00-04:00: the day in Washington, which is how OFAC dates its publications.
    private DateOnly ReadTimestamp()
    {
        string text = xml.Text();
        return DateOnly.TryParseExact(text.Split('T')[0], "yyyy-MM-dd", out DateOnly date)
            ? date
            : throw xml.Error($"dataAsOf: '{text}' is no date: expected yyyy-MM-dd, with or without a time");
    }

    private void ReadEntity()
    {
        if (xml.Attribute("action").Length > 0)
        {
            throw xml.Error($"entity {xml.Attribute("id")} has an action, as in a delta file: expected the whole SDN_ENHANCED.XML");
        }

        OfacParty party = new(xml.Attribute("id"));
        List<string> lists = [];
        foreach (string section in xml.Children())
        {
            foreach (string element in xml.Children())
            {
                switch (section, element)
                {
                    case ("generalInfo", "entityType"):
                        party.Type = Enum.TryParse(xml.Text(), ignoreCase: true, out OfacPartyType type) ? type : OfacPartyType.Unknown;
                        break;
                    case ("sanctionsLists", "sanctionsList"):
                        ReadList(party, lists);
                        break;
                    case ("sanctionsPrograms", "sanctionsProgram") when xml.Text() is { Length: > 0 } program:
                        party.Programs.Add(program);
                        break;
                    case ("names", "name"):
                        ReadName(party);
                        break;
                    case ("features", "feature"):
                        ReadFeature(party);
                        break;
                    default:
                        break;
                }
            }
        }

        if (party.Listings.Count == 0)
        {
            return;
        }

        if (party.Id.Length == 0 || party.Name.Length == 0)
        {
            throw xml.Error($"an entity with digital currency addresses (id '{party.Id}', name '{party.Name}') lacks id or name");
        }

        if (lists.Count > 0 && !lists.Contains(SdnList))
        {
            throw xml.Error($"{party.Name} (uid {party.Id}) is on '{lists[0]}' and not on the list '{SdnList}': expected SDN_ENHANCED.XML");
        }

        _parties.Add(party);
    }

    private void ReadList(OfacParty party, List<string> lists)
    {
        string published = xml.Attribute("datePublished");
        string list = xml.Text();
        lists.Add(list);
        if (list == SdnList && published.Length > 0)
        {
            party.Listed = DateOnly.TryParseExact(published, "yyyy-MM-dd", out DateOnly date)
                ? date
                : throw xml.Error($"datePublished: '{published}' is no date: expected yyyy-MM-dd");
        }
    }

    // The primary name's primary translation, else the first name there is.
    private void ReadName(OfacParty party)
    {
        bool primary = false;
        string best = "";
        foreach (string element in xml.Children())
        {
            if (element == "isPrimary")
            {
                primary = xml.Text() == "true";
            }
            else if (element == "translations")
            {
                foreach (string _ in xml.Children())
                {
                    (bool isPrimary, string text) = ReadTranslation();
                    best = isPrimary || best.Length == 0 ? text : best;
                }
            }
        }

        party.Name = primary || party.Name.Length == 0 ? best : party.Name;
    }

    private (bool IsPrimary, string Text) ReadTranslation()
    {
        bool primary = false;
        string name = "";
        foreach (string element in xml.Children())
        {
            switch (element)
            {
                case "isPrimary":
                    primary = xml.Text() == "true";
                    break;
                case "formattedFullName":
                    name = xml.Text();
                    break;
                default:
                    break;
            }
        }

        return (primary, name);
    }

    private void ReadFeature(OfacParty party)
    {
        long line = xml.Line;
        string type = "", value = "";
        foreach (string element in xml.Children())
        {
            switch (element)
            {
                case "type":
                    type = xml.Text();
                    break;
                case "value":
                    value = xml.Text();
                    break;
                default:
                    break;
            }
        }

        if (OfacTicker.TryRead(type, out string? ticker))
        {
            party.Listings.Add(value.Length > 0
                ? new OfacListing(ticker, value, line)
                : throw xml.Error($"entity {party.Id}: a feature '{type}' without an address in value"));
        }
    }
}
