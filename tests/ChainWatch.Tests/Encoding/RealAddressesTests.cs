using System.Text.Json;
using CsvHelper;

namespace ChainWatch.Tests.Encoding;

/// <summary>Every address of the real lists.</summary>
public class RealAddressesTests
{
    // As OFAC prints them: one has an l, which no Base58 has; the other is 64 hexadecimal digits, not an address.
    private static readonly string[] NoAddresses =
    [
        "45ezvPejNsKYntjhyyeb7fbfzilsxYQozc5Ffseh8jPGW4JZQQVXykNTfK5uGFiij7Hp3qPv3T5HCR7F3Fnmz2mzE1aKQwo",
        "5be5543ff73456ab9f2d207887e2af87322c651ea1a873c5b25b7ffae456c320",
    ];

    [SkippableFact]
    public void OfacCurrent_AllButTwo_ParseOnTheirChainAndRoundTrip()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(TestData.Real("lists/ofac/ofac_current_2026-08-20.json")));
        Dictionary<string, int> counts = [];
        List<string> refused = [];
        foreach (JsonElement row in document.RootElement.GetProperty("addresses").EnumerateArray())
        {
            string text = row.GetProperty("address").GetString()!;
            string ticker = row.GetProperty("ofac_tickers")[0].GetString()!;
            string chain = ChainOf(text, row.GetProperty("chain").GetString()!, ticker);
            counts[chain] = counts.GetValueOrDefault(chain) + 1;
            if (!Address.TryParse(text, Chain.Parse(chain), out Address address))
            {
                refused.Add(text);
                address = Address.AsListed(text, Chain.Parse(chain));
                address.ToString().ShouldBe(text);
                continue;
            }

            RoundTrip(address, text);
        }

        refused.ShouldBe(NoAddresses);
        counts.ShouldBe(
            new Dictionary<string, int>
            {
                ["bitcoin"] = 529, ["tron"] = 277, ["ethereum"] = 104, ["litecoin"] = 13, ["monero"] = 11, ["bitcoin-cash"] = 7,
                ["dash"] = 5, ["solana"] = 4, ["zcash"] = 4, ["dogecoin"] = 2, ["bitcoin-gold"] = 1, ["bitcoin-sv"] = 1,
                ["xrp"] = 1, ["bnb-beacon-chain"] = 1, ["verge"] = 1,
            },
            ignoreOrder: true);
        counts.Values.Sum().ShouldBe(961);
    }

    [SkippableFact]
    public void OfacHistory_AllButTwo_AreReadByTheirFormAlone()
    {
        Dictionary<string, int> counts = [];
        List<string> refused = [];
        foreach (CsvReader row in Rows("lists/ofac/ofac_address_history.csv"))
        {
            if (!Address.TryParse(row.GetString("address"), out Address address))
            {
                refused.Add(row.GetString("address"));
                continue;
            }

            counts[address.Chain.Name] = counts.GetValueOrDefault(address.Chain.Name) + 1;
            RoundTrip(address, row.GetString("address"));
        }

        refused.ShouldBe(NoAddresses, ignoreOrder: true);
        (refused.Count + counts.Values.Sum()).ShouldBe(1053);
        counts["ethereum"].ShouldBe(104 + 92);
        counts["dogecoin"].ShouldBe(3); // with Verge's one, whose form is the same
        counts.ShouldNotContainKey("verge");
    }

    [SkippableFact]
    public void Dprk_AllUsableRows_ParseAndTheBadOneIsRefused()
    {
        int parsed = 0;
        List<string> refused = [];
        foreach (CsvReader row in Rows("lists/dprk/dprk_attributed_addresses.csv"))
        {
            Chain chain = Chain.Parse(row.GetString("chain") switch { "BTC" => "bitcoin", "ETH" => "ethereum", "BSC" => "bnb-smart-chain", "POLYGON" => "polygon", "TRX" => "tron", _ => "?" });
            bool isAddress = Address.TryParse(row.GetString("address"), chain, out Address address);
            isAddress.ShouldBe(row.GetString("usable") == "yes", row.GetString("address"));
            if (isAddress)
            {
                parsed++;
                RoundTrip(address, row.GetString("address"));
            }
            else
            {
                refused.Add(row.GetString("address"));
            }
        }

        parsed.ShouldBe(549);
        refused.ShouldBe(["bc1qr7camydm2xad9n3wtcaqtsjswwykulunt6nvgj"]);
    }

    // The list's own column is a guess by form: it calls Dogecoin's addresses Solana's, and one of Tron's that OFAC files
    // under XBT Bitcoin's. Ticker and checksum tell better.
    private static string ChainOf(string text, string chain, string ticker) => (chain, ticker) switch
    {
        (_, "DOGE") => "dogecoin",
        (_, "BNB") => "bnb-beacon-chain",
        ("ripple", _) => "xrp",
        ("bitcoin", _) when text.StartsWith('T') => "tron",
        _ => chain.Replace('_', '-'),
    };

    private static void RoundTrip(Address address, string text)
    {
        Address.Parse(address.ToString(), address.Chain).ShouldBe(address);
        Address.Parse(address.ToCanonicalString(), address.Chain).ShouldBe(address);
        bool hasOneForm = address.Kind != AddressKind.Evm && address.Chain.Name != "bitcoin-cash";
        if (hasOneForm)
        {
            address.ToString().ShouldBe(text);
        }
    }

    private static IEnumerable<CsvReader> Rows(string file)
    {
        using CsvReader reader = CsvReader.Create(File.ReadAllBytes(TestData.Real(file)));
        reader.ReadHeader();
        while (reader.Read())
        {
            yield return reader;
        }
    }
}
