using System.Globalization;
using System.Xml.Linq;
using ChainWatch.Notebooks;

namespace ChainWatch.Tests.Notebooks;

public class ChartTests
{
    private static readonly Asset Ether = Asset.Native(Chain.Ethereum);

    [Fact]
    public void Bars_AreAsLongAsTheirValues()
    {
        (string, double Value)[] rows = [("all", 80), ("half", 40), ("least", 0.001), ("none", 0)];
        string[] lines = rows.ToChart(r => r.Item1, r => r.Value).Titled("Title").ToString(60).Split('\n');
        lines[0].ShouldBe("Title");
        int all = lines[1].Count(c => c == '█');
        (lines[2].Count(c => c == '█') * 2).ShouldBeInRange(all - 2, all);
        lines[3].ShouldBe("least ▏ 0.001");
        lines[4].ShouldBe("none  ▏ 0");
        lines.ShouldAllBe(l => l.Length <= 60);
    }

    [Fact]
    public void NegativeBars_GoToTheLeftOfZero()
    {
        (string, double Value)[] rows = [("gain", 50), ("loss", -50)];
        string[] lines = rows.ToChart(r => r.Item1, r => r.Value).ToString(60).Split('\n');
        lines[0].IndexOf('█').ShouldBeGreaterThan(lines[1].LastIndexOf('█') - 1);
        lines[1].ShouldEndWith(" -50");

        XElement svg = Hostile.Parse(Hostile.Saved(rows.ToChart(r => r.Item1, r => r.Value).SaveSvg));
        XElement gain = svg.Descendants().Single(e => (string?)e.Attribute("class") == "bar");
        XElement loss = svg.Descendants().Single(e => (string?)e.Attribute("class") == "loss");
        Number(loss, "x").ShouldBeLessThan(Number(gain, "x"));
        (Number(loss, "x") + Number(loss, "width")).ShouldBe(Number(gain, "x"), 0.02);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void ValueThatCannotBeDrawn_IsAnError(double value) =>
        Should.Throw<ChainWatchException>(() => new[] { value }.ToChart(_ => "odd", v => v)).Message.ShouldStartWith("chart: the value of 'odd' is ");

    [Fact]
    public void AnyFiniteValues_DrawInsideThePicture()
    {
        Random random = new(7);
        for (int round = 0; round < 200; round++)
        {
            double[] values = [.. Enumerable.Range(0, random.Next(0, 6)).Select(_ => round == 0 ? double.MaxValue : round == 1 ? (random.Next(2) * 2 - 1) * double.MaxValue : round == 2 ? double.Epsilon : (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-300, 308)))];
            Chart chart = values.ToChart(_ => Hostile.Texts[random.Next(Hostile.Texts.Length)], v => v).Titled(Hostile.Text);

            string text = chart.ToString(100);
            Hostile.ShouldBePlain(text);
            XElement svg = Hostile.Parse(Hostile.Saved(chart.SaveSvg));
            double width = Number(svg, "width");
            double height = Number(svg, "height");
            foreach (XElement rect in svg.Descendants().Where(e => e.Name.LocalName == "rect"))
            {
                double x = rect.Attribute("x") is null ? 0 : Number(rect, "x");
                double y = rect.Attribute("y") is null ? 0 : Number(rect, "y");
                x.ShouldBeGreaterThanOrEqualTo(0);
                (x + Number(rect, "width")).ShouldBeLessThanOrEqualTo(width + 0.01);
                (y + Number(rect, "height")).ShouldBeLessThanOrEqualTo(height + 0.01);
            }
        }
    }

    [Fact]
    public void Scale_HasRoundTicks_ThatHoldAllValues()
    {
        Random random = new(3);
        for (int round = 0; round < 500; round++)
        {
            double[] values = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => (random.NextDouble() - 0.3) * Math.Pow(10, random.Next(-20, 200)))];
            Scale scale = new(values, 5);
            scale.Ticks.Count.ShouldBeInRange(2, 12);
            scale.Ticks.ShouldContain(0);
            values.Append(0).ShouldAllBe(v => scale.At(v) >= -1e-9 && scale.At(v) <= 1 + 1e-9);
        }

        new Scale([400_001.1], 5).Ticks.Select(Scale.Text).ShouldBe(["0", "100k", "200k", "300k", "400k", "500k"]);
    }

    [Fact]
    public void Amounts_OfTwoAssets_AreNotCompared()
    {
        AssetAmount[] two = [AssetAmount.Of(Ether, 1), AssetAmount.Of(Asset.Native(Chain.Bitcoin), 1)];
        Should.Throw<ChainWatchException>(() => two.ToChart(a => a.Unit, a => a)).Message.ShouldContain("expected one asset");
        Should.Throw<ChainWatchException>(() => two.ToTimeChart(_ => DateTimeOffset.UnixEpoch, a => a, TimeSpan.FromDays(1))).Message.ShouldContain("expected one");
    }

    [Fact]
    public void Spans_AreTextInDaysHoursMinutes()
    {
        Chart chart = new[] { TimeSpan.FromDays(3), TimeSpan.FromMinutes(90) }.ToChart(s => s, s => s);
        chart.ToString().ShouldContain(" 1 h 30 min\n");
        Hostile.Parse(Hostile.Saved(chart.SaveSvg)).Descendants().ShouldContain(e => e.Value == "days");
    }

    [Fact]
    public void TimeChart_SumsBins_AndKeepsEmptyOnes()
    {
        DateTimeOffset start = new(2025, 2, 21, 14, 0, 0, TimeSpan.Zero);
        (DateTimeOffset? Time, ulong Wei)[] rows = [(start, 1), (start.AddMinutes(59), 2), (start.AddHours(3), 4), (null, 8)];
        Chart chart = rows.ToTimeChart(r => r.Time, r => AssetAmount.Of(Ether, r.Wei), TimeSpan.FromHours(1)).Noted("A note.");
        string text = chart.ToString(300);
        text.ShouldContain("██       ██\n");
        text.ShouldContain("the highest of 1 h is 0.000000000000000004 ETH, from 2025-02-21 17:00. 1 without a time is not shown. A note");

        XElement svg = Hostile.Parse(Hostile.Saved(chart.SaveSvg));
        svg.Descendants().Where(e => e.Name.LocalName == "g").Select(e => e.Elements().First().Value).ShouldBe(["2025-02-21 14:00: 0.000000000000000003 ETH", "2025-02-21 17:00: 0.000000000000000004 ETH"]);
    }

    [Fact]
    public void TimeChart_BinsBeginAtWholeMultiples_AlsoBefore1970()
    {
        DateTimeOffset[] times = [DateTimeOffset.UnixEpoch.AddTicks(-1), DateTimeOffset.UnixEpoch];
        Hostile.Parse(Hostile.Saved(times.ToTimeChart(t => t, TimeSpan.FromDays(1)).SaveSvg)).Descendants().Where(e => e.Name.LocalName == "g").Select(e => e.Elements().First().Value)
            .ShouldBe(["1969-12-31: 1", "1970-01-01: 1"]);
    }

    [Fact]
    public void TimeChart_TooManyColumns_IsAnError()
    {
        DateTimeOffset[] times = [DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(2000)];
        Should.Throw<ChainWatchException>(() => times.ToTimeChart(t => t, TimeSpan.FromDays(1))).Message.ShouldContain("2,001 columns");
        Should.Throw<ChainWatchException>(() => times.ToTimeChart(t => t, TimeSpan.Zero)).Message.ShouldContain("expected more than nothing");
        times.ToTimeChart(t => t, TimeSpan.FromDays(10)).ToString(60).Split('\n').ShouldAllBe(l => l.Length <= 60);
    }

    [Fact]
    public void NoRows_SaysSo()
    {
        foreach (Chart chart in new[] { Array.Empty<int>().ToChart(n => n, n => (double)n), Array.Empty<int>().ToTimeChart(_ => null, TimeSpan.FromDays(1)) })
        {
            chart.ToString().ShouldBe("(no rows)\n");
            Hostile.Parse(Hostile.Saved(chart.SaveSvg)).Value.ShouldContain("(no rows)");
            Hostile.Parse(Hostile.Saved(chart.SaveHtml)).Value.ShouldContain("(no rows)");
        }
    }

    private static double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
