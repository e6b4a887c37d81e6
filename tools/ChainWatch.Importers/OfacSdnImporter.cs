using System.Text.Json;
using ChainWatch.Lists;

namespace ChainWatch.Importers;

/// <summary>Makes <c>ofac-sdn</c> from the current list (lists/ofac/ofac_current_*.json) and the joined daily histories.</summary>
public static class OfacSdnImporter
{
    internal const string TornadoCash = "TORNADO CASH";
    private const string Name = "ofac-sdn";
    private static readonly DateOnly AsOf = new(2026, 8, 20);

    public static void Import(string dataDirectory, string listsDirectory)
    {
        string folder = Path.Combine(dataDirectory, "lists", "ofac");
        Dictionary<string, CurrentAddress> current = ReadCurrent(Path.Combine(folder, "ofac_current_2026-08-20.json"));
        SdnEntity tornadoCash = SdnEntity.Read(Path.Combine(folder, "sdn.2024-05-03.csv"), TornadoCash);
        List<ListEntry> entries = [];
        foreach (SourceRow row in History(dataDirectory))
        {
            if (current.Remove(row["address"], out CurrentAddress? listed))
            {
                entries.Add(Current(row, listed));
            }
            else if (row["removed_by"].Length > 0)
            {
                entries.Add(Removed(row, current.Values.Concat(entries.OfType<Designation>().Select(CurrentAddress.Of)), tornadoCash));
            }
            else
            {
                throw row.Error("removed_by", $"{row["address"]} is neither on the current list nor removed");
            }
        }

        if (current.Count > 0)
        {
            throw new ChainWatchException($"{current.Keys.Order(StringComparer.Ordinal).First()} is on the current list and has no history ({current.Count} such addresses)");
        }

        ListDescription description = new()
        {
            Name = Name,
            Title = "OFAC's SDN list: every digital currency address that is or was on it, with the days between which it came on and went off",
            Version = "2026-08-20.1",
            AsOf = AsOf,
            Sources =
            [
                "meefs/ofac-naughtylist (MIT): the SDN list of 2026-08-20",
                "public daily histories of the list's addresses: thomasgregg, jackdwyer, sambacha (ofac-list), 0xB10C, ultrasoundmoney",
                "OFAC SDN.CSV of 2024-05-03",
            ],
            HowMade = "One designation for each of the 961 addresses on the list and the 92 that went off it. An address came on on the exact day that one history gives, where two daily observations enclose that day; "
                + "else between the last observation without it (or its entity's designation, if later) and the first with it. The entity's designation date is kept apart and is not the address's.",
        };
        ListFolder.Write(Path.Combine(listsDirectory, Name), description, entries);
    }

    internal static List<SourceRow> History(string dataDirectory) => SourceTable.Read(Path.Combine(dataDirectory, "lists", "ofac", "ofac_address_history.csv"));

    private static Designation Current(SourceRow row, CurrentAddress listed)
    {
        Chain chain = OfacChains.Of(row, listed);
        Address address = Parse(row["address"], chain);
        DateOnly firstSeen = row.Date("first_seen") ?? throw row.Error("first_seen", "is empty");
        return new Designation
        {
            List = Name,
            Address = address,
            ListedAs = IsOtherWriting(row["address"], address) ? row["address"] : "",
            Authority = Authority.Ofac,
            Entity = listed.Entity,
            EntityId = listed.EntityId,
            EntityListed = listed.EntityListed,
            Programs = listed.Programs,
            Tickers = listed.Tickers,
            CameOn = CameOn(row, listed.EntityListed),
            Role = Role.Holding,
            MaySeed = true,
            Document = new SourceDocument(
                $"OFAC Specially Designated Nationals and Blocked Persons List, SDN uid {listed.EntityId}",
                AsOf,
                $"https://sanctionssearch.ofac.treas.gov/Details.aspx?id={listed.EntityId}",
                IssuerText.Mirror,
                $"meefs/ofac-naughtylist, list of 2026-08-20; first seen in the daily history of {row["first_seen_source"]}"),
            Note = address.Chain != chain ? $"listed under the ticker {string.Join('|', listed.Tickers)}; by its form and checksum an address of {address.Chain}"
                : listed.EntityListed > firstSeen ? "the source dates the entity after the day on which the address was first seen"
                : "",
        };
    }

    private static Designation Removed(SourceRow row, IEnumerable<CurrentAddress> current, SdnEntity tornadoCash)
    {
        bool isTornadoCash = row["entity"] == TornadoCash;
        bool onExactDay = row["removed_note"] == "SDN publish date 03/21/2025";
        CurrentAddress? entity = current.FirstOrDefault(address => address.Entity == row["entity"]);
        (string id, IReadOnlyList<string> programs, string note) = (isTornadoCash, onExactDay) switch
        {
            (true, true) => (tornadoCash.Uid, tornadoCash.Programs, "uid and programs from OFAC's SDN.CSV of 2024-05-03"),
            (true, false) => ("", [], "went off before the SDN.CSV of 2024-05-03, from which the uid and programs of the others are taken"),
            _ => (entity?.EntityId ?? "", entity?.Programs ?? [], entity is null ? "" : "uid, programs and date of the entity as of 2026-08-20"),
        };
        return new Designation
        {
            List = Name,
            Address = Parse(row["address"], Chain.Ethereum),
            Authority = Authority.Ofac,
            Entity = row["entity"],
            EntityId = id,
            EntityListed = entity?.EntityListed,
            Programs = programs,
            Tickers = row["tickers"].Split('|'),
            CameOn = CameOn(row, entity?.EntityListed),
            WentOff = onExactDay
                ? DateBounds.On(row.Date("removed_by") ?? throw row.Error("removed_by", "is empty"))
                : new DateBounds(row.Date("removed_after_last_obs_change"), row.Date("removed_by")),
            Role = isTornadoCash ? Role.Contract : Role.Holding,
            MaySeed = !isTornadoCash,
            Document = new SourceDocument(
                $"OFAC Specially Designated Nationals and Blocked Persons List, {(id.Length > 0 ? $"SDN uid {id}" : row["entity"])}",
                null,
                "",
                IssuerText.Mirror,
                $"daily histories of the list: first seen by {row["first_seen_source"]}, removal by {row["removed_source"]}"),
            Note = note,
        };
    }

    // The day given by one history is taken only where others saw the list before and after: where nobody looked, that
    // history gives the entity's day (0xa7e5…b008 was missing a year after the day it gives).
    private static DateBounds CameOn(SourceRow row, DateOnly? entityListed)
    {
        DateOnly? given = row.Date("date_added_ultrasoundmoney");
        DateOnly? notSeen = row.Date("not_seen_as_of");
        DateOnly firstSeen = row.Date("first_seen") ?? throw row.Error("first_seen", "is empty");
        if (given is DateOnly day && notSeen <= day && day <= firstSeen)
        {
            return DateBounds.On(day);
        }

        bool entityIsLater = entityListed <= firstSeen && (notSeen is null || entityListed > notSeen);
        return new DateBounds(entityIsLater ? entityListed : notSeen, firstSeen);
    }

    // OFAC has listed an address under another chain's ticker (a Tron one under XBT): its form and checksum tell. And texts
    // that are no valid address at all (a slip, or another kind of identifier): they stay on the list as OFAC wrote them.
    private static Address Parse(string text, Chain chain) =>
        Address.TryParse(text, chain, out Address address) || Address.TryParse(text, out address) ? address
        : chain.CanBeTraced ? Address.Parse(text, chain)
        : Address.FromCanonicalText(chain, text);

    // Hexadecimal in another case is no other writing.
    private static bool IsOtherWriting(string text, Address address) => address.Kind != AddressKind.Evm && text != address.ToString();

    private static Dictionary<string, CurrentAddress> ReadCurrent(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.GetProperty("addresses").EnumerateArray().Select(CurrentAddress.Read).ToDictionary(address => address.Address, StringComparer.Ordinal);
    }
}
