using System.Text.RegularExpressions;

namespace ChainWatch.Importers;

/// <summary>
/// The collected files speak of themselves and of each other by file name. The lists are read by people who do not have
/// them: the same facts, said of the public source.
/// </summary>
internal static partial class Wording
{
    private static readonly (string Old, string New)[] Replacements =
    [
        ("sdn.2024-05-03.csv / watchman-sdn_comments / ofac_address_history.csv", "daily histories of the SDN list"),
        ("date added from ofac_address_history.csv", "date added from daily histories of the SDN list"),
        ("report itself (msmt.info PDF) not in the store", "the report itself (msmt.info) was not seen"),
        ("(not in the store)", "(not seen)"),
        ("stored HTML of the IC3 page", "HTML copy of the IC3 page"),
        ("stored mirror is cut", "the mirror is cut"),
        ("; a public file and (Nova, chain 100)", "; a public file (Nova, chain 100)"),
        ("public files say eXch; , differ", "public files say eXch; others differ"),
        ("(0x-settler source), (Dune spellbook)", "(0x-settler source; Dune spellbook)"),
        ("(DefiLlama), (rubic)", "(DefiLlama; rubic)"),
        (" (labelled \"THORSwap: RouterV2\" in service_labels)", ""),
        (" (service_labels wrongly says dex \"0x_EtherToken-v4\")", ""),
    ];

    public static string Public(string text) => Replacements
        .Aggregate(SdnFile().Replace(text, "OFAC's SDN.CSV of 2024-05-03 (uid 27307) and SDN list of 2026-08-20"), (current, r) => current.Replace(r.Old, r.New, StringComparison.Ordinal))
        .Trim();

    // Where the collector kept OFAC's file.
    [GeneratedRegex(@"^\S+/sdn\.2024-05-03\.csv \(whole SDN\.CSV, uid 27307\); also ofac_current_2026-08-20\.json$")]
    private static partial Regex SdnFile();
}
