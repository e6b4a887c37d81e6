using ChainWatch.Heuristics;
using ChainWatch.Labels;
using ChainWatch.Lists;
using ChainWatch.Tracing;
using static ChainWatch.Reporting.MarkdownText;

namespace ChainWatch.Reporting;

/// <summary>The phrases of a case note. Attributed is not designated, an upper bound says so, and nobody is accused.</summary>
internal sealed class NoteWords(TraceResult result)
{
    /// <summary>How many rows a table or list of a note has at most; the JSON report has all.</summary>
    public const int RowsMax = 50;

    private readonly Dictionary<Address, StopLabel> _labels = result.Request.Stops.Labels();

    public SymbolBook Symbols { get; } = new(result.Request.Tokens);

    /// <summary>Hops as a reader may rely on them: more data can only lower the number.</summary>
    public string Hops(int hops) => hops == 0 ? "on the list itself"
        : $"{(result.Coverage.IsComplete ? "" : "at most ")}{ReportWords.Count(hops, "hop", "hops")}";

    /// <summary>An address with its label, where it has one.</summary>
    public string AddressOf(Address address) => _labels.TryGetValue(address, out StopLabel? label)
        ? $"{Code(address.ToString())} ({LabelOf(label)})"
        : Code(address.ToString());

    public static string LabelOf(StopLabel label) => label.Name.Length > 0
        ? $"{StopCategories.NameOf(label.Category)}: {Quote(label.Name)}, labelled by {Quote(label.Source)}"
        : $"{StopCategories.NameOf(label.Category)}, labelled by {Quote(label.Source)}";

    /// <summary>What a list says of an address, and on whose authority.</summary>
    public static string EntryOf(ListEntry entry, EntryStatus? status)
    {
        if (entry.Authority.Kind == AuthorityKind.User)
        {
            return "**Given by the user** as a starting point.";
        }

        string text = entry switch
        {
            Designation designation => $"**{(status == EntryStatus.Delisted ? "Delisted" : "Designated")}** by {Quote(entry.Authority.Name)}"
                + (entry.Entity.Length > 0 ? $": {Quote(entry.Entity)}" : "")
                + (designation.Programs.Count > 0 ? $" (programs {Quote(string.Join(", ", designation.Programs))})" : "")
                + $", the address on the list from {Period(designation.CameOn)}"
                + (designation.WentOff is DateBounds off ? $", off it from {Period(off)}" : ""),
            Attribution { Incident: string incident } => $"**Attributed** to {Quote(WhoOf(entry.Entity, incident))} by {Quote(entry.Authority.Name)}; an attribution is no sanctions designation",
            _ => $"Named by {Quote(entry.Authority.Name)}",
        };
        return $"{text}. Source: {DocumentOf(entry.Document)}.";
    }

    public static string DirectionOf(Direction direction, string list) =>
        direction == Direction.Received ? $"received from {Quote(list)}" : $"sent to {Quote(list)}";

    public string Totals(IReadOnlyList<AssetTotal> totals) => totals.Count == 0
        ? "nothing that was followed"
        : string.Join(" + ", totals.Select(t => Quote(Symbols.Display(t.Asset, t.Units))));

    /// <summary>One transfer as a sentence of a numbered path.</summary>
    public string Step(PathStep step, bool isFirst)
    {
        string when = step.Time is DateTimeOffset time ? $"{ReportWords.Time(time)}, " : "";
        string index = step.Position.Index is int i ? $", position {ReportWords.Plain(i)}" : "";
        string tx = step.Tx is TxId id ? $"tx {Code(id.ToString(step.Position.Chain))}" : "transaction hash not given";
        return $"{when}block {ReportWords.Plain(step.Position.Block)}{index}, {tx}: {AddressOf(step.From)} → {AddressOf(step.To)}, **{Quote(Symbols.Display(step.Asset, step.Value))}** ({string.Join("; ", Marks(step, isFirst))})";
    }

    /// <summary>What must be known of a step beside its facts, what it rests on last.</summary>
    public static IReadOnlyList<string> Marks(PathStep step, bool isFirst)
    {
        List<string> marks = [];
        if (!isFirst && step.Order != PathOrder.Proven)
        {
            marks.Add(step.Order == PathOrder.SameTransaction ? "same transaction as the step before" : "order to the step before assumed");
        }

        if (step.IsConversion)
        {
            marks.Add("conversion inside one transaction");
        }

        if (step.IsInternal)
        {
            marks.Add("internal: moved by a contract's call");
        }

        if (step.IsToContract)
        {
            marks.Add("the payee is a contract");
        }

        if (step.IsThroughOpaque)
        {
            marks.Add("leaves an opaque stop");
        }

        if (step.CoinJoin != CoinJoinRule.None)
        {
            marks.Add($"a CoinJoin by its shape ({CoinJoins.NameOf(step.CoinJoin)}): who paid whom in it cannot be told");
        }

        if (step.BatchPayees > 0)
        {
            marks.Add($"a batch of payouts to {ReportWords.Number(step.BatchPayees)} addresses");
        }

        if (step.From == step.To)
        {
            marks.Add("change to itself, no hop");
        }

        if (step.Payers > 1)
        {
            marks.Add($"the payer is one of {ReportWords.Number(step.Payers)} of this transaction; the amount is what the payee got from all of them");
        }

        marks.Add(ReportWords.Of(step.Evidence));
        return marks;
    }

    /// <summary>What a cut table says of itself; empty where nothing is left out.</summary>
    public static string FirstOf(int count) => count > RowsMax ? $", the first {ReportWords.Number(RowsMax)} shown here, all in the JSON report" : "";

    /// <summary>A, B or C.</summary>
    public static string Sentence(IReadOnlyList<string> parts, string conjunction) => parts.Count switch
    {
        0 => "",
        1 => parts[0],
        _ => $"{string.Join(", ", parts.Take(parts.Count - 1))} {conjunction} {parts[^1]}",
    };

    private static string WhoOf(string entity, string incident) => (entity.Length, incident.Length) switch
    {
        (0, 0) => "a party that is not named",
        (_, 0) => entity,
        (0, _) => $"the incident {incident}",
        _ => $"{entity} ({incident})",
    };

    private static string Period(DateBounds bounds) => (bounds.NotBefore, bounds.NotAfter) switch
    {
        (null, null) => "a day that is not known",
        (DateOnly from, DateOnly to) when from == to => ReportWords.Date(from),
        (DateOnly from, DateOnly to) => $"a day between {ReportWords.Date(from)} and {ReportWords.Date(to)}",
        (null, DateOnly to) => $"a day not after {ReportWords.Date(to)}",
        (DateOnly from, null) => $"a day not before {ReportWords.Date(from)}",
    };

    private static string DocumentOf(SourceDocument document)
    {
        string title = document.Title.Length > 0 ? Quote(document.Title) : "no document is known";
        string date = document.Date is DateOnly day ? $", {ReportWords.Date(day)}" : "";
        string url = document.Url.Length > 0 ? $", {Link(document.Url)}" : "";
        string seen = document.Seen switch
        {
            IssuerText.Yes => "the issuer's own text was read",
            IssuerText.Mirror => "read in a third party's reproduction of the issuer's text",
            _ => "read in a transcription; the issuer's own text was not seen",
        };
        return $"{title}{date}{url} ({seen})";
    }

    // Only a whole web address becomes a link; whatever else stands there stays text.
    private static string Link(string url) =>
        url.StartsWith("https://", StringComparison.Ordinal) && url.All(c => char.IsAscii(c) && !char.IsControl(c) && c is not (' ' or '<' or '>' or '\\')) ? $"<{url}>" : Quote(url);
}
