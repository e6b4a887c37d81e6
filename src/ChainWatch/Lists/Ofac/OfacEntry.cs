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
        ListedAs = address.ListedAs,
        Authority = Authority.Ofac,
        Document = DocumentOf(publication, address.EntityId),
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
        bool sameAddress = sameTickers && OfacAddresses.MatchKey(before.Address) == OfacAddresses.MatchKey(now.Address);
        return before with
        {
            Address = sameAddress ? before.Address : now.Address,
            ListedAs = sameAddress && now.ListedAs.Length == 0 ? before.ListedAs : now.ListedAs,
            Entity = EntityName.IsSame(before.Entity, now.EntityName) ? before.Entity : now.EntityName,
            EntityId = now.EntityId,
            EntityListed = now.EntityListed ?? (isSameParty ? before.EntityListed : null),
            Programs = IsSameSet(before.Programs, now.Programs) ? before.Programs : now.Programs,
            Tickers = sameTickers ? before.Tickers : [.. tickers.Order(StringComparer.Ordinal)],
            Document = before.Document.Seen == IssuerText.Yes ? before.Document : Confirm(before.Document, publication, now.EntityId),
        };
    }

    /// <summary>What the publication is, in a few words.</summary>
    public static string SourceOf(OfacPublication publication)
    {
        string file = publication.Format switch
        {
            OfacFormat.Advanced => "SDN_ADVANCED.XML",
            OfacFormat.Classic => "SDN.XML",
            OfacFormat.Enhanced => "SDN_ENHANCED.XML",
            _ => "SDN.CSV",
        };
        return string.Create(CultureInfo.InvariantCulture, $"OFAC {file} of {publication.Date:yyyy-MM-dd}");
    }

    private static SourceDocument DocumentOf(OfacPublication publication, string uid) => new(
        $"OFAC Specially Designated Nationals and Blocked Persons List, SDN uid {uid}",
        publication.Date,
        $"https://sanctionssearch.ofac.treas.gov/Details.aspx?id={uid}",
        IssuerText.Yes,
        SourceOf(publication));

    // OFAC's own file is better evidence than a transcription; what the transcription told of the dates stays named.
    private static SourceDocument Confirm(SourceDocument before, OfacPublication publication, string uid)
    {
        SourceDocument own = DocumentOf(publication, uid);
        return before.SeenAt.Length == 0 ? own : own with { SeenAt = $"{own.SeenAt}; before: {before.SeenAt}" };
    }

    /// <summary>
    /// Between which days an address came on that was not on the list on the day <paramref name="notOn"/>. The party's own
    /// date bounds it from below too: no address is listed before its party.
    /// </summary>
    public static DateBounds CameOn(DateOnly? notOn, DateOnly? partyListed, DateOnly publication)
    {
        bool partyIsLater = partyListed <= publication && !(partyListed <= notOn);
        return new DateBounds(partyIsLater ? partyListed : notOn, publication);
    }

    private static bool IsSameSet(IReadOnlyList<string> one, IReadOnlyList<string> other) => one.ToHashSet(StringComparer.Ordinal).SetEquals(other);
}
