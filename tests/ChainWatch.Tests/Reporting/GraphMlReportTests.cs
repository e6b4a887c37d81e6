using System.Xml.Linq;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Reporting;

public class GraphMlReportTests
{
    private static readonly XNamespace Ns = "http://graphml.graphdrawing.org/xmlns";

    [Fact]
    public void WriteGraphMl_NoWatchedWallet_NodesAndEdgesOfAllEvidence()
    {
        XElement graph = Load(new ReportCase());

        Ids(graph, "node").ShouldBe([.. new[] { 1, 2, 3, 4, 6, 7 }.Select(Id)]);
        graph.Elements(Ns + "edge").Select(e => (e.Attribute("source")!.Value, e.Attribute("target")!.Value))
            .ShouldBe([(Id(1), Id(2)), (Id(6), Id(2)), (Id(2), Id(3)), (Id(2), Id(4)), (Id(1), Id(7))]);
        Ids(graph, "edge").ShouldBe(["e0", "e1", "e2", "e3", "e4"]);

        Dictionary<string, string> exchange = Data(graph.Elements(Ns + "node").Single(n => n.Attribute("id")!.Value == Id(3)));
        exchange["label"].ShouldBe("Big | Exchange");
        exchange["hops"].ShouldBe("2");
        exchange["list"].ShouldBe("dprk-attributed received 2; ofac-sdn received 2");
        exchange["stop_reason"].ShouldBe("service:exchange");
        exchange["is_seed"].ShouldBe("false");
        Dictionary<string, string> theft = Data(graph.Elements(Ns + "edge").First());
        theft["value"].ShouldBe("401346770000000000000000");
        theft["amount"].ShouldBe("401,346.77 ETH");
        theft["block"].ShouldBe("100");
        theft["order"].ShouldBe("proven");
        theft["tx"].ShouldBe("0x" + ReportCase.Tx(1000));
    }

    [Fact]
    public void WriteGraphMl_WatchedWallet_ItsPathsOnly()
    {
        XElement graph = Load(new ReportCase { To = [ReportCase.Wallet(3)] });

        Ids(graph, "node").ShouldBe([.. new[] { 1, 2, 3, 6 }.Select(Id)]);
        graph.Elements(Ns + "edge").Count().ShouldBe(3);
        graph.Elements(Ns + "node").Where(n => Data(n)["watched"] == "true").Select(n => n.Attribute("id")!.Value).ShouldBe([Id(3)]);
        graph.Elements(Ns + "node").Where(n => Data(n)["is_seed"] == "true").Select(n => n.Attribute("id")!.Value).ShouldBe([Id(1), Id(6)]);
    }

    [Fact]
    public void WriteGraphMl_EveryDatum_HasAKeyOfItsKind()
    {
        XDocument document = XDocument.Parse(System.Text.Encoding.UTF8.GetString(new ReportCase { Direction = Direction.Both }.GraphMl()));
        Dictionary<string, string> keys = document.Root!.Elements(Ns + "key").ToDictionary(k => k.Attribute("id")!.Value, k => k.Attribute("for")!.Value);

        XElement[] data = [.. document.Descendants(Ns + "data")];
        data.ShouldNotBeEmpty();
        data.ShouldAllBe(d => keys[d.Attribute("key")!.Value] == d.Parent!.Name.LocalName);
        HashSet<string> nodes = [.. Ids(document.Root.Element(Ns + "graph")!, "node")];
        document.Descendants(Ns + "edge").ShouldAllBe(e => nodes.Contains(e.Attribute("source")!.Value) && nodes.Contains(e.Attribute("target")!.Value));
    }

    [Fact]
    public void WriteGraphMl_ShuffledRows_SameBytesWithoutCarriageReturns()
    {
        byte[] xml = new ReportCase { Direction = Direction.Both }.GraphMl();

        new ReportCase { Direction = Direction.Both, Shuffled = true }.GraphMl().ShouldBe(xml);
        xml.ShouldNotContain((byte)'\r');
        xml[0].ShouldBe((byte)'<');
        BannedWords.ShouldNotOccurIn(System.Text.Encoding.UTF8.GetString(xml));
    }

    private static XElement Load(ReportCase reportCase) =>
        XDocument.Parse(System.Text.Encoding.UTF8.GetString(reportCase.GraphMl())).Root!.Element(Ns + "graph")!;

    private static string Id(int digit) => ReportCase.Wallet(digit).ToCaip10();

    private static IEnumerable<string> Ids(XElement graph, string element) => graph.Elements(Ns + element).Select(e => e.Attribute("id")!.Value);

    private static Dictionary<string, string> Data(XElement element) =>
        element.Elements(Ns + "data").ToDictionary(d => d.Attribute("key")!.Value, d => d.Value);
}
