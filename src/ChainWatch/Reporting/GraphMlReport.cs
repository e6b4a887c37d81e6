using System.Globalization;
using System.Text;
using System.Xml;
using ChainWatch.Labels;
using ChainWatch.Tracing;

namespace ChainWatch.Reporting;

/// <summary>The evidence as GraphML, in the part of it that Gephi and yEd both read: typed keys, nodes, directed edges.</summary>
/// <remarks>Source: the GraphML Primer, http://graphml.graphdrawing.org/primer/graphml-primer.html.</remarks>
internal static class GraphMlReport
{
    private const string Namespace = "http://graphml.graphdrawing.org/xmlns";

    private static readonly (string Id, string For, string Type)[] Keys =
    [
        ("label", "node", "string"),
        ("address", "node", "string"),
        ("chain", "node", "string"),
        ("hops", "node", "int"),
        ("list", "node", "string"),
        ("stop_reason", "node", "string"),
        ("category", "node", "string"),
        ("name", "node", "string"),
        ("is_seed", "node", "boolean"),
        ("watched", "node", "boolean"),
        ("value", "edge", "string"),
        ("asset", "edge", "string"),
        ("symbol", "edge", "string"),
        ("amount", "edge", "string"),
        ("tx", "edge", "string"),
        ("block", "edge", "long"),
        ("position", "edge", "int"),
        ("time", "edge", "string"),
        ("order", "edge", "string"),
        ("conversion", "edge", "boolean"),
        ("internal", "edge", "boolean"),
        ("coinjoin", "edge", "string"),
        ("on_path", "edge", "boolean"),
        ("evidence", "edge", "string"),
    ];

    public static void Write(TraceResult result, Stream output)
    {
        XmlWriterSettings settings = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true, NewLineChars = "\n", CloseOutput = false };
        EvidenceGraph graph = new(result);
        SymbolBook symbols = new(result.Request.Tokens);
        using XmlWriter xml = XmlWriter.Create(output, settings);
        xml.WriteStartDocument();
        xml.WriteStartElement("graphml", Namespace);
        foreach ((string id, string domain, string type) in Keys)
        {
            xml.WriteStartElement("key", Namespace);
            xml.WriteAttributeString("id", id);
            xml.WriteAttributeString("for", domain);
            xml.WriteAttributeString("attr.name", id);
            xml.WriteAttributeString("attr.type", type);
            xml.WriteEndElement();
        }

        xml.WriteStartElement("graph", Namespace);
        xml.WriteAttributeString("id", "exposures");
        xml.WriteAttributeString("edgedefault", "directed");
        foreach (EvidenceNode node in graph.Nodes)
        {
            WriteNode(xml, node);
        }

        int number = 0;
        foreach (EvidenceEdge edge in graph.Edges)
        {
            WriteEdge(xml, edge, number++, symbols);
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndDocument();
    }

    private static void WriteNode(XmlWriter xml, EvidenceNode node)
    {
        xml.WriteStartElement("node", Namespace);
        xml.WriteAttributeString("id", node.Address.ToCaip10());
        Data(xml, "label", node.Label is { Name.Length: > 0 } label ? label.Name : node.Address.ToString());
        Data(xml, "address", node.Address.ToString());
        Data(xml, "chain", node.Address.Chain.Name);
        if (node.Exposures.Count > 0)
        {
            Data(xml, "hops", ReportWords.Plain(node.Exposures.Min(e => e.Hops)));
            Data(xml, "list", string.Join("; ", node.Exposures.Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.List} {ReportWords.Of(e.Direction)} {e.Hops}"))));
            Data(xml, "stop_reason", string.Join("; ", node.Exposures.Select(e => e.StopReason).Where(r => r.Length > 0).Distinct(StringComparer.Ordinal)));
        }

        if (node.Label is StopLabel stop)
        {
            Data(xml, "category", StopCategories.NameOf(stop.Category));
            Data(xml, "name", stop.Name);
        }

        Data(xml, "is_seed", Word(node.IsSeed));
        Data(xml, "watched", Word(node.IsWatched));
        xml.WriteEndElement();
    }

    private static void WriteEdge(XmlWriter xml, EvidenceEdge edge, int number, SymbolBook symbols)
    {
        PathStep step = edge.Step;
        xml.WriteStartElement("edge", Namespace);
        xml.WriteAttributeString("id", $"e{ReportWords.Plain(number)}");
        xml.WriteAttributeString("source", step.From.ToCaip10());
        xml.WriteAttributeString("target", step.To.ToCaip10());
        Data(xml, "value", step.Value.ToString());
        Data(xml, "asset", SymbolBook.IdOf(step.Asset));
        Data(xml, "symbol", symbols.NameOf(step.Asset));
        Data(xml, "amount", symbols.Display(step.Asset, step.Value));
        Data(xml, "tx", step.Tx?.ToString(step.Position.Chain) ?? "");
        Data(xml, "block", ReportWords.Plain(step.Position.Block));
        if (step.Position.Index is int index)
        {
            Data(xml, "position", ReportWords.Plain(index));
        }

        Data(xml, "time", step.Time is DateTimeOffset time ? ReportWords.Time(time) : "");
        Data(xml, "order", edge.Order is PathOrder order ? ReportWords.Of(order) : "");
        Data(xml, "conversion", Word(edge.IsConversion));
        Data(xml, "internal", Word(step.IsInternal));
        Data(xml, "coinjoin", ReportWords.Of(step.CoinJoin) ?? "");
        Data(xml, "on_path", Word(edge.OnPath));
        Data(xml, "evidence", ReportWords.Of(step.Evidence));
        xml.WriteEndElement();
    }

    // An empty text is a value that is not known: left out, as GraphML does.
    private static void Data(XmlWriter xml, string key, string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        xml.WriteStartElement("data", Namespace);
        xml.WriteAttributeString("key", key);
        xml.WriteString(Allowed(text));
        xml.WriteEndElement();
    }

    // XML has no way to write most control characters: a label's odd one becomes the replacement character.
    private static string Allowed(string text)
    {
        StringBuilder? allowed = null;
        for (int i = 0; i < text.Length; i++)
        {
            bool isPair = i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]);
            if (isPair)
            {
                i++;
            }
            else if (!XmlConvert.IsXmlChar(text[i]))
            {
                allowed ??= new StringBuilder(text);
                allowed[i] = '\uFFFD';
            }
        }

        return allowed?.ToString() ?? text;
    }

    private static string Word(bool value) => value ? "true" : "false";
}
