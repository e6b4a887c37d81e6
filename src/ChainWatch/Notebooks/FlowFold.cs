namespace ChainWatch.Notebooks;

/// <summary>Which addresses of a ring or a branch are shown one by one.</summary>
internal static class FlowFold
{
    /// <summary>
    /// The largest amounts first, then by address: as many as the graph shows, and all that are seeds, watched, stops or
    /// go on.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="nodes">The ring or branch.</param>
    /// <param name="weight">How much an address got, as a share.</param>
    /// <param name="goesOn">Whether something comes after an address.</param>
    /// <param name="folded">The others.</param>
    public static FlowNode[] Keep(FlowGraph graph, FlowNode[] nodes, Func<FlowNode, double> weight, Func<FlowNode, bool> goesOn, out FlowNode[] folded)
    {
        FlowNode[] sorted = [.. nodes.OrderByDescending(weight).ThenBy(n => n.Address!.Value)];
        // One alone takes as much room as the line that would stand for it.
        int room = sorted.Length == graph.FoldedAt + 1 ? sorted.Length : graph.FoldedAt;
        HashSet<FlowNode> kept = [.. sorted.Where(n => n.IsSeed || n.IsWatched || n.IsStop || goesOn(n))];
        foreach (FlowNode node in sorted)
        {
            if (kept.Count >= room)
            {
                break;
            }

            kept.Add(node);
        }

        folded = [.. sorted.Where(n => !kept.Contains(n))];
        return [.. sorted.Where(kept.Contains)];
    }
}
