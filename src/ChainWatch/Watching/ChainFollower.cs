using ChainWatch.Sources;

namespace ChainWatch.Watching;

/// <summary>
/// Follows one chain behind one endpoint, block by block: every step is linked to the one before by its hash. A node that lags
/// behind, or is swapped for one that does, takes nothing back; one of another branch does.
/// </summary>
/// <param name="source">The endpoint.</param>
/// <param name="chain">The chain.</param>
/// <param name="blocksMax">The most blocks to ask for at once.</param>
internal sealed class ChainFollower(IChainSource source, Chain chain, int blocksMax)
{
    // Far behind the head several blocks are read, and taken back, together; near it, where branches lose, each by itself.
    private const int WindowMax = 64;
    private const int SingleWithin = 16;

    // With the window that is reached last no more than the trace can take back.
    private const int DepthMax = Tracing.Live.LiveTrace.DepthMax - WindowMax;
    private readonly LinkedList<ReadWindow> _windows = new();
    private long _next;
    private string _before = "";

    /// <summary>The next height to be read.</summary>
    public long Next => _next;

    /// <summary>Begins at a height, knowing nothing of what is before; or goes on after windows that were read earlier.</summary>
    public void Begin(long next, IEnumerable<ReadWindow> known)
    {
        _windows.Clear();
        foreach (ReadWindow window in known)
        {
            _windows.AddLast(window);
        }

        (_next, _before) = (next, _windows.First?.Value.ParentHash ?? "");
    }

    /// <summary>The windows in which the newest blocks were read, ascending and without a gap.</summary>
    public IReadOnlyList<ReadWindow> Newest(int blocks) => [.. _windows.Where(w => w.Last > _next - 1 - blocks)];

    /// <summary>The hash of a block as it was read; null where it is not kept.</summary>
    public string? HashAt(long height) =>
        _windows.FirstOrDefault(w => w.Last == height && w.LastHash.Length > 0)?.LastHash ?? _windows.FirstOrDefault(w => w.First == height + 1 && w.ParentHash.Length > 0)?.ParentHash;

    /// <summary>Looks for the next step. It is taken once <see cref="Accept(ChainStep)"/> says so; until then the same is found again.</summary>
    /// <exception cref="ChainWatchException">The endpoint does not answer, cannot read a block, or has none of the blocks that were read.</exception>
    public async Task<ChainStep> StepAsync(CancellationToken cancellationToken)
    {
        BlockRef head = await source.FindHeadAsync(cancellationToken).ConfigureAwait(false);
        if (_windows.Last?.Value is ReadWindow tip && head.Height <= tip.Last)
        {
            bool isOurs = head.Height == tip.Last ? (tip.LastHash.Length == 0 || head.Hash == tip.LastHash) : await LeadsToAsync(head, cancellationToken).ConfigureAwait(false);
            return isOurs ? new ChainStep.Idle(head) : await TakeBackAsync(cancellationToken).ConfigureAwait(false);
        }

        if (head.Height < _next)
        {
            return new ChainStep.Idle(head);
        }

        long together = Math.Clamp(head.Height - _next - SingleWithin, 1, Math.Clamp(blocksMax, 1, WindowMax));
        BlockWindow wanted = new(_next, _next + together - 1);
        BlockRows rows = new();
        IReadOnlyList<SourceCoverage> coverage = await source.ReadAsync(new TransferQuery { Blocks = wanted }, rows, cancellationToken).ConfigureAwait(false);
        ReadWindow read = WindowOf(coverage, wanted);
        if (_windows.Last is { } last && last.Value.LastHash.Length > 0 && read.ParentHash != last.Value.LastHash)
        {
            return await TakeBackAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_windows.Count == 0 && _before.Length > 0 && read.ParentHash != _before)
        {
            throw new ChainWatchException($"{chain}: block {read.First} does not follow on block {read.First - 1} as it was read: the chain was reorganised by more blocks than can be taken back; begin with a new state folder");
        }

        return new ChainStep.Came(read, rows, coverage, head);
    }

    // A head below the tip: a node that lags is of our chain where it has the block that we know at or below its head.
    private async Task<bool> LeadsToAsync(BlockRef head, CancellationToken cancellationToken)
    {
        for (LinkedListNode<ReadWindow>? node = _windows.Last; node is not null; node = node.Previous)
        {
            if (node.Value.Last <= head.Height)
            {
                return await HasAsync(node.Value, cancellationToken).ConfigureAwait(false);
            }
        }

        return true;
    }

    private async Task<ChainStep> TakeBackAsync(CancellationToken cancellationToken)
    {
        ReadWindow? gone = null;
        for (LinkedListNode<ReadWindow>? node = _windows.Last; node is not null && !await HasAsync(node.Value, cancellationToken).ConfigureAwait(false); node = node.Previous)
        {
            gone = node.Value;
        }

        // Where nothing is gone the endpoint changed its mind meanwhile.
        return gone is null
            ? new ChainStep.Idle(await source.FindHeadAsync(cancellationToken).ConfigureAwait(false))
            : new ChainStep.Went(gone.First, gone.ParentHash);
    }

    /// <summary>Says that a step was taken: its blocks are kept, or given up.</summary>
    public void Accept(ChainStep step)
    {
        if (step is ChainStep.Came { Window: ReadWindow read })
        {
            _windows.AddLast(read);
            while (read.Last - _windows.First!.Value.Last >= DepthMax)
            {
                _windows.RemoveFirst();
            }

            _next = read.Last + 1;
        }
        else if (step is ChainStep.Went went)
        {
            while (_windows.Last is { } last && last.Value.First >= went.First)
            {
                _windows.RemoveLast();
            }

            (_next, _before) = (went.First, went.ParentHash);
        }
    }

    // A hash that is not known contradicts none.
    private async Task<bool> HasAsync(ReadWindow window, CancellationToken cancellationToken) => window.LastHash.Length == 0
        || await source.FindBlockAsync(window.Last, cancellationToken).ConfigureAwait(false) is BlockRef block && block.Hash == window.LastHash;

    // What could not be read is no step: a watcher must not pass over a block.
    private ReadWindow WindowOf(IReadOnlyList<SourceCoverage> coverage, BlockWindow wanted)
    {
        CoverageGap? gap = coverage.SelectMany(c => c.Gaps).FirstOrDefault(g => g.Kind is not GapKind.NotDeclaredComplete);
        ReadWindow[] windows = [.. coverage.SelectMany(c => c.Windows).Where(w => w.Chain == chain)];
        return windows is [ReadWindow window] && window.First == wanted.First && window.Last == wanted.Last ? window
            : throw new ChainWatchException($"{chain}: blocks {wanted} could not be read whole: {gap?.Detail ?? "the endpoint does not have them"}");
    }
}
