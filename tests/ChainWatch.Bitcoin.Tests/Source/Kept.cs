using ChainWatch.Graph;
using ChainWatch.Sources;

namespace ChainWatch.Bitcoin.Tests.Source;

/// <summary>Keeps what a source sends.</summary>
internal sealed class Kept : ITransferSink
{
    public List<Movement> Movements { get; } = [];

    public void Add(in Transfer transfer, RowOrigin origin = default) => throw new InvalidOperationException("Bitcoin has movements");

    public void Add(Movement movement, RowOrigin origin = default) => Movements.Add(movement);

    public void AddContract(Address contract) => throw new InvalidOperationException("Bitcoin has no contracts");

    public static async Task<(Kept Kept, SourceCoverage Coverage)> OfAsync(ITransferSource source, long first, long last)
    {
        Kept kept = new();
        IReadOnlyList<SourceCoverage> coverage = await source.ReadAsync(new TransferQuery { Blocks = new BlockWindow(first, last) }, kept);
        return (kept, coverage.Single());
    }

    /// <summary>Everything in one text: equal texts, equal movements.</summary>
    public string Text() => string.Join('\n', Movements.Select(Text));

    public static string Text(Movement m) => $"{m.Position} {m.Asset} {m.Tx} {m.Time:O} [{string.Join(", ", m.Inputs)}] -> [{string.Join(", ", m.Outputs)}]";

    public TransferGraph Graph()
    {
        TransferGraphBuilder builder = new();
        Movements.ForEach(m => builder.Add(m));
        return builder.Build();
    }

    /// <summary>The graph's own transfers, in their canonical form.</summary>
    public (byte[] Transfers, Coverage Coverage) Resolved()
    {
        TransferGraph graph = Graph();
        using MemoryStream bytes = new();
        graph.Chains.Single().WriteTransfers(bytes);
        return (bytes.ToArray(), graph.Coverage);
    }
}
