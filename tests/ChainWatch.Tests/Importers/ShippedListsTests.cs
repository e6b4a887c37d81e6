using System.Globalization;
using System.Text.RegularExpressions;
using ChainWatch.Importers;
using ChainWatch.Labels;
using ChainWatch.Lists;

namespace ChainWatch.Tests.Importers;

public sealed class ShippedListsTests
{
    private static StopList Stops => ListSet.Embedded.StopLists.Single();

    [SkippableTheory]
    [InlineData("ofac-sdn", "addresses.csv")]
    [InlineData("dprk-attributed", "addresses.csv")]
    [InlineData("stops", "labels.csv")]
    [InlineData("stops-etherscan", "labels.csv")]
    [InlineData("tokens", "tokens.csv")]
    public void Import_RealData_GivesTheCommittedBytes(string list, string data)
    {
        string dataDirectory = Path.GetDirectoryName(TestData.Real("README.md"))!;
        using TemporaryFolder folder = TestData.NewFolder();
        Action<string, string> import = list switch
        {
            "ofac-sdn" => OfacSdnImporter.Import,
            "dprk-attributed" => DprkImporter.Import,
            "tokens" => TokensImporter.Import,
            _ => StopsImporter.Import,
        };

        import(dataDirectory, folder.Path);

        foreach (string file in new[] { data, "manifest.json" })
        {
            string made = File.ReadAllText(Path.Combine(folder.Path, list, file));
            made.Equals(File.ReadAllText(Path.Combine(TestData.Repository, "lists", list, file)), StringComparison.Ordinal).ShouldBeTrue($"{list}/{file} differs from what its importer makes");
        }
    }

    [Fact]
    public void Stops_All91FormerlyListedTornadoCashContracts_AreMixers()
    {
        Address[] formerlyListed = [.. ListSet.Embedded["ofac-sdn"].Select("TORNADO CASH").Entries.Select(entry => entry.Address)];
        Dictionary<Address, StopLabel> labels = Stops.Labels.ToDictionary(label => label.Address);

        formerlyListed.Length.ShouldBe(91);
        formerlyListed.ShouldAllBe(address => labels[address].Category == StopCategory.Mixer);
        formerlyListed.ShouldContain(Address.Parse("0x77777FeDdddFfC19Ff86DB637967013e6C6A116C"), "TORN's own contract");
    }

    [Fact]
    public void Stops_TokenContracts_AreNoStopsExceptWethAndTorn()
    {
        HashSet<Address> tokens = [.. ListSet.Embedded.TokenLists.Single().Tokens.Select(token => token.Contract)];

        ListSet.Load(Path.Combine(TestData.Repository, "lists")).StopLists
            .SelectMany(list => list.Labels)
            .Where(label => tokens.Contains(label.Address))
            .Select(label => (label.Name, label.Category))
            .ShouldBe([("TORN Token (TORN)", StopCategory.Mixer), ("WETH9", StopCategory.Wrapper)]);
    }

    [Fact]
    public void Stops_RowsOfTheScrapeAlone_AreNotShipped()
    {
        StopList scrape = ListSet.Load(Path.Combine(TestData.Repository, "lists")).StopLists.Single(list => list.Name == "stops-etherscan");

        Stops.Labels.ShouldAllBe(label => !label.Source.Contains("brianleect", StringComparison.Ordinal));
        scrape.Labels.ShouldAllBe(label => label.Source.StartsWith("brianleect/etherscan-labels", StringComparison.Ordinal));
        scrape.Labels.Select(label => label.Address).Intersect(Stops.Labels.Select(label => label.Address)).ShouldBeEmpty();
    }

    [Fact]
    public void Stops_NamesOfTokens_AreThoseOfTornAlone()
    {
        string[] named = [.. ListSet.Load(Path.Combine(TestData.Repository, "lists")).StopLists
            .SelectMany(list => list.Labels)
            .Select(label => label.Name)
            .Where(name => Regex.IsMatch(name, @"CurveToken|\btoken( \d+)?$|_token\w*$|\(TORN\)$", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1)))];

        named.ShouldBe(["TORN Token (TORN)"]);
    }

    [Fact]
    public void Stops_LaToken_IsAnExchangeAndNoToken() =>
        Stops.Labels.Where(label => label.Name.StartsWith("LAToken", StringComparison.Ordinal)).Select(label => (label.Name, label.Category)).Order()
            .ShouldBe([("LAToken", StopCategory.Exchange), ("LAToken 2", StopCategory.Exchange), ("LAToken 3", StopCategory.Exchange)]);

    [Theory]
    [InlineData("curvefinance_3Pool-CurveTokenV2", true)]
    [InlineData("curvefinance_TriCrypto-CurveTokenV5", true)]
    [InlineData("curvefinance_Emergency-Token", true)]
    [InlineData("COSS.io: Old Token 2", true)]
    [InlineData("1inch_CHI token", true)]
    [InlineData("LAToken", false)]
    [InlineData("LAToken 3", false)]
    [InlineData("Binance: Binance-Peg Tokens", false)]
    [InlineData("Stargate V2: TokenMessaging", false)]
    [InlineData("Tokenlon: DEX 2", false)]
    public void IsToken_SaysTheNamesOfTokensAlone(string name, bool expected) => TokenNames.IsToken(name, "a pack").ShouldBe(expected);

    [Fact]
    public void Stops_WithoutARecordedSource_SayItAndAreCounted()
    {
        Stops.Labels.ShouldAllBe(label => label.Source.Length > 0 && !label.Source.Contains("public file", StringComparison.Ordinal));
        Stops.Labels.Count(label => label.Source == "source file not recorded by the collector").ShouldBe(15);
        Stops.Manifest!.HowMade.ShouldContain("A row whose source file the collector did not record says so");
    }

    [Fact]
    public void StopsEtherscan_HoldsPersonsAndTeams_AsItsReadmeCounts()
    {
        StopList scrape = ListSet.Load(Path.Combine(TestData.Repository, "lists")).StopLists.Single(list => list.Name == "stops-etherscan");

        scrape.Labels.Count(label => Regex.IsMatch(label.Name, "Shareholder|Contributor|Deployer|Team|Multisig", RegexOptions.None, TimeSpan.FromSeconds(1))).ShouldBe(126);
        File.ReadAllText(Path.Combine(TestData.Repository, "lists", "README.md")).ShouldContain("126 of its rows are named Shareholder, Contributor, Deployer, Team or Multisig");
    }

    [Fact]
    public void Lists_RowsOfTheirReadme_AreCountedRight()
    {
        ListSet lists = ListSet.Load(Path.Combine(TestData.Repository, "lists"));
        string readme = File.ReadAllText(Path.Combine(TestData.Repository, "lists", "README.md"));
        ListManifest[] manifests = [.. lists.AddressLists.Select(list => list.Manifest!), .. lists.StopLists.Select(list => list.Manifest!), .. lists.TokenLists.Select(list => list.Manifest!)];

        manifests.Length.ShouldBe(5);
        foreach (ListManifest manifest in manifests)
        {
            readme.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"| `{manifest.Name}` | {manifest.Count:#,0} "));
        }

        string[] tokens = [.. lists.StopLists.OrderBy(list => list.Name, StringComparer.Ordinal).Select(list => list.Manifest!.Refused.Count(row => row.EndsWith("a token's contract", StringComparison.Ordinal)).ToString(CultureInfo.InvariantCulture))];
        readme.ShouldContain($"({tokens[0]} rows of 304 addresses, and {tokens[1]} of the scrape)");
    }

    [Fact]
    public void DprkAttributed_Notes_SpeculateAboutNobody()
    {
        Attribution[] entries = [.. ListSet.Embedded["dprk-attributed"].Entries.Cast<Attribution>()];

        entries.ShouldAllBe(entry => !entry.Document.SeenAt.Contains("public file", StringComparison.Ordinal));
        entries.Where(entry => entry.Authority.Name != "FBI").ShouldAllBe(entry => !Regex.IsMatch(entry.Note, "likely|promoted|stored", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1)));
        entries.Count(entry => entry.Note.StartsWith("the mirror of the FBI text is cut after 13 of its 22 Bitcoin addresses; this address was not seen whole in any copy of it", StringComparison.Ordinal)).ShouldBe(9);
    }

    [Fact]
    public void OfacSdn_Has961CurrentAnd92Removed()
    {
        AddressList list = ListSet.Embedded["ofac-sdn"];

        list.Entries.Cast<Designation>().CountBy(entry => entry.StatusOn(list.AsOf)!.Value).OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value))
            .ShouldBe([(EntryStatus.Designated, 961), (EntryStatus.Delisted, 92)]);
        list.Entries.Cast<Designation>().Count(entry => entry.WentOff == DateBounds.On(new DateOnly(2025, 3, 21))).ShouldBe(90);
        list.Entries.ShouldAllBe(entry => entry.Authority == Authority.Ofac);
        list.Entries.Cast<Designation>().Where(entry => entry.Programs.Any(program => program.StartsWith("DPRK", StringComparison.Ordinal)) && entry.WentOff == null).Count().ShouldBe(123);
    }
}
