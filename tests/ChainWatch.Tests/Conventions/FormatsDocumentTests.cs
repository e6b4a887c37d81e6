using ChainWatch.Graph;
using ChainWatch.Labels;
using ChainWatch.Tests.Reporting;

namespace ChainWatch.Tests.Conventions;

/// <summary>docs/formats.md names the columns that the code reads and writes. The console's are tested with the console.</summary>
public class FormatsDocumentTests
{
    private static readonly string[] Document = File.ReadAllLines(Path.Combine(TestData.Repository, "docs", "formats.md"));

    [Theory]
    [InlineData("designations", "ofac-sdn/addresses.csv")]
    [InlineData("attributions", "dprk-attributed/addresses.csv")]
    [InlineData("stops", "stops/labels.csv")]
    [InlineData("tokens", "tokens/tokens.csv")]
    public void ListDataFile_HasTheColumnsOfTheDocument(string kind, string file)
    {
        // What is written by the list writer, and what the reader refuses every other header for.
        string columns = File.ReadLines(Path.Combine(TestData.Repository, "lists", file)).First();

        Document.ShouldContain($"- `{kind}` (`{Path.GetFileName(file)}`): `{columns}`");
    }

    [Fact]
    public void TransferFile_HasTheColumnsOfTheDocument()
    {
        TransferGraphBuilder builder = new();
        builder.Add(new Transfer(new ChainPosition(Chain.Ethereum, 1, 0), ReportCase.Wallet(1), ReportCase.Wallet(2), Asset.Native(Chain.Ethereum), Amount.From(5)));
        using MemoryStream file = new();
        builder.Build().Chains.Single().WriteTransfers(file);

        string.Join(',', ColumnsOfTable("Transfer file")).ShouldBe(System.Text.Encoding.UTF8.GetString(file.ToArray()).Split('\n')[0]);
    }

    [Fact]
    public void LabelFile_HasTheColumnsOfTheDocument()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string columns = Section("Label file").First(line => line.Contains("columns", StringComparison.Ordinal)).Split('`')[1];

        LabelFile.Read(folder.Write("labels.csv", $"{columns}\nethereum,{ReportCase.Wallet(1)},dex,a pool,a source\n")).Labels
            .ShouldHaveSingleItem().Source.ShouldBe("a source");
        foreach (string column in columns.Split(','))
        {
            Should.Throw<ChainWatchException>(() => LabelFile.Read(folder.Write("labels.csv", columns.Replace(column, "other", StringComparison.Ordinal) + "\n"))).Message.ShouldContain(column);
        }
    }

    [Fact]
    public void TraceCsv_HasTheColumnsOfTheDocument()
    {
        string columns = new ReportCase().Csv().Split('\n')[0];

        Section("Trace CSV").ShouldContain(line => line.StartsWith($"Exactly these columns: `{columns}`.", StringComparison.Ordinal));
        ColumnsOfTable("Trace CSV").Order(StringComparer.Ordinal).ShouldBe(columns.Split(',').Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Alert_HasThePropertiesOfTheDocument()
    {
        using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse(Watching.AlertCase.Everything.ToJson());

        ColumnsOfTable("Alert").ShouldBe(json.RootElement.EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public void Webhook_HasTheHeadersOfTheDocument() => ColumnsOfTable("Webhook").ShouldBe(
        [Hosting.WebhookSignature.TimestampHeader, Hosting.WebhookSignature.SignatureHeader, Hosting.WebhookSignature.LineHeader]);

    // The names in backticks in the first cells.
    private static IEnumerable<string> ColumnsOfTable(string section) => Section(section)
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .SelectMany(line => line.Split('|')[1].Split('`').Where((_, i) => i % 2 == 1));

    private static IEnumerable<string> Section(string title)
    {
        Document.ShouldContain($"## {title}");
        return Document.SkipWhile(line => line != $"## {title}").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal));
    }
}
