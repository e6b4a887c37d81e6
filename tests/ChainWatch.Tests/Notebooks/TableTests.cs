using System.Globalization;
using System.Numerics;
using System.Xml.Linq;
using ChainWatch.Notebooks;
using ChainWatch.Tests.Reporting;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Notebooks;

public class TableTests
{
    private static readonly AssetAmount Ether = AssetAmount.Of(Asset.Native(Chain.Ethereum), BigInteger.Parse("401346770000000000000000", CultureInfo.InvariantCulture));

    [Fact]
    public void Text_HasNumbersAtTheRight_AndTextsAtTheLeft()
    {
        (string Name, int? Count)[] rows = [("one", 1), ("two", 12345), ("three", null)];
        Table table = rows.ToTable(("name", r => r.Name), ("count", r => r.Count), ("ether", _ => Ether)).Titled("A title").Noted("A note");
        table.ToString().ShouldBe("""
            A title
            name    count           ether
            ─────  ──────  ──────────────
            one         1  401,346.77 ETH
            two    12,345  401,346.77 ETH
            three       -  401,346.77 ETH
            A note

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void EachType_HasItsText()
    {
        object?[] values =
        [
            null, true, 1234567L, ulong.MaxValue, 1234.5, 1.5e300, -0.25m, double.NaN, new DateOnly(2025, 2, 21),
            new DateTimeOffset(2025, 2, 21, 15, 29, 47, TimeSpan.FromHours(1)), new TimeSpan(8, 22, 5, 1), new TimeSpan(0, 0, 45), TimeSpan.MinValue,
            Amount.From(1000UL), PathOrder.Proven, 'x',
        ];
        values.Select(v => new[] { v }.ToTable(("v", x => x)).ToString().Split('\n')[2].Trim()).ShouldBe(
        [
            "-", "yes", "1,234,567", "18,446,744,073,709,551,615", "1,234.5", "1.5E+300", "-0.25", "NaN", "2025-02-21",
            "2025-02-21 14:29:47", "8 d 22 h", "45 s", "-10,675,199 d 2 h", "1,000", "Proven", "x",
        ]);
    }

    [Fact]
    public void OtherCulture_SameBytes()
    {
        Table Make() => new[] { 1234567.891 }.ToTable(("n", n => n), ("t", _ => new DateTimeOffset(2025, 2, 21, 14, 29, 47, TimeSpan.Zero)), ("a", _ => Ether.Round(1)), ("d", _ => 12.5m), ("s", _ => TimeSpan.FromDays(-2000)));
        string plain = Make().ToString() + Make().ToMarkdown();
        byte[] html = Hostile.Saved(Make().SaveHtml);
        byte[] csv = Hostile.Saved(Make().SaveCsv);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            odd.NumberFormat.NumberDecimalSeparator = ",";
            odd.NumberFormat.NumberGroupSeparator = ".";
            odd.NumberFormat.NegativeSign = "minus";
            odd.DateTimeFormat.DateSeparator = "/";
            odd.DateTimeFormat.TimeSeparator = "h";
            CultureInfo.CurrentCulture = odd;

            (Make().ToString() + Make().ToMarkdown()).ShouldBe(plain);
            Hostile.Saved(Make().SaveHtml).ShouldBe(html);
            Hostile.Saved(Make().SaveCsv).ShouldBe(csv);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void NarrowTerminal_ShortensAddresses_ThenCutsTexts_NeverNumbers()
    {
        Address address = ReportCase.Wallet(7);
        Table table = new[] { 0 }.ToTable(("address", _ => address), ("name", _ => new string('n', 60)), ("amount", _ => Ether), ("day", _ => new DateOnly(2025, 2, 21)));

        table.ToString(200).ShouldContain(address.ToString());
        string narrow = table.ToString(80);
        narrow.ShouldContain("0x7777…7777");
        narrow.ShouldContain("401,346.77 ETH  2025-02-21");
        narrow.ShouldContain("nnn…");
        narrow.Split('\n').Max(l => l.Length).ShouldBe(80);
        // Too little for what must be whole: wider than asked for, and still nothing is lost.
        table.ToString(10).ShouldContain("401,346.77 ETH  2025-02-21");
        table.ShortAddresses().ToString(200).ShouldNotContain(address.ToString());
    }

    [Fact]
    public void AnyTexts_StayInTheirColumns()
    {
        Random random = new(20250221);
        for (int round = 0; round < 300; round++)
        {
            string[] rows = [.. Enumerable.Range(0, random.Next(0, 5)).Select(_ => string.Concat(Enumerable.Range(0, random.Next(3)).Select(_ => Hostile.Texts[random.Next(Hostile.Texts.Length)])))];
            int width = random.Next(30, 150);
            string text = rows.ToTable(("text", r => r), ("number", r => r.Length * 1000), ("again", r => r)).ToString(width);

            Hostile.ShouldBePlain(text);
            string[] lines = text.Split('\n');
            lines.Length.ShouldBe(Math.Max(1, rows.Length) + 3);
            lines.ShouldAllBe(l => TerminalText.WidthOf(l) <= width);
            // Every row's number ends where the column's rule ends.
            int end = lines[1].LastIndexOf(' ');
            foreach ((string row, string line) in rows.Zip(lines.Skip(2)))
            {
                int column = 0;
                int at = 0;
                while (at < line.Length && column < end - 1)
                {
                    int length = StringInfo.GetNextTextElementLength(line, at);
                    column += TerminalText.WidthOf(line.Substring(at, length));
                    at += length;
                }

                line[..at].TrimEnd(' ').ShouldEndWith((row.Length * 1000).ToString("N0", CultureInfo.InvariantCulture), customMessage: text);
            }
        }
    }

    [Fact]
    public void NoRows_SaysSo()
    {
        Table table = Array.Empty<int>().ToTable(("n", n => n));
        table.ToString().ShouldBe("n\n─\n(no rows)\n");
        table.RowCount.ShouldBe(0);
        Hostile.Parse(Hostile.Saved(table.SaveHtml)).Value.ShouldContain("(no rows)");
        System.Text.Encoding.UTF8.GetString(Hostile.Saved(table.SaveCsv)).ShouldBe("n\n");
        Should.Throw<ChainWatchException>(() => new[] { 1 }.ToTable()).Message.ShouldContain("at least one");
    }

    [Fact]
    public void Head_TellsHowManyMore_AndCsvKeepsAll()
    {
        Table table = Enumerable.Range(1, 1500).ToTable(("n", n => n)).Head(2);
        table.ToString().ShouldBe("    n\n─────\n".Replace("    n\n─────", "n\n─", StringComparison.Ordinal) + "1\n2\n… and 1,498 more rows\n");
        table.ToMarkdown().ShouldEndWith("\n… and 1,498 more rows\n");
        Hostile.Parse(Hostile.Saved(table.SaveHtml)).Descendants().Count(e => e.Name.LocalName == "tr").ShouldBe(3);
        Hostile.Saved(table.SaveCsv).Count(b => b == '\n').ShouldBe(1501);
        table.Head(1499).ToString().ShouldContain("… and 1 more row\n");
        table.Head(-1).ToString().ShouldContain("1,500 more rows");
        table.Head(9999).ToString().ShouldNotContain("more row");
    }

    [Fact]
    public void Html_HostileTexts_StayTexts()
    {
        XElement page = Hostile.Parse(Hostile.Saved(Hostile.Texts.ToTable((Hostile.Text, t => t), ("length", t => t.Length)).Titled(Hostile.Text).Noted(Hostile.Text).SaveHtml));
        XElement[] rows = [.. page.Descendants("tbody").Descendants("tr")];
        rows.Length.ShouldBe(Hostile.Texts.Length);
        rows[0].Elements().First().Value.ShouldStartWith("</text></title><script>alert(1)</script>\"'&\uFFFD[2J\uFFFDevil");
    }

    [Fact]
    public void Markdown_HostileTexts_StayInTheirCells()
    {
        string[] lines = Hostile.Texts.ToTable(("t", t => t), ("n", _ => 1)).ToMarkdown().Split('\n');
        lines.Length.ShouldBe(Hostile.Texts.Length + 3);
        lines[1].ShouldBe("|---|---:|");
        lines.ShouldContain(@"| \|a\|\`b\`\*c\*\[d\](e) | 1 |");
        lines[2].ShouldNotContain("<script>", Case.Insensitive);
    }

    [Fact]
    public void Csv_IsForPrograms()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        Address address = ReportCase.Wallet(7);
        string path = new[] { Hostile.Text, "a,b" }.ToTable(("text", t => t), ("ether", _ => Ether.Round(0)), ("address", _ => address), ("rest", _ => TimeSpan.FromMinutes(1.5)), ("none", _ => null))
            .ShortAddresses().SaveCsv(Path.Combine(folder.Path, "t.csv"));
        string text = File.ReadAllText(path);
        text.Split('\n')[0].ShouldBe("text,ether (ETH),address,rest,none");
        text.ShouldEndWith($"\"a,b\",401346.77,{address},90,\n");
    }

    [Fact]
    public void Csv_AmountsOfTwoUnits_KeepTheirUnits()
    {
        AssetAmount bitcoin = AssetAmount.Of(Asset.Native(Chain.Bitcoin), 150_000_000);
        System.Text.Encoding.UTF8.GetString(Hostile.Saved(new[] { Ether, bitcoin }.ToTable(("amount", a => a)).SaveCsv)).ShouldBe("amount\n401346.77 ETH\n1.5 BTC\n");
    }
}
