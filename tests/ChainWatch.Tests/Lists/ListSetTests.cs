using System.Globalization;
using System.Security.Cryptography;
using ChainWatch.Lists;

namespace ChainWatch.Tests.Lists;

public sealed class ListSetTests
{
    private const string TokenHeader = "chain,contract,symbol,decimals,name,source\n";
    private const string StopHeader = "chain,address,category,name,source\n";
    private const string Usdt = "ethereum,0xdAC17F958D2ee523a2206206994597C13D831ec7,USDT,6,Tether USD,a source\n";

    private static string ShippedFolder => Path.Combine(TestData.Repository, "lists");

    [Fact]
    public void Embedded_IsTheFolderWithoutTheScrape()
    {
        ListSet folder = ListSet.Load(ShippedFolder);
        ListSet embedded = ListSet.Embedded;

        Manifests(embedded).ShouldBe(Manifests(folder).Where(m => !m.StartsWith("stops-etherscan", StringComparison.Ordinal)));
        folder.StopLists.Select(l => l.Name).ShouldBe(["stops", "stops-etherscan"]);
        embedded.AddressLists.Select(l => (l.Name, l.Entries.Count)).ShouldBe([("dprk-attributed", 549), ("ofac-sdn", 1053)]);
        embedded.TokenLists.ShouldHaveSingleItem().Tokens.Count.ShouldBe(76);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(1.0)]
    public void Load_FlippedByteOfData_NamesTheFile(double place)
    {
        using TemporaryFolder folder = CopyOf("ofac-sdn");
        string file = Path.Combine(folder.Path, "ofac-sdn", "addresses.csv");
        byte[] bytes = File.ReadAllBytes(file);
        bytes[(int)(place * (bytes.Length - 1))] ^= 1;
        File.WriteAllBytes(file, bytes);

        string message = Error(folder);

        message.ShouldContain("ofac-sdn/addresses.csv: its SHA-256 is ");
        message.ShouldContain("manifest.json expects ");
    }

    [Fact]
    public void Load_AnyFlippedByteOfManifest_IsAnErrorThatNamesTheList()
    {
        using TemporaryFolder folder = CopyOf("tokens");
        string file = Path.Combine(folder.Path, "tokens", "manifest.json");
        byte[] good = File.ReadAllBytes(file);
        for (int i = 0; i < good.Length; i++)
        {
            byte[] bytes = [.. good];
            bytes[i] ^= 1;
            File.WriteAllBytes(file, bytes);
            Error(folder).ShouldContain(Path.Combine(folder.Path, "tokens"), Case.Sensitive, $"byte {i}");
        }
    }

    [Fact]
    public void Load_TruncatedData_IsAnErrorAndNoSmallerList()
    {
        using TemporaryFolder folder = CopyOf("tokens");
        string file = Path.Combine(folder.Path, "tokens", "tokens.csv");
        string[] lines = File.ReadAllLines(file);
        File.WriteAllText(file, string.Join('\n', lines[..^1]) + "\n");

        Error(folder).ShouldContain("tokens/tokens.csv: its SHA-256 is ");
    }

    [Fact]
    public void Load_CountOff_SaysBothCounts()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        Make(folder, "mine", ListKind.Tokens, TokenHeader + Usdt, count: 2);

        Error(folder).ShouldBe($"{folder.Path}/mine/data.csv: has 1 rows: manifest.json expects 2");
    }

    [Fact]
    public void Load_OtherNameThanTheFolder_SaysBothNames()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        Make(folder, "mine", ListKind.Tokens, TokenHeader + Usdt, count: 1);
        Directory.Move(Path.Combine(folder.Path, "mine"), Path.Combine(folder.Path, "yours"));

        Error(folder).ShouldBe($"{folder.Path}/yours/manifest.json: name: 'mine' is not the folder's name: expected 'yours'");
    }

    [Fact]
    public void Load_NoManifest_NamesTheFolder()
    {
        using TemporaryFolder folder = CopyOf("tokens");
        File.Delete(Path.Combine(folder.Path, "tokens", "manifest.json"));

        Error(folder).ShouldBe($"{folder.Path}/tokens: has no manifest.json: expected a list's folder");
    }

    [Fact]
    public void Load_NoData_NamesTheFile()
    {
        using TemporaryFolder folder = CopyOf("tokens");
        File.Delete(Path.Combine(folder.Path, "tokens", "tokens.csv"));

        Error(folder).ShouldBe($"{folder.Path}/tokens/tokens.csv: the file is missing: its manifest names it");
    }

    [Fact]
    public void Load_NoListAtAll_IsAnError()
    {
        using TemporaryFolder folder = TestData.NewFolder();

        Error(folder).ShouldContain("holds no list");
        Should.Throw<ChainWatchException>(() => ListSet.Load(Path.Combine(folder.Path, "nowhere"))).Message.ShouldContain("there is no such folder");
    }

    [Theory]
    [InlineData(ListKind.Tokens, TokenHeader, 0, "data.csv: the list is empty: expected at least one row")]
    [InlineData(ListKind.Tokens, TokenHeader + Usdt + Usdt, 2, "data.csv:3: contract: 0xdAC17F958D2ee523a2206206994597C13D831ec7 of ethereum stands on the list twice")]
    [InlineData(ListKind.Tokens, TokenHeader + "ethereum,0xdAC17F958D2ee523a2206206994597C13D831ec7,USDT,78,,\n", 1, "data.csv:2: decimals: '78' is no number from 0 to 77")]
    [InlineData(ListKind.Tokens, "chain,contract\n", 0, "data.csv:1: found the columns chain,contract: expected chain,contract,symbol,decimals,name,source")]
    [InlineData(ListKind.Tokens, TokenHeader + "ethereum,0xdAC17F958D2ee523a2206206994597C13D831ec7,USDT\n", 1, "data.csv:2: malformed CSV")]
    [InlineData(ListKind.Stops, StopHeader + "ethereum,0xdAC17F958D2ee523a2206206994597C13D831ec7,casino,,\n", 1, "data.csv:2: category: unknown category 'casino': expected one of exchange, payment, ")]
    [InlineData(ListKind.Stops, StopHeader + "atlantis,0xdAC17F958D2ee523a2206206994597C13D831ec7,dex,,\n", 1, "data.csv:2: chain: unknown chain 'atlantis'")]
    [InlineData(ListKind.Stops, StopHeader + "ethereum,0xDAC17F958D2ee523a2206206994597C13D831ec7,dex,,\n", 1, "data.csv:2: address: ")]
    [InlineData(ListKind.Stops, StopHeader + "ethereum,0xdac17f958d2ee523a2206206994597c13d831ec7,dex,,\nethereum,0xdAC17F958D2ee523a2206206994597C13D831ec7,mixer,,\n", 2, "data.csv:3: address: 0xdAC17F958D2ee523a2206206994597C13D831ec7 of ethereum is labelled twice")]
    public void Load_BadRow_NamesLineAndColumn(ListKind kind, string data, int count, string expected)
    {
        using TemporaryFolder folder = TestData.NewFolder();
        Make(folder, "mine", kind, data, count);

        string message = Error(folder);

        message.ShouldStartWith($"{folder.Path}/mine/{expected}");
        message.ShouldNotContain("\n");
    }

    [Theory]
    [InlineData("2022-01-01", "", "?", "", "went_off_not_after: is empty: expected a date, or '?' for an open end")]
    [InlineData("2022-01-01", "2021-01-01", "", "", "came_on_not_after: 2021-01-01 is before came_on_not_before 2022-01-01")]
    [InlineData("2022-01-01", "2022-01-01", "2021-01-01", "2021-06-01", "went_off_not_after: 2021-06-01 is before the address came on (2022-01-01)")]
    [InlineData("", "", "", "", "came_on_not_before: is empty: expected a date, or '?' for an open end")]
    [InlineData("22-01-01", "2022-01-01", "", "", "came_on_not_before: '22-01-01' is no date: expected YYYY-MM-DD")]
    public void Load_BadInterval_NamesTheColumn(string onFrom, string onTo, string offFrom, string offTo, string expected)
    {
        // An interval with only one end of "came on" is also wrong in that column.
        using TemporaryFolder folder = TestData.NewFolder();
        const string Header = "chain,address,listed_as,check,authority_kind,authority,entity,role,may_seed,entity_id,entity_listed,programs,tickers,came_on_not_before,came_on_not_after,went_off_not_before,went_off_not_after,document,document_date,document_url,issuer_text,seen_at,note\n";
        string to = onTo.Length == 0 && onFrom.Length > 0 ? onFrom : onTo;
        Make(folder, "mine", ListKind.Designations, $"{Header}ethereum,0xdac17f958d2ee523a2206206994597c13d831ec7,,,sanctions-authority,OFAC,X,holding,yes,,,,,{onFrom},{to},{offFrom},{offTo},,,,no,,\n", 1);

        Error(folder).ShouldBe($"{folder.Path}/mine/data.csv:2: {expected}");
    }

    private static IEnumerable<string> Manifests(ListSet set) => set.AddressLists.Select(l => l.Manifest!)
        .Concat(set.StopLists.Select(l => l.Manifest!)).Concat(set.TokenLists.Select(l => l.Manifest!))
        .Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Name} {m.Count} {m.Sha256}"));

    private static TemporaryFolder CopyOf(string list)
    {
        TemporaryFolder folder = TestData.NewFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, list));
        foreach (string file in Directory.GetFiles(Path.Combine(ShippedFolder, list)))
        {
            File.Copy(file, Path.Combine(folder.Path, list, Path.GetFileName(file)));
        }

        return folder;
    }

    // A list whose manifest is sealed and has the right SHA-256, so that only the rows or the count are wrong.
    private static void Make(TemporaryFolder folder, string name, ListKind kind, string data, int count)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(data);
        ListManifest manifest = new()
        {
            Name = name,
            Kind = kind,
            Title = "a test",
            Version = "1",
            AsOf = new DateOnly(2024, 1, 1),
            Sources = [],
            HowMade = "",
            File = "data.csv",
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            Count = count,
        };
        Directory.CreateDirectory(Path.Combine(folder.Path, name));
        File.WriteAllBytes(Path.Combine(folder.Path, name, "data.csv"), bytes);
        File.WriteAllBytes(Path.Combine(folder.Path, name, "manifest.json"), ManifestJson.Write(manifest));
    }

    private static string Error(TemporaryFolder folder) => Should.Throw<ChainWatchException>(() => ListSet.Load(folder.Path)).Message;
}
