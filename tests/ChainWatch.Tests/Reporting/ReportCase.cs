using ChainWatch.Graph;
using ChainWatch.Labels;
using ChainWatch.Lists;
using ChainWatch.Reporting;
using ChainWatch.Reporting.Html;
using ChainWatch.Sources;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Reporting;

/// <summary>
/// A small case with everything a report can show. A designated address (1) pays 2, which pays an exchange (3) and a mixer
/// (4); the mixer pays 5. An FBI-attributed address (6) pays 2, too. 7 gets a token of the token list, 8 one that is not
/// on it. Their digits are without letters, so that every way of writing them is the same.
/// </summary>
internal sealed record ReportCase
{
    public static readonly RunInfo Run = new() { AskedOn = new DateOnly(2026, 8, 26), ToolVersion = "chainwatch 0.1.0", TimeTaken = TimeSpan.FromMilliseconds(1234) };

    public static readonly Address Tether = Wallet(9);

    public IReadOnlyList<Address> To { get; init; } = [];

    public Direction Direction { get; init; } = Direction.Received;

    public bool Complete { get; init; }

    public bool Shuffled { get; init; }

    /// <summary>What the exchange's label calls it.</summary>
    public string ExchangeName { get; init; } = "Big | Exchange";

    public static Address Wallet(int digit) => Address.Parse("0x" + new string((char)('0' + digit), 40));

    public static TxId Tx(int number) => TxId.Parse(number.ToString("D64", System.Globalization.CultureInfo.InvariantCulture));

    public TraceResult Trace()
    {
        TransferGraphBuilder builder = new();
        Transfer[] transfers = [.. Transfers()];
        foreach ((Transfer transfer, int line) in (Shuffled ? transfers.Reverse() : transfers).Select((t, i) => (t, i + 2)))
        {
            builder.Add(transfer, new RowOrigin("case.csv", line));
        }

        builder.Add(new SourceCoverage
        {
            Name = "case.csv",
            Kind = "transfer-file",
            Rows = transfers.Length,
            Sha256 = new string('a', 64),
            DeclaredComplete = Complete,
            Notes = ["a note of the reader"],
            Gaps = Complete ? [] : [new CoverageGap(GapKind.NotDeclaredComplete, "case.csv: nobody has said that it is complete")],
        });
        return Tracer.Trace(builder.Build(), Request());
    }

    public TraceRequest Request()
    {
        AddressList sdn = new("ofac-sdn", new DateOnly(2026, 8, 20), [Designated(Wallet(1))], Manifest("ofac-sdn"));
        AddressList dprk = new("dprk-attributed", new DateOnly(2026, 8, 20), [Attributed(Wallet(6))], Manifest("dprk-attributed"));
        return new TraceRequest
        {
            From = [sdn, dprk],
            To = To,
            MaxHops = 4,
            Direction = Direction,
            Stops = new StopRule { Lists = [new StopList("stops", [
                new StopLabel(Wallet(3), StopCategory.Exchange, ExchangeName, "labels of 2026"),
                new StopLabel(Wallet(4), StopCategory.Mixer, "Mixer", "labels of 2026"),
            ])] },
            Tokens = new TokenList("tokens", [new Token(Tether, "USDT", 6, "Tether USD", "test")]),
            Lists = new ListSet([sdn, dprk], [], []),
        };
    }

    public string Csv() => Text(Report.WriteCsv);

    public string Markdown(int pathsMax = Report.PathsMax) => Text((result, writer) => Report.WriteMarkdown(result, writer, Run, pathsMax));

    public byte[] Json(RunInfo? run = null) => Bytes((result, stream) => Report.WriteJson(result, stream, run ?? Run));

    public byte[] GraphMl() => Bytes(Report.WriteGraphMl);

    /// <summary>The HTML report, with something in the place of the graph library that is easily found.</summary>
    public byte[] Html(RunInfo? run = null) => Bytes((result, stream) => HtmlReport.Write(result, stream, run ?? Run, new ViewerLibrary("window.standIn = '</script>';", "LICENCE OF THE STAND-IN")));

    private string Text(Action<TraceResult, TextWriter> write)
    {
        using StringWriter writer = new();
        write(Trace(), writer);
        return writer.ToString();
    }

    private byte[] Bytes(Action<TraceResult, Stream> write)
    {
        using MemoryStream stream = new();
        write(Trace(), stream);
        return stream.ToArray();
    }

    private static IEnumerable<Transfer> Transfers()
    {
        Asset ether = Asset.Native(Chain.Ethereum);
        yield return At(100, 0, 1, 2, ether, "401346770000000000000000", "2025-02-21T14:29:47Z");
        yield return At(100, 1, 6, 2, ether, "1000000000000000001", "2025-02-21T14:29:47Z");
        yield return At(101, 3, 2, 3, ether, "5000000000000000000", "2025-02-21T14:31:11Z");
        yield return At(102, null, 2, 4, ether, "2000000000000000000", null);
        yield return At(103, 0, 4, 5, ether, "1500000000000000000", "2025-02-22T00:00:00Z");
        yield return At(104, 0, 1, 7, Asset.Token(Tether), "1000000500000", "2025-02-22T00:00:12Z");
        yield return At(105, 0, 1, 8, Asset.Token(Wallet(8)), "77", "2025-02-22T00:00:24Z");
        yield return At(106, 0, 1, 8, ether, "0", "2025-02-22T00:00:36Z");
    }

    private static Transfer At(long block, int? index, int from, int to, Asset asset, string value, string? time) => new(
        new ChainPosition(Chain.Ethereum, block, index),
        Wallet(from),
        Wallet(to),
        asset,
        Amount.Parse(value),
        Tx((int)block * 10 + (index ?? 0)),
        time is null ? null : DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture));

    private static Designation Designated(Address address) => new()
    {
        List = "ofac-sdn",
        Address = address,
        Authority = Authority.Ofac,
        Entity = "LAZARUS GROUP",
        EntityId = "27307",
        EntityListed = new DateOnly(2019, 9, 13),
        Programs = ["DPRK3"],
        Tickers = ["ETH"],
        CameOn = DateBounds.On(new DateOnly(2022, 4, 14)),
        Role = Role.Holding,
        MaySeed = true,
        Document = new SourceDocument("OFAC SDN list", new DateOnly(2026, 8, 20), "https://sanctionslist.ofac.treas.gov/", IssuerText.No),
    };

    private static Attribution Attributed(Address address) => new()
    {
        List = "dprk-attributed",
        Address = address,
        Authority = new Authority(AuthorityKind.GovernmentBody, "FBI"),
        Entity = "TraderTraitor",
        Incident = "Bybit 2025-02-21",
        StatedOn = new DateOnly(2025, 2, 26),
        Role = Role.Holding,
        MaySeed = true,
        Document = new SourceDocument("IC3 PSA I-022625-PSA", new DateOnly(2025, 2, 26), "https://www.ic3.gov/PSA/2025/PSA250226", IssuerText.Yes),
    };

    private static ListManifest Manifest(string name) => new()
    {
        Name = name,
        Kind = ListKind.Designations,
        Title = "a list of the test",
        Version = "2026-08-20.1",
        AsOf = new DateOnly(2026, 8, 20),
        Sources = ["test"],
        HowMade = "by hand",
        File = "addresses.csv",
        Sha256 = new string('b', 64),
        Count = 1,
    };
}
