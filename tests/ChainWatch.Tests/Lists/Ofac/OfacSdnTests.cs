using System.Security;
using System.Text.Json;
using ChainWatch.Lists.Ofac;

namespace ChainWatch.Tests.Lists.Ofac;

public class OfacSdnTests
{
    private static readonly DateOnly Day = new(2026, 7, 30);

    public static TheoryData<string, OfacFormat, bool> XmlFiles() => new()
    {
        { SdnXml.Advanced(SdnXml.AdvancedNew), OfacFormat.Advanced, true },
        { SdnXml.Advanced(SdnXml.AdvancedOld), OfacFormat.Advanced, true },
        { SdnXml.Classic(SdnXml.ClassicNew), OfacFormat.Classic, false },
        { SdnXml.Classic(SdnXml.ClassicOld), OfacFormat.Classic, false },
        { SdnXml.Enhanced(SdnXml.EnhancedNew), OfacFormat.Enhanced, true },
        { SdnXml.Enhanced(SdnXml.EnhancedOld), OfacFormat.Enhanced, true },
    };

    [Theory]
    [MemberData(nameof(XmlFiles))]
    public void Read_EveryXmlForm_TellsTheSame(string xml, OfacFormat format, bool tellsListed)
    {
        OfacPublication sdn = Read(xml);

        sdn.Format.ShouldBe(format);
        sdn.Date.ShouldBe(Day);
        sdn.PartyCount.ShouldBe(4);
        sdn.Problems.ShouldBeEmpty();
        sdn.Addresses.Count.ShouldBe(3);

        OfacAddress ronin = sdn.Addresses.Single(a => a.EntityId == "27307");
        ronin.Address.ShouldBe(Address.Parse(SdnXml.Ronin));
        ronin.EntityName.ShouldBe("Lazarus Group", StringCompareShould.IgnoreCase);
        ronin.PartyType.ShouldBe(OfacPartyType.Entity);
        ronin.Programs.ShouldBe(["DPRK3"]);
        ronin.Tickers.ShouldBe(["ETH"]);
        ronin.IsUnchecked.ShouldBeFalse();
        ronin.EntityListed.ShouldBe(tellsListed ? new DateOnly(2019, 9, 13) : null);

        OfacAddress shared = sdn.Addresses.Single(a => a.EntityId == "42498");
        shared.Address.ShouldBe(Address.Parse(SdnXml.Shared));
        shared.Tickers.ShouldBe(["ARB", "BSC", "ETH"]);
        shared.PartyType.ShouldBe(OfacPartyType.Individual);
        shared.EntityName.Replace(",", "", StringComparison.Ordinal).ShouldBe("Sim Hyon Sop", StringCompareShould.IgnoreCase);

        sdn.Addresses.Single(a => a.EntityId == "33151").Address.ShouldBe(Address.Parse(SdnXml.Suex, Chain.Bitcoin));
    }

    [Fact]
    public void Advanced_FeatureTypeIdsOfOtherAssets_AreResolvedByTheirText()
    {
        OfacPublication sdn = Read(SdnXml.Advanced(eth: "344", arb: "1008", bsc: "345", xbt: "1007"));

        sdn.Addresses.Single(a => a.EntityId == "27307").Tickers.ShouldBe(["ETH"]);
        sdn.Addresses.Single(a => a.EntityId == "42498").Tickers.ShouldBe(["ARB", "BSC", "ETH"]);
        sdn.Addresses.Single(a => a.EntityId == "33151").Tickers.ShouldBe(["XBT"]);
    }

    [Theory]
    [InlineData("XBT", "1295rkVyNfFpqZpXvKGhDqwhP1jZcNNDMV", "bitcoin")]
    [InlineData("USDT", "0x098B716B8Aaf21512996dC57EB0615e2383E2f96", "ethereum")]
    [InlineData("USDT", "TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzq", "tron")]
    [InlineData("USDC", "0x098B716B8Aaf21512996dC57EB0615e2383E2f96", "ethereum")]
    [InlineData("USDT", "1295rkVyNfFpqZpXvKGhDqwhP1jZcNNDMV", "bitcoin")]
    [InlineData("TRX", "TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzq", "tron")]
    [InlineData("ARB", "0x4f47bc496083c727c5fbe3ce9cdf2b0f6496270c", "arbitrum")]
    [InlineData("BSC", "0x4f47bc496083c727c5fbe3ce9cdf2b0f6496270c", "bnb-smart-chain")]
    [InlineData("BNB", "bnb136ns6lfw4zs5hg4n85vdthaad7hq5m4gtkgf23", "bnb-beacon-chain")]
    [InlineData("ETC", "0x4f47bc496083c727c5fbe3ce9cdf2b0f6496270c", "ethereum-classic")]
    [InlineData("DOGE", "DHzAVdEoL3PjGeLWNdEJwwMA1CeQ9J9Cpo", "dogecoin")]
    [InlineData("SOL", "42RLPACwZPx3vYYmxSueqsogfynBDqXK298EDsNoyoHi", "solana")]
    [InlineData("XMR", "49HqitRzdnhYjgTEAhgGpCfsjdTeMbUTU6cyR4JV1R7k2Eej9rGT8JpFiYDa4tZM6RZiFrHmMzgSrhHEqpDYKBe5B2ufNsL", "monero")]
    [InlineData("ZEC", "t1WSKwCDL1QYRRUrCCknEs5tDLhtGVYu9KM", "zcash")]
    [InlineData("BTG", "GPwg61XoHqQPNmAucFACuQ5H9sGCDv9TpS", "bitcoin-gold")]
    [InlineData("BSV", "12sjrrhoFEsedNRhtgwvvRqjFTh8fZTDX9", "bitcoin-sv")]
    [InlineData("BCH", "qpf2cphc5dkuclkqur7lhj2yuqq9pk3hmukle77vhq", "bitcoin-cash")]
    [InlineData("XVG", "DFFJhnQNZf8rf67tYnesPu7MuGUpYtzv7Z", "verge")]
    [InlineData("XRP", "rnXyVQzgxZe7TR1EPzTkGj2jxH4LMJYh66", "xrp")]
    public void Read_Ticker_ChainComesFromTickerAndForm(string ticker, string address, string chain)
    {
        OfacPublication sdn = Read(SdnXml.Classic(more: SdnXml.Id(ticker, address)));

        OfacAddress found = sdn.Addresses.Single(a => a.EntityId == "33151" && a.Address.Chain.Name == chain && a.Tickers.Contains(ticker));
        found.Address.ShouldBe(Address.Parse(address, Chain.Parse(chain)));
        found.IsUnchecked.ShouldBeFalse();
        sdn.Problems.ShouldBeEmpty();
    }

    [SkippableFact]
    public void Read_EveryAddressOnTheRealList_IsTaken()
    {
        using JsonDocument real = JsonDocument.Parse(File.ReadAllBytes(TestData.Real("lists/ofac/ofac_current_2026-08-20.json")));
        JsonElement[] rows = [.. real.RootElement.GetProperty("addresses").EnumerateArray()];
        IEnumerable<string> entries = rows.GroupBy(row => row.GetProperty("entity_id").GetInt32()).Select(party =>
            $"<sdnEntry><uid>{party.Key}</uid><lastName>{SecurityElement.Escape(party.First().GetProperty("entity_name").GetString())}</lastName><sdnType>Entity</sdnType><idList>"
            + string.Concat(party.SelectMany(row => row.GetProperty("ofac_tickers").EnumerateArray().Select(ticker => SdnXml.Id(ticker.GetString()!, row.GetProperty("address").GetString()!))))
            + "</idList></sdnEntry>");

        OfacPublication sdn = Read($"<sdnList><publshInformation><Publish_Date>08/20/2026</Publish_Date></publshInformation>{string.Concat(entries)}</sdnList>");

        sdn.Addresses.Count.ShouldBe(961);
        // The source counts 530 and 276: it takes the Tron address that OFAC lists as XBT for Bitcoin's.
        sdn.Addresses.Count(a => a.Address.Chain == Chain.Bitcoin).ShouldBe(529);
        sdn.Addresses.Count(a => a.Address.Chain.Name == "tron").ShouldBe(277);
        sdn.Addresses.Count(a => a.Address.Chain.Name == "dogecoin").ShouldBe(2);
        sdn.Addresses.Single(a => a.ListedAs.StartsWith("18M8bJ", StringComparison.Ordinal)).Address.Chain.Name.ShouldBe("bitcoin-cash");
        sdn.Problems.Count(p => p.Kind == OfacProblemKind.AsListed).ShouldBe(2);
        sdn.Problems.Where(p => p.Kind != OfacProblemKind.AsListed).Select(p => p.Fragment).ShouldBe(["XBT TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzq (tron)"]);
        IEnumerable<string> Texts(OfacAddress a) => [a.Address.ToString(), a.ListedAs];
        HashSet<string> read = sdn.Addresses.SelectMany(Texts).ToHashSet(StringComparer.OrdinalIgnoreCase);
        rows.Select(row => row.GetProperty("address").GetString()!).Where(text => !read.Contains(text)).ShouldBeEmpty();
    }

    [Fact]
    public void Read_TronAddressListedAsBitcoin_IsCarriedOnTronAndReported()
    {
        OfacPublication sdn = Read(SdnXml.Classic(more: SdnXml.Id("XBT", "TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzq")));

        sdn.Addresses.ShouldContain(a => a.Address.Chain.Name == "tron" && a.Tickers.Contains("XBT"));
        sdn.Problems.Single().Kind.ShouldBe(OfacProblemKind.OtherChain);
        sdn.Problems.Single().ToString().ShouldContain("SUEX OTC, S.R.O. (uid 33151)");
    }

    [Fact]
    public void Read_KnownSlipOfOfac_IsCarriedAsListedAndReported()
    {
        const string slip = "5be5543ff73456ab9f2d207887e2af87322c651ea1a873c5b25b7ffae456c320";
        OfacPublication sdn = Read(SdnXml.Classic(more: SdnXml.Id("XMR", slip)));

        OfacAddress found = sdn.Addresses.Single(a => a.IsUnchecked);
        found.Address.ToString().ShouldBe(slip);
        found.Address.Chain.Name.ShouldBe("monero");
        sdn.Problems.Single().Kind.ShouldBe(OfacProblemKind.AsListed);
    }

    [Fact]
    public void Read_AddressWithABadChecksum_NamesPartyUidTickerAndAddress()
    {
        string bad = SdnXml.Suex[..^1] + "W";
        string message = Refused(SdnXml.Classic(more: SdnXml.Id("XBT", bad)));

        message.ShouldStartWith("sdn:");
        message.ShouldContain("SUEX OTC, S.R.O. (uid 33151)");
        message.ShouldContain($"XBT address '{bad}'");
    }

    [Fact]
    public void Read_AddressWithABadChecksumAllowed_IsCarriedAsListedAndReported()
    {
        string bad = SdnXml.Suex[..^1] + "W";
        OfacPublication sdn = Read(SdnXml.Classic(more: SdnXml.Id("XBT", bad)), new() { AllowFailedCheck = true });

        sdn.Addresses.Single(a => a.IsUnchecked).Address.ToString().ShouldBe(bad);
        sdn.Problems.Single().Fragment.ShouldBe($"XBT {bad}");
    }

    [Fact]
    public void Read_UnknownAssets_AreAllNamedWithTheirParties()
    {
        string message = Refused(SdnXml.Classic(more: SdnXml.Id("NEWCOIN", "abc1") + SdnXml.Id("ACOIN", "abc2")));

        message.ShouldBe("sdn: unknown asset 'ACOIN' (SUEX OTC, S.R.O. uid 33151); 'NEWCOIN' (SUEX OTC, S.R.O. uid 33151): expected one whose address format this version knows, or permission to carry its addresses unchecked");
    }

    [Fact]
    public void Read_UnknownAssetAllowed_IsCarriedOnAChainOfItsOwn()
    {
        OfacPublication sdn = Read(SdnXml.Classic(more: SdnXml.Id("NEWCOIN", "abCd1")), new() { AllowUnknownAsset = true });

        OfacAddress found = sdn.Addresses.Single(a => a.IsUnchecked);
        found.Address.ToString().ShouldBe("abCd1");
        found.Address.Chain.ShouldBe(Chain.Parse("ofac:newcoin"));
        found.Tickers.ShouldBe(["NEWCOIN"]);
    }

    [Fact]
    public void Read_UnknownAssetInReferenceValuesOnly_IsNoError() =>
        Read(SdnXml.Advanced(moreTypes: "<FeatureType ID=\"2000\">Digital Currency Address - NEWCOIN</FeatureType>")).Addresses.Count.ShouldBe(3);

    [Fact]
    public void Read_DateGivenThatTheFileContradicts_IsRefused() =>
        Refused(SdnXml.Classic(), new() { PublicationDate = new DateOnly(2026, 7, 31) }).ShouldBe("sdn: published on 2026-07-30 as the file says, not on 2026-07-31 as asked");

    [Fact]
    public void Read_Path_GivesTheSameAsTheStream()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string path = folder.Write("sdn_advanced.xml", SdnXml.Advanced());

        OfacSdn.Read(path).Addresses.Select(a => a.Address).ShouldBe(Read(SdnXml.Advanced()).Addresses.Select(a => a.Address));
    }

    [Fact]
    public void Read_MissingFile_IsOneLine() =>
        Should.Throw<ChainWatchException>(() => OfacSdn.Read("no-such-file.xml")).Message.ShouldStartWith("no-such-file.xml: cannot be opened: ");

    public static TheoryData<string, string, string> Refusals() => new()
    {
        { "empty", "", "the file is empty" },
        { "a web firewall's page", "<!DOCTYPE html>\n<html><body>Request blocked</body></html>", "a web page" },
        { "cut inside an element", SdnXml.Advanced()[..3000], "cut short" },
        { "cut behind the last entry", SdnXml.Advanced().Replace("</Sanctions>", "", StringComparison.Ordinal), "cut short" },
        { "something behind the root", SdnXml.Advanced() + "<Sanctions />", "no valid XML" },
        { "another root", "<root><sdnList/></root>", "root element 'root': expected Sanctions, sdnList or sanctionsData" },
        { "no party", "<sdnList><publshInformation><Publish_Date>07/30/2026</Publish_Date></publshInformation></sdnList>", "no party at all" },
        { "no address", "<sdnList><publshInformation><Publish_Date>07/30/2026</Publish_Date></publshInformation><sdnEntry><uid>36</uid></sdnEntry></sdnList>", "no digital currency address in 1 parties" },
        { "a DTD", "<!DOCTYPE x [<!ENTITY e \"y\">]><sdnList>&e;</sdnList>", "DTD" },
        { "another record count", SdnXml.Classic(records: "5"), "Record_Count: the file says 5 records and has 4" },
        { "no date", SdnXml.Classic().Replace("<Publish_Date>07/30/2026</Publish_Date>", "", StringComparison.Ordinal), "does not tell its publication date" },
        { "a wrong date", SdnXml.Classic().Replace("07/30/2026", "30.7.2026", StringComparison.Ordinal), "'30.7.2026' is no date: expected MM/dd/yyyy" },
        { "an impossible date", SdnXml.Advanced().Replace("<Day>30</Day>", "<Day>32</Day>", StringComparison.Ordinal), "no valid date" },
        { "a delta file", SdnXml.Enhanced("https://www.treasury.gov/ofac/DeltaFile/1.0"), "a delta file" },
        { "a delta entity", SdnXml.Enhanced().Replace("<entity id=\"27307\"", "<entity action=\"add\" id=\"27307\"", StringComparison.Ordinal), "has an action" },
        { "another list of the same form", SdnXml.Enhanced().Replace(">SDN List<", ">Consolidated List<", StringComparison.Ordinal), "is on 'Consolidated List' and not on the list 'SDN List'" },
        { "parties of another list", SdnXml.Advanced().Replace("ListID=\"1550\"", "ListID=\"91507\"", StringComparison.Ordinal), "no SanctionsEntry on the list 'SDN List'" },
        { "a feature without an address", SdnXml.Advanced().Replace(SdnXml.Ronin, "", StringComparison.Ordinal), "without an address" },
        { "an endless text", SdnXml.Classic(more: SdnXml.Id("XBT", new string('1', 20_000))), "a text of more than 10000 characters" },
        { "elements without end", "<sdnList>" + string.Concat(Enumerable.Repeat("<a>", 1000)), "nested deeper than 64" },
        { "JSON", "{\"sdn\": []}", "no valid CSV" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Read_BadFile_IsRefusedInOneLine(string what, string contents, string expected)
    {
        string message = Refused(contents);

        message.ShouldContain(expected, Case.Sensitive, what);
        message.ShouldStartWith("sdn");
        message.ShouldNotContain('\n');
    }

    private static OfacPublication Read(string text, OfacReadOptions? options = null)
    {
        using Stream stream = SdnXml.Stream(text);
        return OfacSdn.Read(stream, "sdn", options);
    }

    private static string Refused(string text, OfacReadOptions? options = null) =>
        Should.Throw<ChainWatchException>(() => Read(text, options)).Message;
}
