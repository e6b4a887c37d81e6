using System.Globalization;

namespace ChainWatch.Lists.Ofac;

/// <summary>Makes the entry of an address, and brings one up to date.</summary>
internal static class OfacEntry
{
    /// <summary>A new entry.</summary>
    public static Designation Create(string list, OfacAddress address, DateBounds cameOn, OfacPublication publication) => new()
    {
        List = list,
        Address = address.Address,
        Authority = Authority.Ofac,
        Document = DocumentOf(publication),
        Entity = address.EntityName,
        EntityId = address.EntityId,
        EntityListed = address.EntityListed,
        Programs = address.Programs,
        Tickers = address.Tickers,
        // Property of a designated person is blocked, whatever it was used for.
        Role = Role.Holding,
        MaySeed = true,
        CameOn = cameOn,
    };

    /// <summary>
    /// An entry that stays keeps its interval. A name that differs only in case, commas and the like keeps its spelling, so
    /// that importing another format renames nobody; what the format does not tell is kept.
    /// </summary>
    public static Designation Update(Designation before, OfacAddress now, OfacPublication publication)
    {
        bool isSameParty = before.EntityId.Length == 0 || before.EntityId == now.EntityId;
        bool isPartial = isSameParty && new OfacSight(publication).IsPartial(now.EntityId);
        IReadOnlyList<string> tickers = isPartial ? [.. before.Tickers.Union(now.Tickers)] : now.Tickers;
        bool sameTickers = IsSameSet(before.Tickers, tickers);
        return before with
        {
            Address = sameTickers && OfacAddresses.MatchKey(before.Address) == OfacAddresses.MatchKey(now.Address) ? before.Address : now.Address,
            Entity = IsSameName(before.Entity, now.EntityName) ? before.Entity : now.EntityName,
            EntityId = now.EntityId,
            EntityListed = now.EntityListed ?? (isSameParty ? before.EntityListed : null),
            Programs = IsSameSet(before.Programs, now.Programs) ? before.Programs : now.Programs,
            Tickers = sameTickers ? before.Tickers : [.. tickers.Order(StringComparer.Ordinal)],
            // OFAC's own file is better evidence than a transcription of it.
            Document = before.Document.Seen == IssuerText.Yes ? before.Document : DocumentOf(publication),
        };
    }

    /// <summary>The document that a publication is.</summary>
    public static SourceDocument DocumentOf(OfacPublication publication)
    {
        string file = publication.Format switch
        {
            OfacFormat.Advanced => "SDN_ADVANCED.XML",
            OfacFormat.Classic => "SDN.XML",
            OfacFormat.Enhanced => "SDN_ENHANCED.XML",
            _ => "SDN.CSV",
        };
        string title = string.Create(CultureInfo.InvariantCulture, $"OFAC Specially Designated Nationals List, {file}, {publication.Date:yyyy-MM-dd}");
        return new SourceDocument(title, publication.Date, $"https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/{file}", IssuerText.Yes);
    }

    /// <summary>The party's own date as a lower bound; none where it is not told or lies behind the publication.</summary>
    public static DateOnly? ListedBy(DateOnly? entityListed, DateOnly publication) => entityListed <= publication ? entityListed : null;

    /// <summary>Whether two names have the same letters and digits: "WU, Huihui" and "Wu Huihui".</summary>
    public static bool IsSameName(string one, string other) => Letters(one) == Letters(other);

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static bool IsSameSet(IReadOnlyList<string> one, IReadOnlyList<string> other) => one.ToHashSet(StringComparer.Ordinal).SetEquals(other);
}
