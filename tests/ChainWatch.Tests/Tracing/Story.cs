using System.Globalization;
using ChainWatch.Graph;
using ChainWatch.Labels;
using ChainWatch.Lists;
using ChainWatch.Sources;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Tracing;

/// <summary>
/// Transfers written as lines: <c>BLOCK/INDEX FROM&gt;TO VALUE [ASSET]</c>, where FROM and TO are single letters (several
/// joined by + for a movement, 0 for the zero address), INDEX may be ?, ASSET is a letter of a token's contract, and
/// <c>#n</c> names the transaction.
/// </summary>
internal sealed class Story
{
    public Story(string text, bool complete = true)
    {
        using TransferGraphBuilder builder = new();
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            Add(line, builder);
        }

        builder.Add(new SourceCoverage
        {
            Name = "story",
            Kind = "test",
            DeclaredComplete = complete,
            Gaps = complete ? [] : [new CoverageGap(GapKind.NotDeclaredComplete, "story: nobody says that it is complete")],
        });
        Graph = builder.Build();
    }

    public TransferGraph Graph { get; }

    public List<StopLabel> Labels { get; } = [];

    public static Address At(char name) => name == '0' ? Address.Parse("0x0000000000000000000000000000000000000000") : RandomCase.AddressAt(name);

    public static Asset Token(char contract) => Asset.Token(At(contract));

    public static string NameOf(Address address)
    {
        Span<byte> payload = stackalloc byte[20];
        address.CopyPayload(payload);
        return ((char)payload[19]).ToString();
    }

    public Story Label(char name, StopCategory category)
    {
        Labels.Add(new StopLabel(At(name), category, $"the {category}", "test"));
        return this;
    }

    public TraceResult Trace(string seeds = "S", string to = "", int hops = 5, Direction direction = Direction.Received, Func<TraceRequest, TraceRequest>? with = null)
    {
        TraceRequest request = new()
        {
            From = [AddressList.Of("case", seeds.Select(At))],
            To = [.. to.Select(At)],
            MaxHops = hops,
            Direction = direction,
            Stops = new StopRule { Lists = [new StopList("test", Labels)] },
        };
        return Tracer.Trace(Graph, with is null ? request : with(request));
    }

    /// <summary>The reached addresses as <c>NAME:HOPS</c>, with the stop reason where there is one.</summary>
    public static string Rows(TraceResult result) => string.Join(' ', result.Exposures.Select(e => $"{NameOf(e.Address)}:{e.Hops}{(e.StopReason.Length > 0 ? "(" + e.StopReason + ")" : "")}"));

    /// <summary>A path as <c>S&gt;A&gt;B</c>.</summary>
    public static string Path(IReadOnlyList<PathStep> path) => path.Count == 0 ? "" : NameOf(path[0].From) + string.Concat(path.Select(s => ">" + NameOf(s.To)));

    private static void Add(string line, TransferGraphBuilder builder)
    {
        string[] parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] at = parts[0].Split('/');
        ChainPosition position = new(Chain.Ethereum, long.Parse(at[0], CultureInfo.InvariantCulture), at[1] == "?" ? null : int.Parse(at[1], CultureInfo.InvariantCulture));
        string[] sides = parts[1].Split('>');
        Amount value = Amount.Parse(parts[2]);
        char? token = parts.Skip(3).Where(p => p.Length == 1).Select(p => (char?)p[0]).FirstOrDefault();
        TxId? tx = parts.Skip(3).Where(p => p[0] == '#').Select(p => (TxId?)TxId.Parse(p[1..].PadLeft(64, '0'))).FirstOrDefault();
        Asset asset = token is char contract ? Token(contract) : Asset.Native(Chain.Ethereum);
        DateTimeOffset time = DateTimeOffset.UnixEpoch.AddDays(position.Block);
        if (!line.Contains('+', StringComparison.Ordinal) && sides[0].Length == 1 && sides[0] != "?")
        {
            builder.Add(new Transfer(position, At(sides[0][0]), At(sides[1][0]), asset, value, tx, time));
            return;
        }

        builder.Add(new Movement
        {
            Position = position,
            Asset = asset,
            Tx = tx,
            Time = time,
            Inputs = [.. sides[0].Split('+', StringSplitOptions.RemoveEmptyEntries).Select(n => new MovementInput(n == "?" ? null : At(n[0]), value))],
            Outputs = [.. sides[1].Split('+').Select(n => new MovementOutput(n == "!" ? null : At(n[0]), value))],
        });
    }
}
