using ChainWatch.Rpc;
using ChainWatch.Sources;

namespace ChainWatch.Bitcoin.Node;

/// <summary>A node that was probed, with what its queries share.</summary>
internal sealed class NodeSession(JsonRpcClient client, BitcoinSourceOptions options, SourceProfile profile, NodeCapabilities capabilities, string? takenAs)
{
    public JsonRpcClient Client => client;

    public BitcoinSourceOptions Options => options;

    public SourceProfile Profile => profile;

    public NodeCapabilities Capabilities => capabilities;

    public BlockReader Reader { get; } = new(client, profile.Chain, capabilities);

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
