using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Reporting;
using ChainWatch.Reporting.Html;
using ChainWatch.Sources;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Reporting;

/// <summary>The page as it is written. What it does in a browser is tested in ChainWatch.Browser.Tests.</summary>
public partial class HtmlReportTests
{
    [Fact]
    public void WriteHtml_NoWatchedWallet_NodesTransfersAndPathsByNumber()
    {
        using JsonDocument document = Data(new ReportCase().Html());
        JsonElement data = document.RootElement;
        JsonElement[] nodes = [.. data.GetProperty("nodes").EnumerateArray()];
        JsonElement[] transfers = [.. data.GetProperty("transfers").EnumerateArray()];

        nodes.Select(n => n.GetProperty("address").GetString()).ShouldBe([.. new[] { 1, 2, 3, 4, 6, 7 }.Select(d => ReportCase.Wallet(d).ToString())]);
        nodes.Select(n => n.GetProperty("column").GetInt32()).ShouldBe([0, 1, 2, 2, 0, 1]);
        nodes.Select(n => n.GetProperty("kind").GetString()).ShouldBe([null, null, "service", "opaque", null, null]);
        nodes[0].GetProperty("seed").GetBoolean().ShouldBeTrue();
        Statement(data, nodes[0]).ShouldContain("Designated");
        Statement(data, nodes[4]).ShouldContain(" to TraderTraitor (Bybit 2025-02-21) by FBI");

        JsonElement theft = transfers[0];
        theft.GetProperty("amount").GetString().ShouldBe("401,346.77 ETH");
        theft.GetProperty("units").GetString().ShouldBe("401346770000000000000000");
        theft.GetProperty("tx").GetString().ShouldBe("0x" + ReportCase.Tx(1000));
        theft.GetProperty("order").GetString().ShouldBe("proven");
        JsonElement exchange = data.GetProperty("exposures").EnumerateArray().First(e => e.GetProperty("node").GetInt32() == 2 && e.GetProperty("list").GetString() == "ofac-sdn");
        exchange.GetProperty("path").EnumerateArray().Select(s => transfers[s.GetProperty("transfer").GetInt32()].GetProperty("amount").GetString()).ShouldBe(["401,346.77 ETH", "5 ETH"]);
        exchange.GetProperty("stop").GetString().ShouldBe("service:exchange");
    }

    [Fact]
    public void WriteHtml_LeadThroughAMixer_IsInTheGraphAndMarked()
    {
        using JsonDocument document = Data(new ReportCase { To = [ReportCase.Wallet(5)] }.Html());
        JsonElement data = document.RootElement;

        data.GetProperty("findings").EnumerateArray().ShouldAllBe(f => f.GetProperty("answer").GetString() == "Incomplete: a lead through opaque stops");
        data.GetProperty("leads").GetArrayLength().ShouldBe(2);
        data.GetProperty("transfers").EnumerateArray().ShouldAllBe(t => t.GetProperty("lead").GetBoolean());
        JsonElement wallet = data.GetProperty("nodes").EnumerateArray().Single(n => n.GetProperty("watched").GetBoolean());
        wallet.GetProperty("column").GetInt32().ShouldBe(3);
    }

    [Fact]
    public void WriteHtml_Sent_StandsLeftOfTheList()
    {
        using JsonDocument document = Data(new ReportCase { Direction = Direction.Sent }.Html());
        document.RootElement.GetProperty("nodes").EnumerateArray().ShouldAllBe(n => n.GetProperty("column").GetInt32() <= 0);
    }

    [Fact]
    public void WriteHtml_Note_HasTheMarkdownsParts()
    {
        ReportCase both = new() { Direction = Direction.Both };
        using JsonDocument document = Data(both.Html());
        string note = both.Markdown();

        string[] titles = [.. document.RootElement.GetProperty("parts").EnumerateArray().Select(p => p.GetProperty("title").GetString()!).Where(t => t.Length > 0)];
        titles.ShouldBe(note.Split('\n').Where(l => l.StartsWith("## ", StringComparison.Ordinal)).Select(l => l[3..]));
        string.Concat(document.RootElement.GetProperty("parts").EnumerateArray().Select(PlainText)).ShouldContain("Exposure is not guilt");
    }

    [Fact]
    public void WriteHtml_ShuffledRows_SameBytesWithoutCarriageReturns()
    {
        byte[] html = new ReportCase { Direction = Direction.Both }.Html();

        new ReportCase { Direction = Direction.Both, Shuffled = true }.Html().ShouldBe(html);
        html.ShouldNotContain((byte)'\r');
        BannedWords.ShouldNotOccurIn(System.Text.Encoding.UTF8.GetString(html));
    }

    [Fact]
    public void WriteHtml_AnotherRun_DiffersInTheRunAlone()
    {
        string one = Text(new ReportCase().Html());
        string other = Text(new ReportCase().Html(new RunInfo { AskedOn = new DateOnly(2027, 1, 2), ToolVersion = "chainwatch 9.9.9" }));

        other.ShouldNotBe(one);
        RunElement().Replace(other, "").ShouldBe(RunElement().Replace(one, ""));
        RunElement().Match(other).Value.ShouldContain("2027-01-02");
    }

    [Fact]
    public void WriteHtml_HostileName_StaysInsideTheData()
    {
        const string Hostile = "</script><script>window.ran = 1</script><!-- & \" '";
        byte[] html = new ReportCase { ExchangeName = Hostile }.Html();

        string page = Text(html);
        page.ShouldNotContain("window.ran = 1</script>");
        ScriptTag().Count(page).ShouldBe(4);
        using JsonDocument document = Data(html);
        document.RootElement.GetProperty("nodes")[2].GetProperty("name").GetString().ShouldBe(Hostile);
        PlainText(document.RootElement).ShouldContain($"exchange: {Hostile}, labelled by");
    }

    [Fact]
    public void WriteHtml_Page_LoadsNothing()
    {
        string page = Text(new ReportCase().Html());

        string policy = Policy().Match(page).Groups[1].Value;
        policy.ShouldStartWith("default-src 'none'; script-src 'sha256-");
        policy.ShouldNotContain("unsafe");
        policy.ShouldNotContain("http");
        foreach (string content in Executable().Matches(page).Select(m => m.Groups["content"].Value))
        {
            policy.ShouldContain(Convert.ToBase64String(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content))));
        }

        Loading().Matches(page).Select(m => m.Value).ShouldBeEmpty();
        page.ShouldContain("LICENCE OF THE STAND-IN");
    }

    [Fact]
    public void ViewerScripts_MakeNoMarkupOfText() =>
        Regex.Matches(ViewerFiles.Script, @"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser|srcdoc", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(m => m.Value).ShouldBeEmpty();

    [Fact]
    public void Library_AssemblyWithoutIt_OneLineThatSaysWhatToDo()
    {
        string message = Should.Throw<ChainWatchException>(() => ViewerFiles.LibraryOf(typeof(HtmlReportTests).Assembly)).Message;

        message.ShouldContain("npm ci --prefix src/ChainWatch/Reporting/Html/viewer");
        message.ShouldNotContain('\n');
    }

    [Fact]
    public void WriteHtml_MoreExposuresThanAPageHolds_NearestFirstAndSaysSo()
    {
        TransferGraphBuilder builder = new();
        Address seed = ReportCase.Wallet(1);
        for (int i = 0; i < HtmlEvidence.ExposuresMax + 10; i++)
        {
            Address payee = Address.Parse($"0x{i + 1:x40}");
            builder.Add(new Transfer(new ChainPosition(Chain.Ethereum, 1 + i, 0), seed, payee, Asset.Native(Chain.Ethereum), Amount.From(5)));
        }

        for (int i = 0; i < HtmlEvidence.InflowsMax + 1; i++)
        {
            builder.Add(new Transfer(new ChainPosition(Chain.Ethereum, 10_000 + i, 0), seed, ReportCase.Wallet(2), Asset.Native(Chain.Ethereum), Amount.From(7)));
        }

        builder.Add(new Transfer(new ChainPosition(Chain.Ethereum, 20_000, 0), ReportCase.Wallet(2), ReportCase.Wallet(3), Asset.Native(Chain.Ethereum), Amount.From(7)));
        TraceResult result = Tracer.Trace(builder.Build(), new TraceRequest { From = [AddressList.Of("case", seed)], MaxHops = 2 });
        using MemoryStream html = new();
        HtmlReport.Write(result, html, run: null, new ViewerLibrary("", ""));

        using JsonDocument document = Data(html.ToArray());
        JsonElement exposures = document.RootElement.GetProperty("exposures");
        exposures.GetArrayLength().ShouldBe(HtmlEvidence.ExposuresMax);
        exposures.EnumerateArray().ShouldAllBe(e => e.GetProperty("hops").GetInt32() < 2);
        string[] leftOut = [.. document.RootElement.GetProperty("left_out").EnumerateArray().Select(e => e.GetString()!)];
        leftOut[0].ShouldContain("hold 5,000 of 5,013 exposures");
        document.RootElement.GetProperty("parts")[0].GetProperty("blocks").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("plain, with `a tick` and **stars** and <angles> \\ [x](y) # ~")]
    [InlineData("ends in a backslash \\")]
    [InlineData("** `` <")]
    [InlineData("`")]
    [InlineData("``` ` ``")]
    public void InlineText_OfAnyName_GivesItBack(string name)
    {
        Inline(MarkdownText.Quote(name)).ShouldBe([name]);
        Inline(MarkdownText.Code(name)).ShouldBe([name]);
        Inline($"**{MarkdownText.Quote(name)}** at {MarkdownText.Code(name)}").ShouldBe([name, " at ", name]);
    }

    private static string[] Inline(string text)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            InlineText.Write(json, text);
        }

        using JsonDocument document = JsonDocument.Parse(stream.ToArray());
        return [.. document.RootElement.EnumerateArray().Select(r => r.ValueKind == JsonValueKind.String ? r.GetString()! : r.EnumerateObject().Single().Value.GetString()!)];
    }

    private static JsonDocument Data(byte[] html) => JsonDocument.Parse(DataElement().Match(Text(html)).Groups[1].Value);

    private static string Text(byte[] html) => System.Text.Encoding.UTF8.GetString(html);

    private static string Statement(JsonElement data, JsonElement node) =>
        PlainText(data.GetProperty("statements")[node.GetProperty("statements").EnumerateArray().Single().GetInt32()]);

    // All strings of an element, one after another.
    private static string PlainText(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Array => string.Concat(element.EnumerateArray().Select(PlainText)),
        JsonValueKind.Object => string.Concat(element.EnumerateObject().Select(p => PlainText(p.Value))),
        _ => "",
    };

    [GeneratedRegex("<script type=\"application/json\" id=\"chainwatch-data\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex DataElement();

    [GeneratedRegex("<script type=\"application/json\" id=\"chainwatch-run\">.*?</script>", RegexOptions.Singleline)]
    private static partial Regex RunElement();

    [GeneratedRegex("<script[ >]", RegexOptions.IgnoreCase)]
    private static partial Regex ScriptTag();

    [GeneratedRegex("<(?<tag>script|style)>(?<content>.*?)</\\k<tag>>", RegexOptions.Singleline)]
    private static partial Regex Executable();

    [GeneratedRegex("<meta http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\">")]
    private static partial Regex Policy();

    // What makes a browser fetch something. Links that people may click are made by the script, of text.
    [GeneratedRegex("src\\s*=\\s*[\"']|href=\"(?!#|data:,)|url\\(|@import|\\bfetch\\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|\\bimport\\(", RegexOptions.IgnoreCase)]
    private static partial Regex Loading();
}
