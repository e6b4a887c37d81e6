namespace ChainWatch.Lists.Ofac;

/// <summary>
/// Finds a party's name among the aliases and scripts of SDN_ADVANCED.XML: the primary alias of the primary identity in
/// Latin script, else the nearest there is; of equals the first.
/// </summary>
internal sealed class AdvancedName(OfacXml xml, AdvancedReferences references)
{
    private int _bestRank;

    /// <summary>The best name so far; empty where there is none.</summary>
    public string Best { get; private set; } = "";

    /// <summary>Reads an element Identity.</summary>
    public void ReadIdentity()
    {
        int rank = IsTrue("Primary") ? 4 : 0;
        foreach (string element in xml.Children())
        {
            if (element == "Alias")
            {
                ReadAlias(rank + (IsTrue("Primary") ? 2 : 0));
            }
        }
    }

    private void ReadAlias(int aliasRank)
    {
        foreach (string element in xml.Children())
        {
            if (element != "DocumentedName")
            {
                continue;
            }

            int rank = 1 + aliasRank + (references.IsPrimaryLatin(xml.Attribute("DocNameStatusID")) ? 1 : 0);
            string name = ReadName();
            if (rank > _bestRank && name.Length > 0)
            {
                (_bestRank, Best) = (rank, name);
            }
        }
    }

    private string ReadName()
    {
        List<string> parts = [];
        foreach (string element in xml.Children())
        {
            if (element != "DocumentedNamePart")
            {
                continue;
            }

            foreach (string part in xml.Children())
            {
                if (part == "NamePartValue" && xml.Text() is { Length: > 0 } text)
                {
                    parts.Add(text);
                }
            }
        }

        return string.Join(' ', parts);
    }

    private bool IsTrue(string attribute) => xml.Attribute(attribute).Equals("true", StringComparison.OrdinalIgnoreCase);
}
