using System.Globalization;
using ChainWatch.Rpc;
using NBitcoin;
using NBitcoin.Protocol;

namespace ChainWatch.NBitcoin;

/// <summary>The headers of a peer's chain, brought up to date by questions. One question at a time.</summary>
internal sealed class PeerHeaders(Network network, PeerQuestions questions, ConcurrentChain chain)
{
    // An answer with fewer ends with the peer's newest.
    private const int HeadersMax = 2000;
    private readonly Lock _lock = new();
    private Task _last = Task.CompletedTask;

    /// <summary>The header at a height of the chain as it was last asked for; null where there is none.</summary>
    public ChainedBlock? Find(int height) => chain.GetBlock(height);

    /// <summary>Asks until nothing new comes.</summary>
    /// <returns>The newest.</returns>
    /// <exception cref="RpcException">The peer does not answer, or its headers are not valid.</exception>
    public Task<ChainedBlock> UpdateAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Task<ChainedBlock> update = UpdateAsync(_last, cancellationToken);
            _last = update;
            return update;
        }
    }

    private async Task<ChainedBlock> UpdateAsync(Task before, CancellationToken cancellationToken)
    {
        // How the one before ended is its asker's business.
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        while (await ExtendAsync(cancellationToken).ConfigureAwait(false))
        {
        }

        return network.Consensus.MinimumChainWork is not uint256 least || chain.Tip.GetChainWork(cacheResult: true) >= least
            ? chain.Tip
            : throw questions.Failure(RpcErrorKind.BadAnswer, "getheaders", string.Create(CultureInfo.InvariantCulture, $"its chain of {chain.Height} blocks has less work than the network's rules name; expected a peer that has all blocks"));
    }

    // Asked from the block before the newest on, so that there is always a header to answer with: a peer that has nothing new may be silent.
    private async Task<bool> ExtendAsync(CancellationToken cancellationToken)
    {
        ChainedBlock tip = chain.Tip;
        BlockLocator known = (tip.Previous ?? tip).GetLocator();
        HeadersPayload answer = await questions.AskAsync(new GetHeadersPayload(known), payload => payload is HeadersPayload headers && Follows(headers, known) ? headers : null, cancellationToken).ConfigureAwait(false);
        ChainedBlock? last = answer.Headers.Count > 0 ? chain.GetBlock(answer.Headers[0].HashPrevBlock) : null;
        foreach (BlockHeader header in answer.Headers)
        {
            ChainedBlock next = new(header, header.GetHash(), last);
            if (header.HashPrevBlock != last!.HashBlock || !HasWork(next))
            {
                throw questions.Failure(RpcErrorKind.BadAnswer, "getheaders", string.Create(CultureInfo.InvariantCulture, $"the header {next.HashBlock} at height {next.Height} does not follow the one before, or has not the proof of work that the network's rules ask for"));
            }

            last = chain.GetBlock(next.HashBlock) ?? next;
        }

        if (last is null || last.HashBlock == chain.Tip.HashBlock)
        {
            return false;
        }

        // Of a branch, too: it leaves what was known where the answer begins.
        chain.SetTip(last);
        return answer.Headers.Count == HeadersMax;
    }

    // NBitcoin does not know testnet4's rule of difficulty (BIP 94): there a header is held to its own target alone.
    private bool HasWork(ChainedBlock block) => network.ToChain() == Chain.BitcoinTestnet4 ? block.Header.CheckProofOfWork() : block.Validate(network);

    // Headers may also come unasked, when a block is found: those follow the newest, which need not be in the question.
    private static bool Follows(HeadersPayload headers, BlockLocator known) => headers.Headers.Count == 0 || known.Blocks.Contains(headers.Headers[0].HashPrevBlock);
}
