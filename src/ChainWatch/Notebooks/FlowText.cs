using System.Globalization;
using System.Text;

namespace ChainWatch.Notebooks;

/// <summary>A flow of funds as a tree of lines.</summary>
internal static class FlowText
{
    private const int AssetsMax = 2;

    public static string Write(FlowGraph graph, int width)
    {
        StringBuilder text = new();
        TextLines.Append(text, graph.Title, width);
        ILookup<FlowNode?, FlowNode> after = graph.Nodes.ToLookup(n => n.Before);
        // A way can be 100 hops long, and is no recursion.
        Stack<(FlowNode Node, string Branch, string Indent)> open = [];
        foreach (FlowNode root in after[null].Reverse())
        {
            open.Push((root, "", ""));
        }

        while (open.TryPop(out (FlowNode Node, string Branch, string Indent) here))
        {
            text.Append(TerminalText.Cut(here.Branch + LineOf(graph, here.Node), width)).Append('\n');
            FlowNode[] kept = FlowFold.Keep(graph, [.. after[here.Node]], node => graph.EdgesBetween(here.Node, node).Sum(e => graph.ShareOf(e.Asset, e.Units)), node => after[node].Any(), out FlowNode[] folded);
            if (folded.Length > 0)
            {
                string paid = graph.Display(folded.SelectMany(n => graph.EdgesBetween(here.Node, n)), AssetsMax);
                string count = string.Create(CultureInfo.InvariantCulture, $"… {folded.Length:N0} more {(folded.Length == 1 ? "address" : "addresses")}");
                // Those that are left out come last, and so are pushed first.
                open.Push((new FlowNode(null, here.Node.Hop + 1) { StopReason = paid.Length == 0 ? count : $"{count}, {paid}" }, $"{here.Indent}└─ ", here.Indent));
            }

            for (int i = kept.Length - 1; i >= 0; i--)
            {
                bool isLast = i == kept.Length - 1 && folded.Length == 0;
                open.Push((kept[i], here.Indent + (isLast ? "└─ " : "├─ "), here.Indent + (isLast ? "   " : "│  ")));
            }
        }

        TextLines.Append(text, graph.Nodes.Count == 0 ? "(no addresses)" : "", width);
        TextLines.Append(text, graph.Note, width);
        return text.ToString();
    }

    private static string LineOf(FlowGraph graph, FlowNode node)
    {
        if (node.Address is not Address address)
        {
            return node.StopReason;
        }

        StringBuilder line = new();
        line.Append(node.IsSeed ? "◆ " : node.IsStop ? "■ " : node.IsWatched ? "★ " : "").Append(TerminalText.Short(address));
        if (node.Before is FlowNode before)
        {
            FlowEdge[] edges = [.. graph.EdgesBetween(before, node)];
            line.Append("  ").Append(graph.Display(edges, AssetsMax));
            int transfers = edges.Sum(e => e.Transfers);
            if (transfers > 1)
            {
                line.Append(CultureInfo.InvariantCulture, $" in {transfers:N0} transfers");
            }

            // The branch shows one payer; the others must not go unsaid.
            if (graph.Touching(node).Count() > edges.Length)
            {
                line.Append("  · ").Append(graph.Display(graph.Touching(node), AssetsMax)).Append(graph.IsSent ? " paid in all" : " received in all");
            }
        }

        foreach (string word in FlowWords.Of(node).Concat(node.Names))
        {
            line.Append("  · ").Append(TerminalText.OneLine(word));
        }

        return line.ToString();
    }
}
