using ChainWatch.Sources;

namespace ChainWatch.Bitcoin.Node;

/// <summary>Tells what a peer is: a peer gives headers and blocks, and says of no input what it spends.</summary>
internal sealed class PeerProbe(IBlockPeer peer, BitcoinSourceOptions options, TimeProvider clock)
{
    public async Task<NodeSession> RunAsync(CancellationToken cancellationToken)
    {
        PeerReader reader = new(peer);
        BlockRef head = await reader.FindHeadAsync(cancellationToken).ConfigureAwait(false);
        long first = Math.Max(0, head.Height - peer.BlocksServed + 1);
        SourceProfile profile = new()
        {
            Chain = options.TakenAs ?? peer.Chain,
            Name = peer.Name,
            Kind = "bitcoin-peer",
            ClientVersion = peer.ClientVersion,
            AskedAt = clock.GetUtcNow(),
            Head = head,
            FinalizedBlock = NodeProbe.FinalizedBelow(head.Height, first),
            FirstBlock = first,
            Capabilities = ["getheaders", "getdata"],
            ByBlocks = new SourceWay
            {
                BlocksPerQuery = options.BlocksPerQuery,
                RequestsPerUnit = 1 + (1.0 / options.BlocksPerQuery),
                Kinds = ["coin"],
                Notes = ["a peer does not tell what inputs spend: the owners of inputs are known only where the blocks read hold the outputs that they spend"],
            },
        };
        string? takenAs = profile.Chain == peer.Chain ? null : $"the peer serves {peer.Chain}, taken as {profile.Chain} on the user's word";
        return new NodeSession(reader, null, options, profile, new NodeCapabilities(), takenAs);
    }
}
