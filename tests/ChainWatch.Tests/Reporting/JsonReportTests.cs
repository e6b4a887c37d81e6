using System.Security.Cryptography;
using System.Text.Json;
using ChainWatch.Reporting;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Reporting;

public class JsonReportTests
{
    [Fact]
    public void WriteJson_Body_HashesToTheValueBesideIt()
    {
        byte[] json = new ReportCase { To = [ReportCase.Wallet(3), ReportCase.Wallet(5)], Direction = Direction.Both }.Json();

        // The procedure of docs/formats.md, by other means than the library's: parse, write compactly, hash.
        using JsonDocument document = JsonDocument.Parse(json);
        using MemoryStream compact = new();
        using (Utf8JsonWriter writer = new(compact, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            document.RootElement.GetProperty("body").WriteTo(writer);
        }

        string expected = Convert.ToHexStringLower(SHA256.HashData(compact.ToArray()));
        document.RootElement.GetProperty("body_sha256").GetString().ShouldBe(expected);
        Report.VerifyJson(json, "case.json").ShouldBe(expected);
    }

    [Fact]
    public void VerifyJson_IndentationChanged_StillHolds()
    {
        byte[] json = new ReportCase().Json();

        string unindented = string.Concat(System.Text.Encoding.UTF8.GetString(json).Split('\n').Select(line => line.TrimStart()));

        Report.VerifyJson(System.Text.Encoding.UTF8.GetBytes(unindented), "case.json").ShouldBe(Report.VerifyJson(json, "case.json"));
    }

    [Fact]
    public void VerifyJson_AnyDigitOfTheBodyChanged_IsAnError()
    {
        byte[] json = new ReportCase { To = [ReportCase.Wallet(3)] }.Json();
        int end = System.Text.Encoding.UTF8.GetString(json).IndexOf("\"body_sha256\"", StringComparison.Ordinal);
        int changed = 0;
        for (int i = 0; i < end; i++)
        {
            if (!char.IsAsciiDigit((char)json[i]))
            {
                continue;
            }

            json[i] ^= 1;
            ChainWatchException error = Should.Throw<ChainWatchException>(() => Report.VerifyJson(json, "case.json"));
            error.Message.ShouldStartWith("case.json: ");
            error.Message.ShouldNotContain("\n");
            json[i] ^= 1;
            changed++;
        }

        changed.ShouldBeGreaterThan(1000);
        Report.VerifyJson(json, "case.json");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"body\":{}}")]
    [InlineData("{\"body\":{},\"body_sha256\":\"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\",\"run\":{},\"body\":{}}")]
    [InlineData("{\"body\":{},\"body_sha256\":\"00\",\"run\":{}}")]
    [InlineData("{\"body\":{},\"body_sha256\":\"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\",\"run\":{}} x")]
    public void VerifyJson_NotAReport_IsOneLineThatNamesTheFile(string text)
    {
        ChainWatchException error = Should.Throw<ChainWatchException>(() => Report.VerifyJson(System.Text.Encoding.UTF8.GetBytes(text), "case.json"));

        error.Message.ShouldStartWith("case.json: ");
        error.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void VerifyJson_EmptyBodyWithItsHash_Holds() =>
        Report.VerifyJson("{\"body\": {},\"body_sha256\":\"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\",\"run\":{}}"u8.ToArray(), "x")
            .ShouldBe("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");

    [Fact]
    public void WriteJson_TwoRunsAndShuffledRows_SameBytes()
    {
        byte[] first = new ReportCase { Direction = Direction.Both }.Json();

        new ReportCase { Direction = Direction.Both }.Json().ShouldBe(first);
        new ReportCase { Direction = Direction.Both, Shuffled = true }.Json().ShouldBe(first);
    }

    [Fact]
    public void WriteJson_OrderOfWatchedWallets_DoesNotMatter() =>
        new ReportCase { To = [ReportCase.Wallet(5), ReportCase.Wallet(3)] }.Json()
            .ShouldBe(new ReportCase { To = [ReportCase.Wallet(3), ReportCase.Wallet(5), ReportCase.Wallet(3)] }.Json());

    [Fact]
    public void WriteJson_OtherToolAndTime_SameBody()
    {
        byte[] slow = new ReportCase().Json(ReportCase.Run with { ToolVersion = "other", TimeTaken = null });

        Report.VerifyJson(slow, "slow").ShouldBe(Report.VerifyJson(new ReportCase().Json(), "fast"));
        slow.ShouldNotBe(new ReportCase().Json());
    }

    [Fact]
    public void WriteJson_Engine_StandsInTheRunPart() =>
        JsonDocument.Parse(new ReportCase().Json()).RootElement.GetProperty("run").GetProperty("engine").GetString().ShouldStartWith("one-pass (");

    [Fact]
    public void WriteJson_OtherDayAsked_SameBody() =>
        Report.VerifyJson(new ReportCase().Json(ReportCase.Run with { AskedOn = new DateOnly(2026, 8, 27) }), "later")
            .ShouldBe(Report.VerifyJson(new ReportCase().Json(), "now"));

    [Fact]
    public void WriteJson_ExposedWallet_HasVerdictPathAndProvenance()
    {
        using JsonDocument document = JsonDocument.Parse(new ReportCase { To = [ReportCase.Wallet(3)] }.Json());
        JsonElement body = document.RootElement.GetProperty("body");

        JsonElement finding = body.GetProperty("findings").EnumerateArray().Single(f => f.GetProperty("list").GetString() == "ofac-sdn");
        finding.GetProperty("verdict").GetString().ShouldBe("Exposed");
        finding.GetProperty("hops").GetInt32().ShouldBe(2);
        finding.GetProperty("at_most").GetBoolean().ShouldBeTrue();

        JsonElement exposure = body.GetProperty("exposures").EnumerateArray().Single(e => e.GetProperty("list").GetString() == "ofac-sdn");
        exposure.GetProperty("address").GetString().ShouldBe("eip155:1:0x3333333333333333333333333333333333333333");
        exposure.GetProperty("seed_entry").GetProperty("status").GetString().ShouldBe("designated");
        exposure.GetProperty("seed_entry").GetProperty("came_on").GetProperty("not_before").GetString().ShouldBe("2022-04-14");
        exposure.GetProperty("seed_entry").GetProperty("entity_listed").GetString().ShouldBe("2019-09-13");
        exposure.GetProperty("listed_when_moved").GetString().ShouldBe("yes");
        exposure.GetProperty("label").GetProperty("category").GetString().ShouldBe("exchange");
        exposure.GetProperty("bottleneck").GetProperty("value").GetString().ShouldBe("5000000000000000000");
        exposure.GetProperty("inflows").GetArrayLength().ShouldBe(1);
        JsonElement[] path = [.. exposure.GetProperty("path").EnumerateArray()];
        path.Length.ShouldBe(2);
        path[0].GetProperty("from").GetString().ShouldBe("eip155:1:0x1111111111111111111111111111111111111111");
        path[0].GetProperty("value").GetString().ShouldBe("401346770000000000000000");
        path[0].GetProperty("asset").GetString().ShouldBe("eip155:1/slip44:60");
        path[0].GetProperty("evidence").GetString().ShouldBe("supplied");
        path[1].GetProperty("position").GetInt32().ShouldBe(3);
        path[1].GetProperty("tx").GetString().ShouldBe("0x" + ReportCase.Tx(1013));

        JsonElement fbi = body.GetProperty("exposures").EnumerateArray().Single(e => e.GetProperty("list").GetString() == "dprk-attributed");
        fbi.GetProperty("seed_entry").GetProperty("status").GetString().ShouldBe("attributed");
        fbi.GetProperty("seed_entry").TryGetProperty("programs", out _).ShouldBeFalse();
    }

    [Fact]
    public void WriteJson_OnlyThroughMixer_IncompleteWithLead()
    {
        using JsonDocument document = JsonDocument.Parse(new ReportCase { To = [ReportCase.Wallet(5)], Complete = true }.Json());
        JsonElement finding = document.RootElement.GetProperty("body").GetProperty("findings").EnumerateArray().Single(f => f.GetProperty("list").GetString() == "ofac-sdn");

        finding.GetProperty("verdict").GetString().ShouldBe("Incomplete");
        finding.GetProperty("hops").ValueKind.ShouldBe(JsonValueKind.Null);
        JsonElement lead = finding.GetProperty("lead");
        lead.GetProperty("hops").GetInt32().ShouldBe(3);
        lead.GetProperty("path").EnumerateArray().Select(s => s.GetProperty("through_opaque").GetBoolean()).ShouldBe([false, false, true]);
        JsonElement stop = lead.GetProperty("stops").EnumerateArray().Single();
        stop.GetProperty("went_in")[0].GetProperty("value").GetString().ShouldBe("2000000000000000000");
        stop.GetProperty("came_out")[0].GetProperty("value").GetString().ShouldBe("1500000000000000000");
        document.RootElement.GetProperty("body").GetProperty("exposures").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public void WriteJson_NoPath_NoneFoundWhereComplete()
    {
        using JsonDocument document = JsonDocument.Parse(new ReportCase { To = [ReportCase.Wallet(8)], Complete = true }.Json());

        document.RootElement.GetProperty("body").GetProperty("findings").EnumerateArray()
            .Select(f => f.GetProperty("verdict").GetString()).ShouldBe(["NoneFound", "NoneFound"]);
    }

    [Fact]
    public void WriteJson_IsUtf8WithLineFeedsAndSaysWhatWasNotFollowed()
    {
        byte[] json = new ReportCase().Json();

        json.ShouldNotContain((byte)'\r');
        json[^1].ShouldBe((byte)'\n');
        using JsonDocument document = JsonDocument.Parse(json);
        document.RootElement.GetProperty("body").GetProperty("not_followed").EnumerateArray()
            .Select(n => (n.GetProperty("reason").GetString(), n.GetProperty("transfers").GetInt64()))
            .ShouldBe([("zero-value", 1L), ("unrecognised-token", 1L)]);
        BannedWords.ShouldNotOccurIn(System.Text.Encoding.UTF8.GetString(json));
    }
}
