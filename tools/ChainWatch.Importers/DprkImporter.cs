using ChainWatch.Lists;

namespace ChainWatch.Importers;

/// <summary>Makes <c>dprk-attributed</c> from lists/dprk/dprk_attributed_addresses.csv.</summary>
public static class DprkImporter
{
    private const string Name = "dprk-attributed";

    // The day on which the collector last checked the rows against OFAC's list. A statement without a date counts from it.
    private static readonly DateOnly AsOf = new(2026, 8, 20);

    public static void Import(string dataDirectory, string listsDirectory)
    {
        List<ListEntry> entries = [];
        List<string> refused = [];
        foreach (SourceRow row in SourceTable.Read(Path.Combine(dataDirectory, "lists", "dprk", "dprk_attributed_addresses.csv")))
        {
            Chain chain = ChainOf(row);
            bool valid = Address.TryParse(row["address"], chain, out Address address);
            if (row["usable"] == "yes" && valid)
            {
                entries.Add(Entry(row, address));
            }
            else if (row["usable"] == "no" && !valid)
            {
                refused.Add($"{row.File}:{row.Line}: {chain} {row["address"]} ({row["incident"]}, {row["attributed_by"]}): the address is wrong in its source, its checksum does not hold");
            }
            else
            {
                throw row.Error("usable", $"'{row["usable"]}' does not agree with the checks of {row["address"]}");
            }
        }

        ListDescription description = new()
        {
            Name = Name,
            Title = "Addresses attributed to North Korean actors, by incident and by who says so; not a sanctions list",
            Version = "2026-08-20.1",
            AsOf = AsOf,
            Sources =
            [
                "FBI IC3 alert I-022625-PSA, 2025-02-26 (Bybit)",
                "FBI press releases of 2023-01-23 (Harmony), 2023-08-22 (Alphapo, CoinsPaid, Atomic) and 2023-09-06 (Stake.com), as mirrored or transcribed",
                "OFAC SDN list, uid 27307 (Ronin)",
                "MSMT report of 2025-10-22, Annex 6, as transcribed",
                "tayvano/lazarus-bluenoroff-research; graphsense/graphsense-tagpacks packs/lazarus2.yaml (MIT); sambacha/ofac-list",
            ],
            HowMade = "One attribution for each address. The authority is who names the address, not who an intermediary claims names it: FBI only where its own text or a reproduction of it names the address. "
                + "An entity is given only where the document of a governmental body names it. Rows without a document date count from the list's own date. Only theft, holding and laundering addresses may seed a trace.",
            Refused = refused,
        };
        ListFolder.Write(Path.Combine(listsDirectory, Name), description, entries);
    }

    private static Attribution Entry(SourceRow row, Address address)
    {
        Authority authority = AuthorityOf(row);
        string transcribedBy = row["transcribed_by"].StartsWith("none", StringComparison.Ordinal) ? "" : $"; transcribed by {row["transcribed_by"]}";
        return new Attribution
        {
            List = Name,
            Address = address,
            Authority = authority,
            Entity = EntityOf(row, authority),
            Role = RoleOf(row),
            MaySeed = row["seed_allowed"] switch
            {
                "yes" => true,
                "no" => false,
                _ => throw row.Error("seed_allowed", $"'{row["seed_allowed"]}' is neither yes nor no"),
            },
            Incident = row["incident"],
            StatedOn = row.Date("document_date") ?? AsOf,
            Document = new SourceDocument(Wording.Public(row["document_title"]), row.Date("document_date"), row["document_url"], SeenOf(row), Wording.Public(row["seen_at"] + transcribedBy)),
            Note = Wording.Public(row["note"]),
        };
    }

    private static Chain ChainOf(SourceRow row) => row["chain"] switch
    {
        "BTC" => Chain.Bitcoin,
        "ETH" => Chain.Ethereum,
        "BSC" => Chain.Parse("bnb-smart-chain"),
        "POLYGON" => Chain.Parse("polygon"),
        "TRX" => Chain.Parse("tron"),
        string other => throw row.Error("chain", $"unknown chain '{other}'"),
    };

    private static Authority AuthorityOf(SourceRow row) => row["attributed_by"] switch
    {
        // The incident's list says so of the same eight addresses that ofac-sdn designates; there they are designations.
        "OFAC" => Authority.Ofac,
        "FBI" or "MSMT" => new Authority(AuthorityKind.GovernmentBody, row["attributed_by"]),
        string researcher when researcher.StartsWith("researcher:", StringComparison.Ordinal) => new Authority(AuthorityKind.Researcher, researcher),
        string other => throw row.Error("attributed_by", $"unknown party '{other}'"),
    };

    // Only what the document says. A researcher's rows, and the unnamed trader of the MSMT report, have no entity.
    private static string EntityOf(SourceRow row, Authority authority)
    {
        string title = row["document_title"];
        return authority.Kind == AuthorityKind.Researcher ? ""
            : title.Contains("Lazarus Group", StringComparison.OrdinalIgnoreCase) ? "Lazarus Group"
            : row["note"].EndsWith("TraderTraitor", StringComparison.Ordinal) ? "TraderTraitor"
            : title.EndsWith("by DPRK", StringComparison.Ordinal) ? "DPRK"
            : "";
    }

    private static Role RoleOf(SourceRow row) => row["role_normalised"] switch
    {
        "theft" => Role.Theft,
        "holding" => Role.Holding,
        "laundering" => Role.Laundering,
        "service_deposit" => Role.ServiceDeposit,
        "broker" => Role.Broker,
        "unknown" => Role.Unknown,
        string other => throw row.Error("role_normalised", $"unknown role '{other}'"),
    };

    private static IssuerText SeenOf(SourceRow row) => row["issuer_document_seen"] switch
    {
        "yes" => IssuerText.Yes,
        "mirror" => IssuerText.Mirror,
        "no" => IssuerText.No,
        string other => throw row.Error("issuer_document_seen", $"'{other}' is none of yes, mirror, no"),
    };
}
