using System.Security;
using ChainWatch.Lists;
using ChainWatch.Tests.Lists.Ofac;

namespace ChainWatch.Console.Tests.Updating;

/// <summary>An address of a party, and publications of SDN_ENHANCED.XML that hold such.</summary>
internal sealed record SdnEntry(string Uid, string Party, string Listed, string[] Programs, string[] Tickers, string Address)
{
    public static SdnEntry Of(Designation entry) => new(
        entry.EntityId, entry.Entity, entry.EntityListed?.ToString("yyyy-MM-dd", null) ?? "2020-01-01", [.. entry.Programs], [.. entry.Tickers], entry.ListedAs.Length > 0 ? entry.ListedAs : entry.Address.ToString());

    public static SdnEntry Bitcoin(string uid, string address) => new(uid, $"PARTY {uid}", "2020-01-02", ["CYBER2"], ["XBT"], address);

    public static string File(string date, IEnumerable<SdnEntry> entries)
    {
        IEnumerable<string> parties = entries.GroupBy(entry => entry.Uid).Select(party => SdnXml.Entity(
            party.Key,
            "Entity",
            party.First().Listed,
            string.Join("</sanctionsProgram><sanctionsProgram>", party.First().Programs),
            SecurityElement.Escape(party.First().Party),
            string.Concat(party.SelectMany(entry => entry.Tickers.Select(ticker => SdnXml.EnhancedFeature(ticker, entry.Address))))));
        return $"""
            <?xml version="1.0" encoding="utf-8"?>
            <sanctionsData xmlns="{SdnXml.EnhancedNew}">
              <publicationInfo><dataAsOf>{date}T00:00:00-04:00</dataAsOf></publicationInfo>
              <entities>{string.Join('\n', parties)}</entities>
            </sanctionsData>
            """;
    }
}
