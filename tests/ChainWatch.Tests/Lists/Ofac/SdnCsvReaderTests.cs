using ChainWatch.Lists.Ofac;

namespace ChainWatch.Tests.Lists.Ofac;

public class SdnCsvReaderTests
{
    private const string RealSdn = "lists/ofac/sdn.2024-05-03.csv";
    private const string RealComments = "lists/ofac/watchman-sdn_comments.2025-12-24.csv";
    private static readonly DateOnly Day = new(2024, 5, 3);

    // Counted on the file by a separate script: listings by ticker without those that a remark's end cuts.
    private static readonly Dictionary<string, int> RealListings = new(StringComparer.Ordinal)
    {
        ["ARB"] = 1,
        ["BCH"] = 2,
        ["BSC"] = 1,
        ["BTG"] = 1,
        ["DASH"] = 3,
        ["ETC"] = 1,
        ["ETH"] = 49,
        ["LTC"] = 4,
        ["TRX"] = 4,
        ["USDC"] = 2,
        ["USDT"] = 17,
        ["XBT"] = 197,
        ["XMR"] = 3,
        ["XVG"] = 1,
        ["ZEC"] = 2,
    };

    [SkippableFact]
    public void RealFile_HasEveryWholeAddress()
    {
        OfacPublication sdn = OfacSdn.Read(TestData.Real(RealSdn), new() { PublicationDate = Day });

        sdn.Format.ShouldBe(OfacFormat.Csv);
        sdn.Date.ShouldBe(Day);
        sdn.PartyCount.ShouldBe(14_965);
        Dictionary<string, int> listings = sdn.Addresses.SelectMany(a => a.Tickers).GroupBy(t => t, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        listings.ShouldBe(RealListings, ignoreOrder: true);
        sdn.Addresses.Count.ShouldBe(281);
        sdn.Addresses.Select(a => a.Address).Distinct().Count().ShouldBe(280);
    }

    [SkippableFact]
    public void RealFile_LazarusGroup_IsWhole()
    {
        OfacPublication sdn = OfacSdn.Read(TestData.Real(RealSdn), new() { PublicationDate = Day });

        OfacAddress[] lazarus = [.. sdn.Addresses.Where(a => a.EntityId == "27307")];
        lazarus.Length.ShouldBe(8);
        OfacAddress ronin = lazarus.Single(a => a.Address == Address.Parse("0x098B716B8Aaf21512996dC57EB0615e2383E2f96"));
        ronin.EntityName.ShouldBe("LAZARUS GROUP");
        ronin.PartyType.ShouldBe(OfacPartyType.Entity);
        ronin.Programs.ShouldBe(["DPRK3"]);
        ronin.EntityListed.ShouldBeNull();
        ronin.Tickers.ShouldBe(["ETH"]);
        OfacAddress tian = sdn.Addresses.First(a => a.EntityId == "28263");
        tian.EntityName.ShouldBe("TIAN, Yinyin");
        tian.PartyType.ShouldBe(OfacPartyType.Individual);
        tian.Programs.ShouldBe(["CYBER2", "DPRK3"]);
    }

    [SkippableFact]
    public void RealFile_CutAddresses_AreReportedAndNotEmitted()
    {
        OfacPublication sdn = OfacSdn.Read(TestData.Real(RealSdn), new() { PublicationDate = Day });

        (string, string)[] cut = [.. sdn.Problems.Where(p => p.Kind == OfacProblemKind.CutAddress).Select(p => (p.EntityId, p.Fragment))];
        cut.ShouldBe(
            [
                ("30518", "alt. Digital Currency Address - XBT 1Gq"),
                ("33151", "alt. Digital Currency Address - XBT 1B64QRxf"),
                ("33854", "alt. Digital Currency Address - XBT 3"),
                ("36216", "alt. Digital Currency Address - XBT 1B11Ezqg3AXj"),
                ("37070", "alt. Digital Currency Address - XBT 3F6bbvS1krsc1qR8FsbTDfYQyvkMm"),
                ("39585", "alt. Digital Currency Address - XBT 1N6XqS"),
            ],
            ignoreOrder: true);
        sdn.Problems.Count(p => p.Kind == OfacProblemKind.CutRemark).ShouldBe(12);
        foreach ((string _, string fragment) in cut)
        {
            string piece = fragment.Split(' ')[^1];
            sdn.Addresses.ShouldNotContain(a => a.Address.ToString() == piece);
        }
    }

    [SkippableFact]
    public void RealFile_CommentsOfAnotherDate_NeverMakeAnAddressOfTwoPieces()
    {
        OfacPublication alone = OfacSdn.Read(TestData.Real(RealSdn), new() { PublicationDate = Day });
        OfacPublication both = OfacSdn.Read(TestData.Real(RealSdn), new() { PublicationDate = Day, CommentsFile = TestData.Real(RealComments) });

        // What the remarks alone tell is all there, and what the comments add stands on a list of some day, letter by letter.
        HashSet<Address> known = [.. File.ReadLines(TestData.Real("lists/ofac/ofac_address_history.csv")).Skip(1)
            .Select(line => line.Split(',')[0])
            .SelectMany(text => new[] { "bitcoin", "ethereum", "tron", "bitcoin-cash", "bitcoin-sv", "litecoin", "dash", "monero", "xrp", "zcash", "bitcoin-gold", "verge" }
                .Select(chain => Address.TryParse(text, Chain.Parse(chain), out Address address) ? address : default))
            .Where(address => address != default)];
        Address[] added = [.. both.Addresses.Select(a => a.Address).Except(alone.Addresses.Select(a => a.Address))];
        alone.Addresses.Select(a => a.Address).Except(both.Addresses.Select(a => a.Address)).ShouldBeEmpty();
        added.Length.ShouldBe(228);
        added.Where(address => !known.Contains(address)).ShouldBeEmpty();
        both.Problems.Where(p => p.Kind is OfacProblemKind.CutAddress).ShouldBeEmpty();
        both.Problems.Single(p => p.Kind is OfacProblemKind.CutRemark).EntityId.ShouldBe("39796");
        both.Problems.Single(p => p.Kind is OfacProblemKind.ForeignComment).EntityId.ShouldBe("17018");
        both.Problems.Count(p => p.Kind is OfacProblemKind.NeedlessComment).ShouldBe(5);
        both.Problems.Count(p => p.Kind is OfacProblemKind.OrphanComment).ShouldBe(6);
    }

    [Fact]
    public void Read_Whole_TakesSeveralAddressesOfARemark()
    {
        OfacPublication sdn = Read(Row("1", $"DOB 1 Jan 1980; Digital Currency Address - XBT {Bitcoin1}; alt. Digital Currency Address - XBT {Bitcoin2}; Digital Currency Address - USDT {Tron}; a.k.a. 'X'.") + End);

        sdn.Addresses.Select(a => $"{a.Address.Chain} {a.Address}").ShouldBe([$"bitcoin {Bitcoin1}", $"bitcoin {Bitcoin2}", $"tron {Tron}"], ignoreOrder: true);
        sdn.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Read_RemarkCutRightBehindAWholeAddress_DoesNotEmitIt()
    {
        string remark = Filled($"; Digital Currency Address - XBT {Bitcoin2}");

        OfacPublication sdn = Read(Row("1", remark) + End);

        sdn.Addresses.Select(a => a.Address.ToString()).ShouldBe([Bitcoin1]);
        sdn.Problems.Single().Kind.ShouldBe(OfacProblemKind.CutAddress);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(34)]
    public void Read_CommentThatContinuesTheRemark_MakesTheAddressWhole(int taken)
    {
        string remark = Filled($"; Digital Currency Address - XBT {Bitcoin2[..taken]}");

        OfacPublication sdn = Read(Row("1", remark) + End, $"1,\"{Bitcoin2[taken..]}; alt. Digital Currency Address - USDT {Tron}.\"\r\n" + End);

        sdn.Addresses.Select(a => a.Address.ToString()).ShouldBe([Bitcoin1, Bitcoin2, Tron], ignoreOrder: true);
        sdn.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Read_CommentInTwoRows_IsJoined()
    {
        string remark = Filled($"; Digital Currency Address - XBT {Bitcoin2[..9]}");

        OfacPublication sdn = Read(Row("1", remark) + End, $"1,{Bitcoin2[9..20]}\r\n1,{Bitcoin2[20..]}.\r\n" + End);

        sdn.Addresses.Count.ShouldBe(2);
        sdn.Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("; Digital Currency Address - XBT 12sjrr", "Q12345678; alt. Digital Currency Address - USDT TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzq.")]
    [InlineData("; alt. Digital Curr", "ive 3): 26 Mar 2022.")]
    [InlineData("; Linked", "s - XBT 12sjrrhoFEsedNRhtgwvvRqjFTh8fZTDX9; a.k.a. 'B'.")]
    [InlineData("; a.k.a. 'WHO", "12sjrrhoFE; a.k.a. 'B'.")]
    [InlineData(";", "hoFEsedNRhtgwvv; a.k.a. 'B'.")]
    [InlineData(";", " Digital Currency Address - XBT 1295rkVyNfFpqZpXvKGhDqwhP1jZcNNDMV; Digital Currency Address - XBT 1295rkVyNfFpqZpXvKGhDqwhP1jZcNNDMV.")]
    public void Read_CommentOfAnotherDay_IsDetectedAndNotUsed(string end, string comment)
    {
        OfacPublication sdn = Read(Row("1", Filled(end)) + End, $"1,\"{comment}\"\r\n" + End);

        sdn.Addresses.Select(a => a.Address.ToString()).ShouldBe([Bitcoin1]);
        sdn.Problems.Single().Kind.ShouldBe(OfacProblemKind.ForeignComment);
        sdn.Problems.Single().HidesAddresses.ShouldBeTrue();
    }

    public static TheoryData<string, string> Refusals() => new()
    {
        { Row("1", $"Digital Currency Address - XBT {Bitcoin1}."), "cut short: it does not end in the byte 0x1A" },
        { "1,\"A\",-0- ,\"X\",-0- ,-0- ,-0- \r\n" + End, "a row of 7 columns: expected 12" },
        { Row("1", $"Digital Currency Address - XBT {Bitcoin1}.")[..^8], "cut short" },
        { Row("1", $"Digital Currency Address - XBT {Bitcoin1}.") + End + "\r\n" + Row("2", "-0- "), "a row behind the end mark" },
        { "x" + Row("1", "-0- ") + End, "'x1': expected an SDN uid" },
        { Row("1", $"Digital Currency Address XBT {Bitcoin1}.") + End, "expected '[alt. ]Digital Currency Address - TICKER ADDRESS'" },
        { Row("1", "-0- ") + End, "no digital currency address in 1 parties" },
        { End, "no party at all" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Read_BadFile_IsRefusedInOneLine(string csv, string expected)
    {
        string message = Should.Throw<ChainWatchException>(() => Read(csv)).Message;

        message.ShouldContain(expected);
        message.ShouldStartWith("sdn.csv");
        message.ShouldNotContain('\n');
    }

    [Fact]
    public void Read_WithoutADate_AsksForOne()
    {
        using Stream stream = SdnXml.Stream(Row("1", $"Digital Currency Address - XBT {Bitcoin1}.") + End);

        Should.Throw<ChainWatchException>(() => OfacSdn.Read(stream, "sdn.csv")).Message.ShouldBe("sdn.csv: the file does not tell its publication date: expected it to be given (yyyy-MM-dd)");
    }

    [Fact]
    public void Read_CutCommentsFile_IsRefused() =>
        Should.Throw<ChainWatchException>(() => Read(Row("1", $"Digital Currency Address - XBT {Bitcoin1}.") + End, "1,text.\r\n")).Message.ShouldContain("comments.csv: the file is cut short");

    private const string Bitcoin1 = "1295rkVyNfFpqZpXvKGhDqwhP1jZcNNDMV";
    private const string Bitcoin2 = "12sjrrhoFEsedNRhtgwvvRqjFTh8fZTDX9";
    private const string Tron = "TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzq";
    private const string End = "\u001A";

    private static string Row(string uid, string remark) => $"{uid},\"NAME\",\"individual\",\"DPRK3] [CYBER2\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"{remark}\"\r\n";

    // A remark of 1,000 characters with one whole address, and this end.
    private static string Filled(string end)
    {
        string start = $"Digital Currency Address - XBT {Bitcoin1}; Phone Number ";
        return start + new string('5', 1000 - start.Length - end.Length) + end;
    }

    private static OfacPublication Read(string csv, string? comments = null)
    {
        using TemporaryFolder folder = TestData.NewFolder();
        using Stream stream = SdnXml.Stream(csv);
        return OfacSdn.Read(stream, "sdn.csv", new() { PublicationDate = Day, CommentsFile = comments is null ? null : folder.Write("comments.csv", comments) });
    }
}
