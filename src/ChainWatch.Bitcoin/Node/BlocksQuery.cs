using ChainWatch.Bitcoin.Decoding;
using ChainWatch.Rpc;
using ChainWatch.Sources;

namespace ChainWatch.Bitcoin.Node;

/// <summary>
/// Reads every block of a window. A query's blocks are held until each is known to follow the one before; then what they spend
/// is looked up, and they are sent in order. Where one does not follow, the chain was reorganised meanwhile, and is read again
/// from there.
/// </summary>
internal sealed class BlocksQuery
{
    private const int ReorganisationsMax = 8;
    private readonly NodeSession _session;
    private readonly TransactionMovements _movements;
    private readonly PreviousOutputs _previous;
    private readonly List<CoverageGap> _gaps = [];

    public BlocksQuery(NodeSession session)
    {
        _session = session;
        _movements = new TransactionMovements(session.Profile.Chain);
        _previous = new PreviousOutputs(session, _movements);
    }

    public async Task<SourceCoverage> ReadAsync(BlockWindow window, ITransferSink sink, CancellationToken cancellationToken)
    {
        List<ReadWindow> windows = [];
        long rows = 0;
        int atOnce = _session.Options.BlocksPerQuery;
        for (long first = window.First; first <= window.Last; first += atOnce)
        {
            // A wider query than the profile asks for is read in parts of that size, so that memory is bounded.
            NodeBlock?[] read = await ReadLinkedAsync(first, Math.Min(window.Last, first + atOnce - 1), cancellationToken).ConfigureAwait(false);
            NodeBlock[] blocks = [.. read.OfType<NodeBlock>()];
            await _previous.ResolveAsync(blocks, cancellationToken).ConfigureAwait(false);
            foreach (NodeBlock block in blocks)
            {
                Send(block, sink);
                Join(windows, block.Ref);
                rows++;
            }
        }

        return _session.Coverage(rows, windows, [.. _gaps, .. _previous.Gaps]) with { Counts = _movements.WithoutAddress.Counts() };
    }

    private void Send(NodeBlock block, ITransferSink sink)
    {
        BlockView view = new(block.Bytes);
        for (int i = 0; view.Read(out TransactionView transaction); i++)
        {
            ChainPosition position = new(_session.Profile.Chain, block.Ref.Height, i);
            sink.Add(_movements.Make(transaction, block.Ids[i], position, block.Ref.Time, block.Spent[i]));
        }
    }

    private void Join(List<ReadWindow> windows, BlockRef block)
    {
        bool isNext = windows.Count > 0 && windows[^1].Last + 1 == block.Height;
        bool isLinked = isNext && windows[^1].LastHash == block.ParentHash;
        if (isNext && !isLinked)
        {
            // What was sent cannot be taken back. A query of no more than the profile's blocks does not come here.
            _gaps.Add(new CoverageGap(GapKind.Reorganised, $"block {block.Height} does not follow block {block.Height - 1} as it was read before: the chain was reorganised meanwhile"));
        }

        if (isLinked)
        {
            windows[^1] = windows[^1] with { Last = block.Height, LastHash = block.Hash };
        }
        else
        {
            windows.Add(new ReadWindow(_session.Profile.Chain, block.Height, block.Height, block.ParentHash, block.Hash));
        }
    }

    private async Task<NodeBlock?[]> ReadLinkedAsync(long first, long last, CancellationToken cancellationToken)
    {
        NodeBlock?[] blocks = new NodeBlock?[last - first + 1];
        Dictionary<long, RpcException> failed = [];
        long[] toRead = [.. Enumerable.Range(0, blocks.Length).Select(i => first + i)];
        for (int round = 0; ; round++)
        {
            await ReadAllAsync(toRead, (height, block, error) =>
            {
                blocks[height - first] = block;
                if (error is not null)
                {
                    failed[height] = error;
                }
            }, cancellationToken).ConfigureAwait(false);

            int broken = Array.FindIndex(blocks, 1, b => b is not null && blocks[b.Ref.Height - first - 1] is NodeBlock before && before.Ref.Hash != b.Ref.ParentHash);
            if (broken < 0 || blocks.Length == 1)
            {
                break;
            }

            if (round == ReorganisationsMax)
            {
                _gaps.Add(new CoverageGap(GapKind.Reorganised, $"blocks {first + broken - 1} to {last}: each time they were read the chain had been reorganised", last - first - broken + 2));
                Array.Clear(blocks, broken - 1, blocks.Length - broken + 1);
                failed = failed.Where(f => f.Key < first + broken - 1).ToDictionary();
                break;
            }

            // The fork lies before the break: as far back as the node's own chain now differs from what was read.
            int from = await FindForkAsync(blocks, broken, cancellationToken).ConfigureAwait(false);
            toRead = [.. Enumerable.Range(from, blocks.Length - from).Select(i => first + i)];
            failed = failed.Where(f => f.Key < first + from).ToDictionary();
        }

        foreach ((long height, RpcException error) in failed.OrderBy(f => f.Key))
        {
            _gaps.Add(new CoverageGap(error.Kind == RpcErrorKind.BadAnswer ? GapKind.UnverifiedAnswer : GapKind.MissingBlocks, $"block {height} could not be read: {error.Message}"));
        }

        return blocks;
    }

    private async Task ReadAllAsync(long[] heights, Action<long, NodeBlock?, RpcException?> take, CancellationToken cancellationToken)
    {
        (string? Hash, RpcException? Error)[] hashes = await _session.Reader.ReadHashesAsync(heights, cancellationToken).ConfigureAwait(false);
        IAsyncEnumerable<(long, NodeBlock?, RpcException?)> results = OrderedWork.RunAsync(
            heights.Zip(hashes), (h, token) => TryReadAsync(h.First, h.Second.Hash, h.Second.Error, token), _session.Options.BlocksAhead, cancellationToken);
        await foreach ((long height, NodeBlock? block, RpcException? error) in results.ConfigureAwait(false))
        {
            take(height, block, error);
        }
    }

    private async Task<(long Height, NodeBlock? Block, RpcException? Error)> TryReadAsync(long height, string? hash, RpcException? error, CancellationToken cancellationToken)
    {
        if (hash is null)
        {
            return (height, null, error);
        }

        try
        {
            return (height, await _session.Reader.ReadAsync(height, hash, cancellationToken).ConfigureAwait(false), null);
        }
        catch (RpcException e) when (e.Kind is RpcErrorKind.BadAnswer or RpcErrorKind.BlockUnknown or RpcErrorKind.ExecutionError or RpcErrorKind.RangeTooWide or RpcErrorKind.MethodUnsupported or RpcErrorKind.Fatal)
        {
            // About this one block; an endpoint that is gone ends the query.
            return (height, null, e);
        }
    }

    private async Task<int> FindForkAsync(NodeBlock?[] blocks, int broken, CancellationToken cancellationToken)
    {
        for (int i = broken - 1; i >= 0; i--)
        {
            if (blocks[i] is NodeBlock block && (await _session.Reader.ReadHashesAsync([block.Ref.Height], cancellationToken).ConfigureAwait(false))[0].Hash == block.Ref.Hash)
            {
                return i + 1;
            }
        }

        return 0;
    }
}
