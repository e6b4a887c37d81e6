using ChainWatch.Sources;

namespace ChainWatch.Tests.Sources;

/// <summary>Keeps what a source sends.</summary>
internal sealed class CollectingSink : ITransferSink
{
    public List<Transfer> Transfers { get; } = [];

    public List<Movement> Movements { get; } = [];

    public List<RowOrigin> Origins { get; } = [];

    public void Add(in Transfer transfer, RowOrigin origin = default)
    {
        Transfers.Add(transfer);
        Origins.Add(origin);
    }

    public void Add(Movement movement, RowOrigin origin = default)
    {
        Movements.Add(movement);
        Origins.Add(origin);
    }

    public HashSet<Address> Contracts { get; } = [];

    public void AddContract(Address contract) => Contracts.Add(contract);

    /// <summary>Reads files into a new sink.</summary>
    public static async Task<(CollectingSink Sink, IReadOnlyList<SourceCoverage> Coverage)> ReadAsync(params string[] paths)
    {
        CollectingSink sink = new();
        IReadOnlyList<SourceCoverage> coverage = await new TransferFileSource(paths, declaredComplete: true).ReadAsync(TransferQuery.Everything, sink);
        return (sink, coverage);
    }

    /// <summary>Everything in one text, in an order of its own: equal texts, equal contents.</summary>
    public string Contents() => string.Join('\n', [
        .. Transfers.Select(transfer => transfer.ToString()).Order(StringComparer.Ordinal),
        .. Movements.Select(m => $"{m.Position} {m.Asset} {m.Tx} {m.Time:O} [{string.Join(", ", m.Inputs)}] -> [{string.Join(", ", m.Outputs)}]")]);
}
