using System.Globalization;
using System.Text.Json;
using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Reporting;
using ChainWatch.Sources;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Reporting;

/// <summary>The reports over the transfers of the theft of 21 February 2025, with the repository's own lists.</summary>
public class RealCaseTests
{
    private const string Start = "0x47666Fab8bd0Ac7003bce3f5C3585383F09486E2";

    [Fact]
    public async Task WriteMarkdown_Bybit2025_RingsAndExactAmountsWithoutBannedWords()
    {
        using StringWriter note = new(CultureInfo.InvariantCulture);
        Report.WriteMarkdown(await TraceAsync(), note, ReportCase.Run);

        string text = note.ToString();
        text.ShouldContain("received: 141 addresses within 5 hops, besides 1 seed");
        text.ShouldContain("**Attributed** to TraderTraitor (Bybit 2025-02-21) by FBI");
        text.ShouldContain(" 51 addresses (41 at hop 1, 1 at hop 2 and 9 at hop 3): ");
        text.ShouldContain("98,048.7948 ETH");
        text.ShouldContain("25 of 141 paths are shown");
        text.ShouldNotContain("**Designated**");
        BannedWords.ShouldNotOccurIn(text);
    }

    [Fact]
    public async Task WriteJson_Bybit2025_VerifiesAndHasEveryRow()
    {
        TraceResult result = await TraceAsync();
        using MemoryStream json = new();
        Report.WriteJson(result, json, ReportCase.Run);

        Report.VerifyJson(json.ToArray(), "bybit").Length.ShouldBe(64);
        using JsonDocument document = JsonDocument.Parse(json.ToArray());
        document.RootElement.GetProperty("body").GetProperty("exposures").EnumerateArray()
            .GroupBy(e => e.GetProperty("hops").GetInt32()).OrderBy(g => g.Key).Select(g => g.Count()).ShouldBe([1, 42, 4, 39, 54, 2]);
    }

    private static async Task<TraceResult> TraceAsync()
    {
        ListSet lists = ListSet.Load(Path.Combine(TestData.Repository, "lists"));
        TransferGraph graph = await TransferGraph.ReadAsync(new TransferFileSource([Path.Combine(TestData.Repository, "samples", "data", "bybit-2025.csv")], declaredComplete: false));
        return Tracer.Trace(graph, new TraceRequest
        {
            From = [AddressList.Of(Start, Address.Parse(Start))],
            MaxHops = 5,
            Stops = new StopRule { Lists = lists.StopLists },
            Tokens = lists.TokenLists[0],
            Lists = lists,
        });
    }
}
