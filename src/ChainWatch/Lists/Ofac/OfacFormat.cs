namespace ChainWatch.Lists.Ofac;

/// <summary>The forms in which OFAC publishes the Specially Designated Nationals List.</summary>
public enum OfacFormat
{
    /// <summary>SDN_ADVANCED.XML: root <c>Sanctions</c>, the fullest form.</summary>
    Advanced,

    /// <summary>SDN.XML: root <c>sdnList</c>.</summary>
    Classic,

    /// <summary>SDN_ENHANCED.XML: root <c>sanctionsData</c>.</summary>
    Enhanced,

    /// <summary>SDN.CSV with SDN_COMMENTS.CSV: no date, and remarks cut at 1,000 characters.</summary>
    Csv,
}
