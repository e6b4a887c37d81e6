using ChainWatch.Ethereum.Decoding;
using ChainWatch.Rpc;
using ChainWatch.Sources;

namespace ChainWatch.Ethereum;

/// <summary>
/// Reads every block of a window. A query's blocks are held until each is known to follow the one before; then they are sent,
/// in order. Where one does not follow, the chain was reorganised meanwhile, and is read again from there.
/// </summary>
internal sealed class BlocksQuery(NodeSession session)
{
    private const int ReorganisationsMax = 8;
    private readonly ValueMoves _moves = session.NewMoves();
    private readonly List<CoverageGap> _gaps = [];

    public async Task<SourceCoverage> ReadAsync(BlockWindow window, ITransferSink sink, CancellationToken cancellationToken)
    {
        List<ReadWindow> windows = [];
        long rows = 0;
        for (long first = window.First; first <= window.Last; first += session.Options.BlocksPerQuery)
        {
            // A wider query than the profile asks for is read in parts of that size, so that memory is bounded.
            WholeBlock?[] blocks = await ReadLinkedAsync(first, Math.Min(window.Last, first + session.Options.BlocksPerQuery - 1), cancellationToken).ConfigureAwait(false);
            foreach (WholeBlock? block in blocks)
            {
                if (block is not null)
                {
                    _moves.Send(block.Block, block.Receipts, block.Traces, sink);
                    block.Receipts.Dispose();
                    Join(windows, block.Block);
                    rows++;
                }
            }
        }

        return session.Coverage(rows, windows, [.. _gaps, .. _moves.Gaps()], _moves.Notes());
    }

    private void Join(List<ReadWindow> windows, Block block)
    {
        if (windows.Count > 0 && windows[^1].Last + 1 == block.Height)
        {
            windows[^1] = windows[^1] with { Last = block.Height, LastHash = block.HashText };
        }
        else
        {
            windows.Add(new ReadWindow(session.Profile.Chain, block.Height, block.Height, block.ParentHashText, block.HashText));
        }
    }

    private async Task<WholeBlock?[]> ReadLinkedAsync(long first, long last, CancellationToken cancellationToken)
    {
        WholeBlock?[] blocks = new WholeBlock?[last - first + 1];
        Dictionary<long, RpcException> failed = [];
        long[] toRead = [.. Enumerable.Range(0, blocks.Length).Select(i => first + i)];
        for (int round = 0; ; round++)
        {
            await foreach ((long height, WholeBlock? block, RpcException? error) in OrderedWork.RunAsync(toRead, TryReadAsync, session.Options.BlocksAhead, cancellationToken).ConfigureAwait(false))
            {
                blocks[height - first] = block;
                if (error is not null)
                {
                    failed[height] = error;
                }
            }

            int broken = Array.FindIndex(blocks, 1, b => b is not null && blocks[b.Block.Height - first - 1] is WholeBlock before && before.Block.Hash != b.Block.ParentHash);
            if (broken < 0 || blocks.Length == 1)
            {
                break;
            }

            if (round == ReorganisationsMax)
            {
                _gaps.Add(new CoverageGap(GapKind.Reorganised, $"blocks {first + broken - 1} to {last}: each time they were read the chain had been reorganised", last - first - broken + 2));
                Array.Clear(blocks, broken - 1, blocks.Length - broken + 1);
                break;
            }

            // The fork lies before the break: as far back as the node's own chain now differs from what was read.
            int from = await FindForkAsync(blocks, broken, cancellationToken).ConfigureAwait(false);
            toRead = [.. Enumerable.Range(from, blocks.Length - from).Select(i => first + i)];
            failed.Clear();
        }

        foreach ((long height, RpcException error) in failed.Where(f => blocks[f.Key - first] is null).OrderBy(f => f.Key))
        {
            _gaps.Add(new CoverageGap(error.Kind == RpcErrorKind.BadAnswer ? GapKind.UnverifiedAnswer : GapKind.MissingBlocks, $"block {height} could not be read: {error.Message}"));
        }

        return blocks;
    }

    private async Task<(long Height, WholeBlock? Block, RpcException? Error)> TryReadAsync(long height, CancellationToken cancellationToken)
    {
        try
        {
            return (height, await session.Reader.ReadAsync(height, cancellationToken).ConfigureAwait(false), null);
        }
        catch (RpcException e) when (e.Kind is RpcErrorKind.BadAnswer or RpcErrorKind.BlockUnknown or RpcErrorKind.ExecutionError or RpcErrorKind.RangeTooWide or RpcErrorKind.MethodUnsupported or RpcErrorKind.Fatal)
        {
            // About this one block; an endpoint that is gone ends the query.
            return (height, null, e);
        }
    }

    private async Task<int> FindForkAsync(WholeBlock?[] blocks, int broken, CancellationToken cancellationToken)
    {
        for (int i = broken - 1; i >= 0; i--)
        {
            if (blocks[i] is WholeBlock block && (await session.Reader.FindAsync(block.Block.Height, cancellationToken).ConfigureAwait(false))?.Hash == block.Block.HashText)
            {
                return i + 1;
            }
        }

        return 0;
    }
}
