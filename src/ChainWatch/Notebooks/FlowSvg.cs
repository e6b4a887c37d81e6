using System.Globalization;

namespace ChainWatch.Notebooks;

/// <summary>A flow of funds as a drawing: a column a hop, curved edges as wide as their amounts.</summary>
internal static class FlowSvg
{
    private const double Margin = 24;
    private const double EdgeMin = 1.2;
    private const double EdgeMax = 14;
    private const int AssetsMax = 1;
    private const int TextMax = 24;

    public static void Draw(Page page, FlowGraph graph)
    {
        FlowLayout layout = new(graph);
        double top = SvgText.Top(graph.Title) + 28;
        double width = Math.Max(640, layout.Width + (2 * Margin));
        string[] notes = SvgText.Lines(graph.Note, width - (2 * Margin));
        FlowNode[] nodes = [.. layout.Nodes];
        (string Style, string Text)[] legend = [.. Legend(nodes)];
        double bottom = top + layout.Height;
        using (page.Svg(graph.Title, width, bottom + 44 + (notes.Length * SvgText.LineHeight)))
        {
            SvgText.Title(page, graph.Title, Margin);
            for (int i = 0; i < layout.Rings.Count; i++)
            {
                int column = graph.IsSent ? layout.Rings.Count - 1 - i : i;
                int count = nodes.Where(n => n.Hop == layout.Rings[i]).Sum(n => n.Count);
                page.Label(string.Create(CultureInfo.InvariantCulture, $"hop {layout.Rings[i]} · {count:N0} {(count == 1 ? "address" : "addresses")}"), Margin + (column * FlowLayout.ColumnWidth), top - 14, "quiet");
            }

            using (page.Element("g", ("transform", $"translate({Page.N(Margin)} {Page.N(top)})")))
            {
                // The thin ones last, so that they can be seen and pointed at.
                foreach (FlowEdge edge in layout.Edges.OrderByDescending(layout.ShareOf))
                {
                    DrawEdge(page, graph, layout, edge);
                }

                ILookup<FlowNode, FlowEdge> touching = layout.Edges.ToLookup(e => graph.IsSent ? e.From : e.To);
                foreach (FlowNode node in nodes)
                {
                    DrawNode(page, graph, layout.PlaceOf(node), node, [.. touching[node]]);
                }
            }

            if (nodes.Length == 0)
            {
                page.Label("(no addresses)", Margin, top + 20, "quiet");
            }

            double x = Margin;
            foreach ((string style, string text) in legend)
            {
                page.Element("rect", ("x", Page.N(x)), ("y", Page.N(bottom + 13)), ("width", "10"), ("height", "10"), ("rx", "2"), ("class", style)).Dispose();
                page.Label(text, x + 16, bottom + 22, "quiet small");
                x += 16 + (text.Length * 6.2) + 22;
            }

            page.Label("an edge is as wide as its share of the largest amount of its asset", width - Margin, bottom + 22, "quiet small end");
            SvgText.Notes(page, notes, Margin, bottom + 44);
        }
    }

    private static void DrawEdge(Page page, FlowGraph graph, FlowLayout layout, FlowEdge edge)
    {
        (double fromX, double fromY) = layout.PlaceOf(edge.From);
        (double toX, double toY) = layout.PlaceOf(edge.To);
        // An edge leaves at the right and comes in at the left. Within a column, or back, it bows out at the right.
        bool isOnward = toX > fromX;
        (double x1, double y1) = (fromX + FlowLayout.BoxWidth, fromY + (FlowLayout.BoxHeight / 2));
        (double x2, double y2) = (isOnward ? toX : toX + FlowLayout.BoxWidth, toY + (FlowLayout.BoxHeight / 2));
        double bend = isOnward ? (x2 - x1) / 2 : 60;
        string path = $"M{Page.N(x1)} {Page.N(y1)}C{Page.N(x1 + bend)} {Page.N(y1)} {Page.N(isOnward ? x2 - bend : x2 + bend)} {Page.N(y2)} {Page.N(x2)} {Page.N(y2)}";
        // Areas are compared by eye: the width goes with the root.
        double wide = EdgeMin + ((EdgeMax - EdgeMin) * Math.Sqrt(layout.ShareOf(edge)));
        using (page.Element("path", ("d", path), ("class", isOnward ? "flow" : "flow back"), ("stroke-width", Page.N(wide))))
        {
            string when = edge.First is not DateTimeOffset first ? "" : edge.Last is DateTimeOffset last && last != first ? $", {Day(first)} to {Day(last)}" : $", {Day(first)}";
            page.Text("title", string.Create(CultureInfo.InvariantCulture, $"{NameOf(edge.From)} to {NameOf(edge.To)}: {graph.Display([edge], 1)} in {edge.Transfers:N0} {(edge.Transfers == 1 ? "transfer" : "transfers")}{when}"));
        }
    }

    private static void DrawNode(Page page, FlowGraph graph, (double X, double Y) place, FlowNode node, FlowEdge[] edges)
    {
        (double x, double y) = place;
        string amount = graph.Display(edges, AssetsMax);
        using (page.Element("g"))
        {
            page.Text("title", string.Join("\n", [NameOf(node), .. edges.Length == 0 ? Array.Empty<string>() : [$"{(graph.IsSent ? "paid" : "got")} {graph.Display(edges, int.MaxValue)}"], .. FlowWords.Of(node), .. node.Names]));
            page.Element("rect", ("x", Page.N(x)), ("y", Page.N(y)), ("width", Page.N(FlowLayout.BoxWidth)), ("height", Page.N(FlowLayout.BoxHeight)), ("rx", "6"), ("class", "box")).Dispose();
            page.Element("rect", ("x", Page.N(x)), ("y", Page.N(y)), ("width", "5"), ("height", Page.N(FlowLayout.BoxHeight)), ("rx", "2"), ("class", StyleOf(node))).Dispose();
            page.Label(TerminalText.Cut(NameShort(node), TextMax), x + 14, y + 17, node.Address is null ? "ink" : "ink mono");
            string mark = node.IsSeed ? "seed" : node.IsWatched ? "watched" : node.Authorities.Count > 0 ? TerminalText.Cut(node.Authorities[0], 10) : "";
            page.Label(mark, x + FlowLayout.BoxWidth - 8, y + 17, $"{StyleOf(node)} small end");
            page.Label(TerminalText.Cut(node.Stop is null ? amount : $"{node.Stop.Name} {amount}", TextMax + 3), x + 14, y + 32, "quiet small");
        }
    }

    private static string NameOf(FlowNode node) => node.Address?.ToString() ?? NameShort(node);

    private static string NameShort(FlowNode node) => node.Address is Address address
        ? TerminalText.Short(address)
        : string.Create(CultureInfo.InvariantCulture, $"{node.Count:N0} more addresses");

    private static string StyleOf(FlowNode node) => node.Address is null ? "folded" : node.IsSeed ? "seed" : node.IsWatched ? "watched" : node.IsStop ? "stop" : node.Names.Count > 0 ? "named" : "plain";

    private static IEnumerable<(string Style, string Text)> Legend(FlowNode[] nodes)
    {
        (string Style, string Text)[] all =
        [
            ("seed", "seed"), ("watched", "watched wallet"), ("stop", "stop: not traced through"), ("named", "named on a list"), ("plain", "other address"), ("folded", "several, with smaller amounts"),
        ];
        return all.Where(entry => nodes.Any(n => StyleOf(n) == entry.Style));
    }

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
