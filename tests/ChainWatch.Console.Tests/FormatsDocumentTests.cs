using System.Text.Json;

namespace ChainWatch.Console.Tests;

/// <summary>docs/formats.md names what the console prints and reads.</summary>
public sealed class FormatsDocumentTests
{
    private const string Ronin = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96";

    private static readonly string Document = File.ReadAllText(Path.Combine(Files.Lists, "..", "docs", "formats.md"));
    private static readonly string[] Sources = ["sources", "--to", "0xe75e053856692c390700cb1f09928e1a1c9e2019", "--hops", "5", "--transfers", Files.Bybit, "--format"];

    [Fact]
    public async Task ScreenCsv_HasTheColumnsAndWordsOfTheDocument()
    {
        ConsoleRun run = await ConsoleRun.Of("screen", Ronin, "0x910Cbd523D972eb0a6f4cAe4618aD62622b39DbF", "--format", "csv");
        string section = Section("Screen CSV");

        section.ShouldContain($"prints `{run.Output.Split('\n')[0]}`");
        run.Rows().Select(row => row["status"]).Distinct().Order(StringComparer.Ordinal).ShouldBe(["Attributed", "Delisted", "Designated"]);
        section.ShouldContain("`status` is `Designated`, `Delisted` or `Attributed`");
    }

    [Fact]
    public async Task SourcesCsv_HasTheColumnsOfTheDocument() =>
        Section("Sources CSV").ShouldContain($"prints `{(await ConsoleRun.Of([.. Sources, "csv"])).Output.Split('\n')[0]}`");

    [Fact]
    public async Task ScreenJson_HasThePropertiesOfTheDocument()
    {
        using JsonDocument json = JsonDocument.Parse((await ConsoleRun.Of("screen", Ronin, "--format", "json")).Output);

        ShouldNameAll("Screen JSON", json.RootElement, json.RootElement.GetProperty("lists")[0], json.RootElement.GetProperty("results")[0]);
        json.RootElement.GetProperty("results")[0].GetProperty("matches")[0].GetProperty("status").GetString().ShouldBe("designated");
    }

    [Fact]
    public async Task SourcesJson_HasThePropertiesOfTheDocument()
    {
        using JsonDocument json = JsonDocument.Parse((await ConsoleRun.Of([.. Sources, "json"])).Output);
        JsonElement source = json.RootElement.GetProperty("sources")[0];

        ShouldNameAll("Sources JSON", json.RootElement, source, source.GetProperty("departure"));
    }

    [Fact]
    public async Task ImportCsv_ReadsTheColumnsOfTheDocument()
    {
        string columns = Section("Import CSV").Split('`').Single(text => text.StartsWith("address,", StringComparison.Ordinal));
        using Files files = new();
        string good = files.Write("good.csv", columns, $"{Ronin},ethereum,an entity,an incident,holding,yes,2024-01-02,a document,2024-01-01,https://example.org,a note");
        string bad = files.Write("bad.csv", "address,nonsense", $"{Ronin},x");

        (await ConsoleRun.Of("lists", "import", "csv", good, "--name", "mine", "--title", "a test", "--output", files["lists"])).Code.ShouldBe(0);
        (await ConsoleRun.Of("lists", "import", "csv", bad, "--name", "mine", "--title", "a test", "--output", files["lists"]))
            .ShouldFail($"expected address and any of {columns["address,".Length..].Replace(",", ", ", StringComparison.Ordinal)}");
    }

    private static void ShouldNameAll(string title, params JsonElement[] objects)
    {
        string section = Section(title);
        foreach (JsonProperty property in objects.SelectMany(o => o.EnumerateObject()))
        {
            section.ShouldContain($"`{property.Name}`");
        }
    }

    private static string Section(string title)
    {
        int start = Document.IndexOf($"\n## {title}\n", StringComparison.Ordinal);
        start.ShouldBeGreaterThan(0, title);
        int end = Document.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return Document[start..(end < 0 ? Document.Length : end)];
    }
}
