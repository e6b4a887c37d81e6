using ChainWatch.Rpc;
using ChainWatch.Sources;

namespace ChainWatch.Bitcoin.Node;

/// <summary>A node or peer that was probed, with what its queries share.</summary>
internal sealed class NodeSession(IBlockReader reader, JsonRpcClient? client, BitcoinSourceOptions options, SourceProfile profile, NodeCapabilities capabilities, string? takenAs)
{
    /// <summary>Where transactions are asked for by their ids; null where they cannot be.</summary>
    public JsonRpcClient? TransactionClient => capabilities.RawTransactions ? client : null;

    public BitcoinSourceOptions Options => options;

    public SourceProfile Profile => profile;

    public IBlockReader Reader => reader;

    public OutputCache Outputs { get; } = new();

    /// <summary>What a query rests on.</summary>
    public SourceCoverage Coverage(long rows, IReadOnlyList<ReadWindow> windows, IReadOnlyList<CoverageGap> gaps) => new()
    {
        Name = profile.Name,
        Kind = profile.Kind,
        Rows = rows,
        Windows = windows,
        Gaps = gaps,
        Notes = takenAs is null ? [] : [takenAs],
    };
}
