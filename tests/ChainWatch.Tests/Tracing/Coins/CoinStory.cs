using System.Globalization;
using ChainWatch.Graph;
using ChainWatch.Labels;
using ChainWatch.Lists;
using ChainWatch.Sources;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Tracing.Coins;

/// <summary>
/// UTXO transactions written as lines: <c>INPUTS &gt; OUTPUTS</c>, line n in block n. An input is <c>n:i</c> (output i of line
/// n), or <c>A</c> (an output of A's that is not at hand), or <c>?</c> (of nobody known). An output is <c>A=VALUE</c>, or
/// <c>!=VALUE</c> without an address. What is not at hand is worth 1 BTC.
/// </summary>
internal sealed class CoinStory
{
    public CoinStory(params string[] lines)
    {
        for (int i = 0; i < lines.Length; i++)
        {
            Movements.Add(Read(i, lines[i]));
        }

        TransferGraphBuilder builder = new();
        Movements.ForEach(m => builder.Add(m));
        builder.Add(new SourceCoverage { Name = "story", Kind = "test", DeclaredComplete = true });
        Graph = builder.Build();
    }

    public List<Movement> Movements { get; } = [];

    public TransferGraph Graph { get; }

    public static TxId TxOf(int line) => TxId.Parse((line + 1).ToString("x64", CultureInfo.InvariantCulture));

    public static Address At(char name) => Heuristics.Spends.At(name);

    public static string NameOf(Address address)
    {
        Span<byte> payload = stackalloc byte[20];
        address.CopyPayload(payload);
        return ((char)payload[0]).ToString();
    }

    /// <summary>A path as <c>S&gt;A&gt;B</c>; steps in a CoinJoin have two marks.</summary>
    public static string Path(IReadOnlyList<PathStep> path) =>
        path.Count == 0 ? "" : NameOf(path[0].From) + string.Concat(path.Select(s => (s.CoinJoin == ChainWatch.Heuristics.CoinJoinRule.None ? ">" : ">>") + NameOf(s.To)));

    /// <summary>The reached addresses as <c>NAME:HOPS</c>, the hops by coin after a slash, the stop reason in brackets.</summary>
    public static string Rows(TraceResult result) => string.Join(' ', result.Exposures.Select(e =>
        $"{NameOf(e.Address)}:{e.Hops}{(e.IsSeed ? "" : "/" + (e.ByCoin?.Hops.ToString(CultureInfo.InvariantCulture) ?? "-"))}{(e.StopReason.Length > 0 ? "(" + e.StopReason + ")" : "")}"));

    public TraceResult Trace(string seeds = "S", string to = "", int hops = 6, Direction direction = Direction.Received, Func<TraceRequest, TraceRequest>? with = null)
    {
        TraceRequest request = new() { From = [AddressList.Of("case", seeds.Select(At))], To = [.. to.Select(At)], MaxHops = hops, Direction = direction };
        return Tracer.Trace(Graph, with is null ? request : with(request));
    }

    public static TraceRequest Labelled(TraceRequest request, char name, StopCategory category) =>
        request with { Stops = new StopRule { Lists = [new StopList("test", [new StopLabel(At(name), category, "test", "test")])] } };

    private static Movement Read(int line, string text)
    {
        string[] sides = text.Split('>', StringSplitOptions.TrimEntries);
        return new Movement
        {
            Position = new ChainPosition(Chain.Bitcoin, 100 + line, 0),
            Asset = CoinCase.Bitcoin,
            Tx = TxOf(line),
            Time = DateTimeOffset.UnixEpoch.AddDays(line),
            Inputs = [.. sides[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((name, n) => ReadInput(line, n, name))],
            Outputs = [.. sides[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((o, n) => new MovementOutput(o[0] == '!' ? null : At(o[0]), Amount.Parse(o[2..]), new OutPoint(TxOf(line), n)))],
        };
    }

    private static MovementInput ReadInput(int line, int n, string name)
    {
        if (name.Contains(':', StringComparison.Ordinal))
        {
            int[] parts = [.. name.Split(':').Select(p => int.Parse(p, CultureInfo.InvariantCulture))];
            return new MovementInput(null, Amount.Zero, new OutPoint(TxOf(parts[0]), parts[1]));
        }

        OutPoint elsewhere = new(TxOf(1_000_000 + (line * 1_000) + n), 0);
        return name == "?" ? new MovementInput(null, Amount.Zero, elsewhere) : new MovementInput(At(name[0]), Amount.From(100_000_000), elsewhere);
    }
}
