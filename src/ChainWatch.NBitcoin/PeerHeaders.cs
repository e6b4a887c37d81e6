using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ChainWatch.Rpc;
using NBitcoin;
using NBitcoin.Protocol;

namespace ChainWatch.NBitcoin;

/// <summary>
/// The headers of a peer's chain, brought up to date by questions. One question at a time. The newest header is left only for one
/// whose chain has more work, so that no peer can take back what is known, or answer for ever without work.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore holds nothing to give back unless its handle is asked for.")]
internal sealed class PeerHeaders(Network network, PeerQuestions questions, ConcurrentChain chain)
{
    // An answer with fewer ends with the peer's newest.
    private const int HeadersMax = 2000;
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>The header at a height of the chain as it was last asked for; null where there is none.</summary>
    public ChainedBlock? Find(int height) => chain.GetBlock(height);

    /// <summary>Asks until nothing new comes.</summary>
    /// <returns>The newest, which the peer has.</returns>
    /// <exception cref="RpcException">The peer does not answer, does not have the newest known, or its headers are not valid.</exception>
    public async Task<ChainedBlock> UpdateAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (await ExtendAsync(cancellationToken).ConfigureAwait(false))
            {
            }

            return HasLeastWork(chain.Tip)
                ? chain.Tip
                : throw Failure($"its chain of {chain.Height} blocks has less work than the network's rules name; expected a peer that has all blocks");
        }
        finally
        {
            _turn.Release();
        }
    }

    // Asked from the block before the newest on, so that there is always a header to answer with: a peer that has nothing new may be silent.
    private async Task<bool> ExtendAsync(CancellationToken cancellationToken)
    {
        ChainedBlock tip = chain.Tip;
        BlockLocator known = (tip.Previous ?? tip).GetLocator();
        HeadersPayload answer = await questions.AskAsync(new GetHeadersPayload(known), payload => payload is HeadersPayload headers && Follows(headers, known, tip) ? headers : null, cancellationToken).ConfigureAwait(false);
        if (answer.Headers.Count == 0 && tip.Height > 0)
        {
            throw Failure($"does not have block {tip.HashBlock} at height {tip.Height}, the newest known; expected a peer that has all blocks");
        }

        ChainedBlock last = answer.Headers.Count == 0 ? tip : Read(answer);
        if (last.HashBlock == tip.HashBlock)
        {
            return false;
        }

        if (last.GetChainWork(cacheResult: true) <= tip.GetChainWork(cacheResult: true))
        {
            throw Failure($"its branch that ends with block {last.HashBlock} at height {last.Height} has no more work than that of block {tip.HashBlock} at height {tip.Height}, the newest known; expected a peer that has the branch with the most");
        }

        chain.SetTip(last);
        return answer.Headers.Count == HeadersMax;
    }

    // The last header of an answer, each of whose headers follows the one before and has its work.
    private ChainedBlock Read(HeadersPayload answer)
    {
        ChainedBlock last = chain.GetBlock(answer.Headers[0].HashPrevBlock);
        foreach (BlockHeader header in answer.Headers)
        {
            uint256 hash = header.GetHash();
            ChainedBlock? next = header.HashPrevBlock == last.HashBlock ? chain.GetBlock(hash) ?? new ChainedBlock(header, hash, last) : null;
            last = next is not null && HasWork(next)
                ? next
                : throw Failure($"the header {hash} at height {last.Height + 1} does not follow the one before, or has not the proof of work that the network's rules ask for");
        }

        return last;
    }

    // NBitcoin does not know testnet4's rule of difficulty (BIP 94): there a header is held to its own target alone.
    private bool HasWork(ChainedBlock block) => IsTestnet4 ? block.Header.CheckProofOfWork() : block.Validate(network);

    // NBitcoin's least work of testnet4 is no work but a number like a block's hash, which no chain reaches.
    private bool HasLeastWork(ChainedBlock tip) => IsTestnet4 || network.Consensus.MinimumChainWork is not uint256 least || tip.GetChainWork(cacheResult: true) >= least;

    private bool IsTestnet4 => network.ToChain() == Chain.BitcoinTestnet4;

    private RpcException Failure(FormattableString problem) => questions.Failure(RpcErrorKind.BadAnswer, "getheaders", problem.ToString(CultureInfo.InvariantCulture));

    // Headers may also come unasked, when a block is found: those follow the newest, which need not be in the question. What ends below the
    // newest known answers a question that was given up, or comes from a peer that is still catching up: it is no answer to this one.
    private bool Follows(HeadersPayload headers, BlockLocator known, ChainedBlock tip) =>
        headers.Headers.Count == 0
        || (known.Blocks.Contains(headers.Headers[0].HashPrevBlock) && (chain.GetBlock(headers.Headers[^1].GetHash()) is not ChainedBlock end || end.HashBlock == tip.HashBlock));
}
