namespace ChainWatch.Lists.Ofac;

/// <summary>The section SanctionsEntries of SDN_ADVANCED.XML: since when the parties are on the SDN List, and under which programs.</summary>
internal sealed class AdvancedEntries(OfacXml xml, AdvancedReferences references, IReadOnlyDictionary<string, OfacParty> byProfile)
{
    private readonly HashSet<OfacParty> _onList = [];

    /// <summary>Reads the section into the parties.</summary>
    public void Read()
    {
        foreach (string element in xml.Children())
        {
            if (element == "SanctionsEntry"
                && references.IsSdnList(xml.Attribute("ListID"))
                && byProfile.TryGetValue(xml.Attribute("ProfileID"), out OfacParty? party))
            {
                _onList.Add(party);
                ReadEntry(party);
            }
        }
    }

    /// <summary>Refuses a file in which one of the parties has no entry.</summary>
    public void Check(List<OfacParty> parties)
    {
        if (parties.Find(party => !_onList.Contains(party)) is OfacParty party)
        {
            throw ChainWatchException.At(xml.File, 0, null, $"{party.Name} (uid {party.Id}) has addresses and no SanctionsEntry on the list '{AdvancedReferences.SdnList}': expected a whole SDN_ADVANCED.XML");
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
                    if (child == "Date" && AdvancedDate.Read(xml) is var date && !(party.Listed <= date))
                    {
                        party.Listed = date;
                    }
                }
            }
            else if (element == "SanctionsMeasure" && references.IsProgram(xml.Attribute("SanctionsTypeID")))
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
}
