using System.Numerics;
using ChainWatch.Labels;

namespace ChainWatch.Notebooks;

/// <summary>
/// The flow of funds by hop: addresses in layers, between them what was paid. Prints in a terminal as a tree, and saves as a
/// layered drawing. Made by <see cref="GraphExtensions"/>; a graph does not change, its methods give another.
/// </summary>
public sealed class FlowGraph
{
    /// <summary>How many addresses a ring of a drawing, and a branch of a tree, show where nothing else is asked for.</summary>
    public const int DefaultFold = 12;

    private readonly TokenList _tokens;
    private readonly ILookup<FlowNode, FlowEdge> _touching;
    private readonly Dictionary<Asset, BigInteger> _largestOf;

    internal FlowGraph(IReadOnlyList<FlowNode> nodes, IReadOnlyList<FlowEdge> edges, TokenList tokens, bool isSent)
    {
        (Nodes, Edges, _tokens, IsSent) = (nodes, edges, tokens, isSent);
        _touching = edges.ToLookup(e => isSent ? e.From : e.To);
        // Amounts of two assets cannot be compared: each is measured by the largest of its own.
        _largestOf = edges.GroupBy(e => e.Asset).ToDictionary(g => g.Key, g => g.Max(e => e.Units));
    }

    private FlowGraph(FlowGraph other) : this(other.Nodes, other.Edges, other._tokens, other.IsSent) =>
        (Title, Note, FoldedAt) = (other.Title, other.Note, other.FoldedAt);

    /// <summary>How many addresses there are, shown or folded.</summary>
    public int AddressCount => Nodes.Sum(n => n.Count);

    /// <summary>How many transfers there are, shown or folded.</summary>
    public int TransferCount => Edges.Sum(e => e.Transfers);

    internal IReadOnlyList<FlowNode> Nodes { get; }

    /// <summary>In chain order of the question: from the payer to the payee.</summary>
    internal IReadOnlyList<FlowEdge> Edges { get; }

    /// <summary>Whether funds flow towards the lists.</summary>
    internal bool IsSent { get; }

    internal string Title { get; private init; } = "";

    internal string Note { get; private init; } = "";

    internal int FoldedAt { get; private init; } = DefaultFold;

    /// <summary>The graph with a title above it.</summary>
    public FlowGraph Titled(string title) => new(this) { Title = TerminalText.OneLine(title) };

    /// <summary>The graph with a note beneath it: where the transfers come from, what they leave out.</summary>
    public FlowGraph Noted(string note) => new(this) { Note = TerminalText.OneLine(note) };

    /// <summary>
    /// The graph with rings of a drawing, and branches of a tree, of at most so many addresses; the others, with the smallest
    /// amounts, are drawn as one, which says how many they are and how much they got. Seeds, watched wallets, stops and
    /// addresses that pay on are never folded.
    /// </summary>
    /// <param name="addresses">At least 1.</param>
    /// <exception cref="ChainWatchException">Less than 1.</exception>
    public FlowGraph Fold(int addresses) => addresses >= 1
        ? new(this) { FoldedAt = addresses }
        : throw new ChainWatchException($"graph folded at {addresses} addresses: expected at least 1");

    /// <summary>Text for a terminal of <see cref="Table.DefaultWidth"/> columns.</summary>
    public override string ToString() => ToString(Table.DefaultWidth);

    /// <summary>
    /// A tree: under each address those that it was the one to pay on the witness path, the largest amounts first. An amount is the sum of all
    /// transfers between the two. Lines that are too long end in <c>…</c>.
    /// </summary>
    /// <param name="width">The terminal's columns.</param>
    public string ToString(int width) => FlowText.Write(this, width);

    /// <summary>Prints the tree to standard output, as wide as the terminal.</summary>
    public void Print() => TerminalOutput.Print(ToString);

    /// <summary>Saves a drawing, light or dark as the reader's system is: nothing in it runs, or is loaded from elsewhere.</summary>
    /// <returns>The file's full path.</returns>
    /// <exception cref="ChainWatchException">The file cannot be written.</exception>
    public string SaveSvg(string path) => SavedFile.Write(path, stream => Page.WriteSvg(stream, page => FlowSvg.Draw(page, this)));

    /// <summary>Saves the drawing in a page of its own.</summary>
    /// <returns>The file's full path.</returns>
    /// <exception cref="ChainWatchException">The file cannot be written.</exception>
    public string SaveHtml(string path) => SavedFile.Write(path, stream => Page.WriteHtml(stream, Title, page => FlowSvg.Draw(page, this)));

    /// <summary>An amount for people.</summary>
    internal string Display(Asset asset, BigInteger units) => AssetAmount.Of(asset, units, _tokens).Round(2).ToString();

    /// <summary>Amounts by asset, the largest share of its asset first; what does not fit is counted.</summary>
    internal string Display(IEnumerable<FlowEdge> edges, int assetsMax)
    {
        (Asset Asset, BigInteger Units)[] totals = [.. edges.GroupBy(e => e.Asset)
            .Select(g => (g.Key, Units: g.Aggregate(BigInteger.Zero, (sum, e) => sum + e.Units)))
            .OrderBy(t => !t.Key.IsNative).ThenBy(t => !_tokens.Recognises(t.Key)).ThenBy(t => t.Key)];
        string shown = string.Join(" + ", totals.Take(assetsMax).Select(t => Display(t.Asset, t.Units)));
        return totals.Length > assetsMax ? $"{shown} + {totals.Length - assetsMax} more {(totals.Length - assetsMax == 1 ? "asset" : "assets")}" : shown;
    }

    /// <summary>How much a node got (for <em>sent</em>: paid), as the share of the largest edge of its asset.</summary>
    internal double WeightOf(FlowNode node) => _touching[node].Select(e => ShareOf(e.Asset, e.Units)).DefaultIfEmpty(0).Sum();

    /// <summary>The edges that brought funds of the lists to a node (for <em>sent</em>: that took its funds towards them).</summary>
    internal IEnumerable<FlowEdge> Touching(FlowNode node) => _touching[node];

    /// <summary>What went between two addresses in the direction of the question.</summary>
    internal IEnumerable<FlowEdge> EdgesBetween(FlowNode nearer, FlowNode farther) => _touching[farther].Where(e => (IsSent ? e.To : e.From) == nearer);

    /// <summary>An amount as the share of the largest edge of its asset.</summary>
    internal double ShareOf(Asset asset, BigInteger units) => Share(units, _largestOf.GetValueOrDefault(asset));

    /// <summary>A part of the largest, 0 to 1; by logarithms, since hostile tokens claim values that no floating-point number holds.</summary>
    internal static double Share(BigInteger units, BigInteger largest) => units.Sign <= 0 || largest.Sign <= 0 ? 0
        : Math.Min(1, Math.Exp(BigInteger.Log(units) - BigInteger.Log(largest)));
}
