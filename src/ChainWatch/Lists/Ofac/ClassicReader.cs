using System.Globalization;

namespace ChainWatch.Lists.Ofac;

/// <summary>Reads SDN.XML: every entry is whole in itself, the addresses among its identification documents.</summary>
internal sealed class ClassicReader(OfacXml xml)
{
    private readonly List<OfacParty> _parties = [];

    /// <summary>Reads from the root element on.</summary>
    public OfacContent Read()
    {
        DateOnly? date = null;
        string recordCount = "";
        int count = 0;
        foreach (string element in xml.Children())
        {
            // The element's name is misspelt in the file itself.
            if (element is "publshInformation" or "publishInformation")
            {
                foreach (string child in xml.Children())
                {
                    switch (child)
                    {
                        case "Publish_Date":
                            date = xml.Date("MM/dd/yyyy", "M/d/yyyy");
                            break;
                        case "Record_Count":
                            recordCount = xml.Text();
                            break;
                        default:
                            break;
                    }
                }
            }
            else if (element == "sdnEntry")
            {
                count++;
                ReadEntry();
            }
        }

        return recordCount.Length == 0 || recordCount == count.ToString(CultureInfo.InvariantCulture)
            ? new OfacContent(date, count, _parties, [])
            : throw ChainWatchException.At(xml.File, 0, "Record_Count", $"the file says {recordCount} records and has {count}: it is cut short or altered");
    }

    private void ReadEntry()
    {
        string uid = "", first = "", last = "", type = "";
        List<string> programs = [];
        List<OfacListing> listings = [];
        foreach (string element in xml.Children())
        {
            switch (element)
            {
                case "uid":
                    uid = xml.Text();
                    break;
                case "firstName":
                    first = xml.Text();
                    break;
                case "lastName":
                    last = xml.Text();
                    break;
                case "sdnType":
                    type = xml.Text();
                    break;
                case "programList":
                    foreach (string _ in xml.Children())
                    {
                        programs.Add(xml.Text());
                    }

                    break;
                case "idList":
                    ReadIds(uid, listings);
                    break;
                default:
                    break;
            }
        }

        if (listings.Count == 0)
        {
            return;
        }

        if (uid.Length == 0 || last.Length == 0)
        {
            throw xml.Error($"an entry with digital currency addresses (uid '{uid}', lastName '{last}') lacks uid or lastName");
        }

        OfacParty party = new(uid)
        {
            Name = first.Length == 0 ? last : $"{last}, {first}",
            Type = Enum.TryParse(type, ignoreCase: true, out OfacPartyType partyType) ? partyType : OfacPartyType.Unknown,
        };
        party.Programs.UnionWith(programs.Where(p => p.Length > 0));
        party.Listings.AddRange(listings);
        _parties.Add(party);
    }

    private void ReadIds(string uid, List<OfacListing> listings)
    {
        foreach (string _ in xml.Children())
        {
            long line = xml.Line;
            string type = "", number = "";
            foreach (string element in xml.Children())
            {
                switch (element)
                {
                    case "idType":
                        type = xml.Text();
                        break;
                    case "idNumber":
                        number = xml.Text();
                        break;
                    default:
                        break;
                }
            }

            if (OfacTicker.TryRead(type, out string? ticker))
            {
                listings.Add(number.Length > 0
                    ? new OfacListing(ticker, number, line)
                    : throw xml.Error($"entry {uid}: an id of type '{type}' without an address in idNumber"));
            }
        }
    }
}
