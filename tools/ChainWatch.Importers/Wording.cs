using System.Text.RegularExpressions;

namespace ChainWatch.Importers;

/// <summary>
/// The collected files speak of themselves and of each other by file name. The lists are read by people who do not have
/// them: the same facts, said of the public source.
/// </summary>
internal static partial class Wording
{
    // Of some rows the collector wrote down that a public file says so, and not which.
    private const string NotRecorded = "source file not recorded by the collector";

    private static readonly (string Old, string New)[] Replacements =
    [
        ("sdn.2024-05-03.csv / watchman-sdn_comments / ofac_address_history.csv", "daily histories of the SDN list"),
        ("date added from ofac_address_history.csv", "date added from daily histories of the SDN list"),
        ("report itself (msmt.info PDF) not in the store", "the report itself (msmt.info) was not seen"),
        ("(not in the store)", "(not seen)"),
        ("stored HTML of the IC3 page", "HTML copy of the IC3 page"),
        ("very likely in the FBI list, to be promoted to FBI once the page is read: stored mirror is cut after 13 of 22 BTC; the count (22) and order agree with the transcription, but this address was not seen whole in any copy of the FBI text",
            "the mirror of the FBI text is cut after 13 of its 22 Bitcoin addresses; this address was not seen whole in any copy of it"),
        ("; a public file and (Nova, chain 100)", "; a public file (Nova, chain 100)"),
        ("public files say eXch; , differ", "source files not recorded by the collector say eXch; others differ"),
        ("(0x-settler source), (Dune spellbook)", "(0x-settler source; Dune spellbook)"),
        ("(DefiLlama), (rubic)", "(DefiLlama; rubic)"),
        ("public files (Ethereum contract); public files (decimals; the second is the BSC twin at the same address)",
            "contract and decimals: source files not recorded by the collector (one is of the BSC twin at the same address)"),
        ("public files (decimals)", "decimals: source files not recorded by the collector"),
        ("bybit.md (a public file)", "bybit.md (version not recorded)"),
        (" (labelled \"THORSwap: RouterV2\" in service_labels)", ""),
        (" (service_labels wrongly says dex \"0x_EtherToken-v4\")", ""),
    ];

    public static string Public(string text) => Unnamed(Replacements
        .Aggregate(SdnFile().Replace(text, "OFAC's SDN.CSV of 2024-05-03 (uid 27307) and SDN list of 2026-08-20"), (current, r) => current.Replace(r.Old, r.New, StringComparison.Ordinal))
        .Trim());

    private static string Unnamed(string text)
    {
        text = DescribedFile().Replace(text, "$2 (file$1 not recorded)");
        text = NamedFile().Replace(text, "(file not recorded)");
        return BareFile().Replace(text, $"$1{NotRecorded}");
    }

    // "a public file (pool table per chain)", "public files (Stargate SDK)": what it is, but not its name.
    [GeneratedRegex(@"\b(?:a public file|public file(s)) \(([^()]*)\)")]
    private static partial Regex DescribedFile();

    // "Stargate SDK deployments (a public file)".
    [GeneratedRegex(@"\(a public file\)")]
    private static partial Regex NamedFile();

    [GeneratedRegex(@"(^|; )(?:a public file|public files)(?=;|$)")]
    private static partial Regex BareFile();

    // Where the collector kept OFAC's file.
    [GeneratedRegex(@"^\S+/sdn\.2024-05-03\.csv \(whole SDN\.CSV, uid 27307\); also ofac_current_2026-08-20\.json$")]
    private static partial Regex SdnFile();
}
