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
