namespace ChainWatch.Lists.Ofac;

/// <summary>
/// The reference values of SDN_ADVANCED.XML: what its ids mean. Ids are looked up by their texts, since OFAC adds new ones
/// (the ids of assets above all). Where an excerpt leaves a whole set out, every id is taken for the kind sought.
/// </summary>
internal sealed class AdvancedReferences(OfacXml xml)
{
    /// <summary>The name of the list that is read; the other lists have other names.</summary>
    public const string SdnList = "SDN List";

    private const string Program = "Program";
    private const string PrimaryLatin = "Primary Latin";

    private readonly Dictionary<string, string> _tickers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _measureTypes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _nameStatuses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _partyTypes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string PartyType, string Text)> _partySubTypes = new(StringComparer.Ordinal);

    /// <summary>Reads the element ReferenceValueSets.</summary>
    public void Read()
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

    /// <summary>The asset of a digital currency feature type; null for any other feature type.</summary>
    public string? Ticker(string featureTypeId) => _tickers.GetValueOrDefault(featureTypeId);

    /// <summary>Whether a list is the SDN List.</summary>
    public bool IsSdnList(string listId) => _lists.Count == 0 || _lists.GetValueOrDefault(listId) == SdnList;

    /// <summary>Whether a sanctions measure names a program.</summary>
    public bool IsProgram(string measureTypeId) => _measureTypes.Count == 0 || _measureTypes.GetValueOrDefault(measureTypeId) == Program;

    /// <summary>Whether a documented name is the primary one in Latin script.</summary>
    public bool IsPrimaryLatin(string nameStatusId) => _nameStatuses.GetValueOrDefault(nameStatusId) == PrimaryLatin;

    /// <summary>The kind of party: vessels and aircraft by the subtype, persons and organisations by its type.</summary>
    public OfacPartyType PartyType(string subTypeId)
    {
        (string partyType, string text) = _partySubTypes.GetValueOrDefault(subTypeId, ("", ""));
        return Enum.TryParse(text, ignoreCase: true, out OfacPartyType type) && type != OfacPartyType.Unknown ? type
            : Enum.TryParse(_partyTypes.GetValueOrDefault(partyType), ignoreCase: true, out type) ? type
            : OfacPartyType.Unknown;
    }
}
