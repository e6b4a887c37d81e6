using ChainWatch.Bitcoin;
using NBitcoin;
using NBitcoin.Protocol;

namespace ChainWatch.NBitcoin;

/// <summary>NBitcoin's <see cref="Node"/>, a connection to a peer of Bitcoin's network, as a source of transactions.</summary>
public static class NodeExtensions
{
    /// <summary>
    /// Transactions of Bitcoin from the peer's blocks. Its headers are asked for from the first block on (80 bytes each; of the
    /// main network some hundred thousand, which takes minutes and some hundred megabytes of memory), and each must have the
    /// proof of work that the network's rules ask for. The connection stays the caller's.
    /// </summary>
    /// <remarks>
    /// A peer does not tell what inputs spend: their owners are known where the blocks read hold the outputs, else they are a gap.
    /// Where the network's rules name a least work, a peer whose headers have less is an error. That no other branch has more is
    /// the peer's word. Only the newest 288 blocks are asked of a peer that says it serves no more (BIP 159).
    /// </remarks>
    /// <param name="node">
    /// A node that is connected; where it has not greeted its peer yet (<see cref="Node.VersionHandshake(CancellationToken)"/>), that is done by
    /// the first question, which is too late for a peer that speaks first.
    /// </param>
    /// <param name="options">How to read; null: the defaults.</param>
    /// <param name="headers">Headers known already, with their 80 bytes, as another run has saved them; they are believed, and brought up to date. Null: none.</param>
    /// <param name="answerTimeout">How long to wait for an answer; null: 60 s.</param>
    /// <param name="clock">Tells when the peer was asked; null: the system's.</param>
    /// <exception cref="ChainWatchException">The node's network is no chain of Bitcoin that is known, the headers are of another one, or the time-out is not above zero.</exception>
    public static BitcoinTransferSource AsTransferSource(this Node node, BitcoinSourceOptions? options = null, ConcurrentChain? headers = null, TimeSpan? answerTimeout = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(node);
        return new BitcoinTransferSource(new NodePeer(node, headers ?? new ConcurrentChain(node.Network), answerTimeout ?? TimeSpan.FromSeconds(60)), options, clock);
    }
}
