using ChainWatch.Sources;

namespace ChainWatch.Collecting;

/// <summary>
/// One collection: the endpoint (or what was kept of it, where it does not answer), what was fetched so far, and the
/// budget. Fetches what is asked for unless it is at hand already.
/// </summary>
internal sealed class CollectSession : IDisposable
{
    private const int ReorganisationsMax = 5;
    private const int TransactionsPerQuery = 50;
    private readonly IChainSource _source;
    private readonly IProgress<CollectProgress>? _progress;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly HashSet<Address> _addressesAsked = [];
    private readonly Dictionary<long, BlockRef> _anchors = [];
    private readonly List<CoverageGap> _gaps = [];
    private readonly bool _readsAhead;
    private int _reorganisations;

    private CollectSession(IChainSource source, CollectOptions options, CollectedLog log, SourceProfile profile, bool isOnline, IProgress<CollectProgress>? progress)
    {
        (_source, Log, Profile, IsOnline, _progress) = (source, log, profile, isOnline, progress);
        Limits = new Limits(options, source);
        _readsAhead = options.ReadsAhead;
    }

    public CollectedLog Log { get; }

    public SourceProfile Profile { get; private set; }

    public Chain Chain => Profile.Chain;

    /// <summary>False where the endpoint does not answer, and what was kept has to do.</summary>
    public bool IsOnline { get; }

    public Limits Limits { get; }

    public int AddressesAsked => _addressesAsked.Count;

    /// <summary>What is missing beyond the gaps of the parts.</summary>
    public IEnumerable<CoverageGap> Gaps => _gaps.Concat(Limits.Gaps);

    /// <summary>Whether the budget ends the fetching.</summary>
    public bool IsOverBudget => IsOnline && Limits.AreReached(Log.Rows, AddressesAsked);

    /// <summary>Asks the endpoint what it is, and checks that what was kept is of the chain that it has now.</summary>
    public static async Task<CollectSession> OpenAsync(IChainSource source, CollectOptions options, IProgress<CollectProgress>? progress, CancellationToken cancellationToken)
    {
        CollectedLog log = CollectedLog.Open(options.StateFolder);
        try
        {
            progress?.Report(new CollectProgress(CollectStage.Probing, 0, 0, 0, source.RequestCount, source.BytesReceived));
            SourceProfile profile;
            try
            {
                profile = await source.ProbeAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (ChainWatchException e) when (log.Profile is not null)
            {
                CollectSession offline = new(source, options, log, log.Profile, isOnline: false, progress);
                offline.Tell(CollectStage.Probing, 0, 0, $"{e.Message}; the answer is from {options.StateFolder}, as fetched {log.Profile.AskedAt:yyyy-MM-dd HH:mm}Z");
                return offline;
            }

            if (log.Profile is SourceProfile kept && (kept.Chain != profile.Chain || kept.Kind != profile.Kind))
            {
                throw new ChainWatchException($"{options.StateFolder}: holds what was fetched from {kept.Name} ({kept.Kind}, {kept.Chain}), and {profile.Name} is {profile.Kind}, {profile.Chain}; expected another folder");
            }

            CollectSession session = new(source, options, log, profile, isOnline: true, progress);
            await session.ReconcileAsync(cancellationToken).ConfigureAwait(false);
            log.DropWithGaps();
            session.KeepProfile();
            return session;
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>A block of the endpoint, or null.</summary>
    public async Task<BlockRef?> FindBlockAsync(long height, CancellationToken cancellationToken)
    {
        if (height == Profile.Head.Height)
        {
            return Profile.Head;
        }

        if (!_anchors.TryGetValue(height, out BlockRef? block) && IsOnline)
        {
            block = await _source.FindBlockAsync(height, cancellationToken).ConfigureAwait(false);
            if (block is not null)
            {
                _anchors[height] = block;
            }
        }

        return block;
    }

    /// <summary>The parts that this collection asked for, in canonical order.</summary>
    public IEnumerable<CollectedPart> PartsAsked => Log.Parts.Where(p => _asked.Contains(p.Key));

    /// <summary>Fetches the blocks of a window.</summary>
    public async Task FetchBlocksAsync(BlockWindow window, CancellationToken cancellationToken)
    {
        SourceWay way = Profile.ByBlocks!;
        string key = $"blocks[{string.Join(',', way.Kinds)}]";
        _asked.Add(key);
        BlockWindow[] missing = [.. MissingBlocks(key, window).SelectMany(m => Chunks(m, way.BlocksPerQuery))];
        long total = window.Count;
        long done = total - missing.Sum(m => m.Count);
        Task<(CollectedPart Part, byte[] Rows)>? next = null;
        try
        {
            for (int i = 0; i < missing.Length && !IsOverBudget; i++)
            {
                // One more is on its way while this one is put down.
                Task<(CollectedPart Part, byte[] Rows)> current = next ?? ReadBlocksAsync(key, missing[i], cancellationToken);
                next = _readsAhead && i + 1 < missing.Length ? ReadBlocksAsync(key, missing[i + 1], cancellationToken) : null;
                (CollectedPart part, byte[] rows) = await current.ConfigureAwait(false);
                Log.Add(part, rows);
                Tell(CollectStage.Blocks, done += missing[i].Count, total);
            }
        }
        finally
        {
            // Not left running; what it says is not needed any more.
            await (next ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Fetches the transfers of addresses in a window, on one side or both.</summary>
    public async Task FetchAddressesAsync(IReadOnlyList<Address> addresses, TransferSide side, BlockWindow window, CancellationToken cancellationToken)
    {
        SourceWay way = Profile.ByAddresses!;
        int done = 0;
        foreach (Address address in addresses)
        {
            _asked.Add(KeyOf(address, side, way));
            _addressesAsked.Add(address);
        }

        // Those that miss the same blocks are asked for together.
        foreach (IGrouping<string, Address> group in addresses.GroupBy(a => string.Join(' ', MissingBlocks(KeyOf(a, side, way), window))))
        {
            BlockWindow[] missing = [.. MissingBlocks(KeyOf(group.First(), side, way), window).SelectMany(m => Chunks(m, way.BlocksPerQuery))];
            foreach (Address[] chunk in group.Chunk(Math.Max(1, way.AddressesPerQuery)))
            {
                List<Address> left = [.. chunk];
                foreach (BlockWindow blocks in missing)
                {
                    if (IsOverBudget)
                    {
                        return;
                    }

                    await FetchAsync(left, side, blocks, way, cancellationToken).ConfigureAwait(false);
                    Tell(CollectStage.Addresses, done, addresses.Count);
                }

                Tell(CollectStage.Addresses, done += chunk.Length, addresses.Count);
            }
        }
    }

    /// <summary>Fetches whole transactions.</summary>
    public async Task FetchTransactionsAsync(IReadOnlyCollection<TxId> transactions, CancellationToken cancellationToken)
    {
        string kinds = string.Join(',', Profile.ByAddresses!.Kinds);
        string KeyOfTx(TxId tx) => $"tx:{tx}[{kinds}]";
        foreach (TxId tx in transactions)
        {
            _asked.Add(KeyOfTx(tx));
        }

        TxId[] missing = [.. transactions.Where(tx => Log.PartsOf(KeyOfTx(tx)).Count == 0).Order()];
        RequireOnline(missing.Length > 0, "transactions");
        int done = 0;
        foreach (TxId[] chunk in missing.Chunk(TransactionsPerQuery))
        {
            if (IsOverBudget)
            {
                return;
            }

            using TransactionSplitter splitter = new(Chain, chunk);
            SourceCoverage coverage = await ReadAsync(new TransferQuery { Transactions = chunk }, splitter, cancellationToken).ConfigureAwait(false);
            foreach (TxId tx in chunk)
            {
                (byte[] rows, long count) = splitter.Take(tx);
                Log.Add(
                    new CollectedPart { Key = KeyOfTx(tx), Window = new BlockWindow(0, Profile.Head.Height), AnchorHeight = Profile.Head.Height, AnchorHash = Profile.Head.Hash, Rows = count, Gaps = coverage.Gaps, Notes = coverage.Notes },
                    rows);
            }

            Tell(CollectStage.Transactions, done += chunk.Length, missing.Length);
        }
    }

    /// <summary>
    /// Checks that what was fetched is of the chain that the endpoint has now. Where it was reorganised, what rests on blocks
    /// that are gone is forgotten, and the head is asked for anew.
    /// </summary>
    /// <returns>True where nothing has to be fetched again.</returns>
    public async Task<bool> CheckAsync(CancellationToken cancellationToken)
    {
        if (!IsOnline)
        {
            return true;
        }

        Tell(CollectStage.Checking, 0, 0);
        _anchors.Clear();
        BlockRef? head = await _source.FindBlockAsync(Profile.Head.Height, cancellationToken).ConfigureAwait(false);
        bool isLinked = IsLinked(out long broken);
        if (head?.Hash == Profile.Head.Hash && isLinked)
        {
            return true;
        }

        if (++_reorganisations > ReorganisationsMax)
        {
            _gaps.Add(new CoverageGap(GapKind.Reorganised, "the chain was reorganised again and again while it was read: its newest blocks may be missing or of another branch"));
            return true;
        }

        if (!isLinked)
        {
            Log.DropFrom(broken);
        }

        BlockRef newHead = await _source.FindHeadAsync(cancellationToken).ConfigureAwait(false);
        Tell(CollectStage.Checking, 0, 0, $"{Profile.Name}: the chain was reorganised while it was read; what changed is read again");
        Profile = Profile with { Head = newHead, FinalizedBlock = Math.Min(Profile.FinalizedBlock, newHead.Height) };
        await ReconcileAsync(cancellationToken).ConfigureAwait(false);
        KeepProfile();
        _asked.Clear();
        return false;
    }

    public void Tell(CollectStage stage, long done, long total, string? notice = null, CollectEstimate? estimate = null) =>
        _progress?.Report(new CollectProgress(stage, done, total, Log.Rows, _source.RequestCount, _source.BytesReceived) { Notice = notice, Estimate = estimate });

    /// <summary>How many blocks of a window are not at hand.</summary>
    public long CountMissingBlocks(BlockWindow window) => MissingBlocks($"blocks[{string.Join(',', Profile.ByBlocks!.Kinds)}]", window).Sum(m => m.Count);

    /// <summary>Reads and throws away, to see what it costs.</summary>
    public async Task<long> SampleAsync(BlockWindow window, CancellationToken cancellationToken)
    {
        long before = _source.BytesReceived;
        using RowWriter rows = new(Stream.Null, Chain);
        await _source.ReadAsync(new TransferQuery { Blocks = window }, rows, cancellationToken).ConfigureAwait(false);
        return _source.BytesReceived - before;
    }

    public void Dispose() => Log.Dispose();

    private static string KeyOf(Address address, TransferSide side, SourceWay way) => $"{side}:{address.ToCanonicalString()}[{string.Join(',', way.Kinds)}]";

    private static IEnumerable<BlockWindow> Chunks(BlockWindow window, int blocksPerQuery)
    {
        for (long first = window.First; first <= window.Last; first += blocksPerQuery)
        {
            yield return new BlockWindow(first, Math.Min(window.Last, first + blocksPerQuery - 1));
        }
    }

    private List<BlockWindow> MissingBlocks(string key, BlockWindow window)
    {
        List<BlockWindow> missing = [];
        long next = window.First;
        foreach (CollectedPart part in Log.PartsOf(key))
        {
            if (part.Window.First > next && next <= window.Last)
            {
                missing.Add(new BlockWindow(next, Math.Min(window.Last, part.Window.First - 1)));
            }

            next = Math.Max(next, part.Window.Last + 1);
        }

        if (next <= window.Last)
        {
            missing.Add(new BlockWindow(next, window.Last));
        }

        return missing;
    }

    private async Task<(CollectedPart Part, byte[] Rows)> ReadBlocksAsync(string key, BlockWindow window, CancellationToken cancellationToken)
    {
        RequireOnline(true, $"blocks {window}");
        using MemoryStream bytes = new();
        RowWriter rows = new(bytes, Chain);
        SourceCoverage coverage = await ReadAsync(new TransferQuery { Blocks = window }, rows, cancellationToken).ConfigureAwait(false);
        rows.Dispose();
        ReadWindow? first = coverage.Windows.Count > 0 ? coverage.Windows[0] : null;
        ReadWindow? last = coverage.Windows.Count > 0 ? coverage.Windows[^1] : null;
        CollectedPart part = new()
        {
            Key = key,
            Window = window,
            AnchorHeight = last?.Last ?? window.Last,
            AnchorHash = last?.LastHash ?? "",
            ParentHash = first?.First == window.First ? first.ParentHash : "",
            Rows = rows.Count,
            Gaps = coverage.Gaps,
            Notes = coverage.Notes,
            Counts = coverage.Counts,
        };
        return (part, bytes.ToArray());
    }

    private async Task FetchAsync(List<Address> addresses, TransferSide side, BlockWindow window, SourceWay way, CancellationToken cancellationToken)
    {
        RequireOnline(true, $"transfers of {addresses.Count} addresses");
        BlockRef? anchor = await FindBlockAsync(window.Last, cancellationToken).ConfigureAwait(false);
        if (anchor is null)
        {
            _gaps.Add(new CoverageGap(GapKind.UnverifiedAnswer, $"{Profile.Name} does not know block {window.Last}: what it says of the blocks up to there cannot be told to be of this chain"));
        }

        while (addresses.Count > 0)
        {
            using PartSplitter splitter = new(Chain, addresses, side, address => Limits.Budget.TransfersPerAddress - Log.PartsOf(KeyOf(address, side, way)).Sum(p => p.Rows));
            try
            {
                SourceCoverage coverage = await ReadAsync(new TransferQuery { Blocks = window, Addresses = [.. addresses], Side = side }, splitter, cancellationToken).ConfigureAwait(false);
                foreach (Address address in addresses)
                {
                    (byte[] rows, long count) = splitter.Take(address);
                    Log.Add(
                        new CollectedPart { Key = KeyOf(address, side, way), Window = window, AnchorHeight = window.Last, AnchorHash = anchor?.Hash ?? "", Rows = count, Gaps = coverage.Gaps, Notes = coverage.Notes },
                        rows);
                }

                return;
            }
            catch (HubException hub)
            {
                Limits.AddHub(hub.Address);
                addresses.Remove(hub.Address);
            }
        }
    }

    private async Task<SourceCoverage> ReadAsync(TransferQuery query, ITransferSink sink, CancellationToken cancellationToken)
    {
        IReadOnlyList<SourceCoverage> coverage = await _source.ReadAsync(query, sink, cancellationToken).ConfigureAwait(false);
        return coverage.Count == 1 ? coverage[0] : throw new InvalidOperationException("an endpoint is one source");
    }

    private void RequireOnline(bool isNeeded, string what)
    {
        if (isNeeded && !IsOnline)
        {
            throw new ChainWatchException($"{Profile.Name} does not answer, and the state folder does not hold the {what} that this question needs; expected the endpoint to be up");
        }
    }

    // Whether each part of whole blocks goes on where the one before it ended.
    private bool IsLinked(out long broken)
    {
        foreach (IGrouping<string, CollectedPart> parts in PartsAsked.Where(p => p.ParentHash.Length > 0).GroupBy(p => p.Key))
        {
            CollectedPart? before = null;
            foreach (CollectedPart part in parts)
            {
                if (before is not null && before.AnchorHeight + 1 == part.Window.First && before.AnchorHash != part.ParentHash)
                {
                    broken = before.Window.First;
                    return false;
                }

                before = part;
            }
        }

        broken = 0;
        return true;
    }

    private async Task ReconcileAsync(CancellationToken cancellationToken)
    {
        foreach ((long height, string hash) in Log.Parts.Where(p => p.AnchorHash.Length > 0).Select(p => (p.AnchorHeight, p.AnchorHash)).Distinct().OrderByDescending(a => a.AnchorHeight).ToArray())
        {
            BlockRef? block = await _source.FindBlockAsync(height, cancellationToken).ConfigureAwait(false);
            if (block?.Hash == hash)
            {
                return;
            }

            // Everything that rests on this block or a later one is of a chain that is gone.
            Log.DropFrom(height);
        }
    }

    // The same endpoint with the same head as before: asked then, and nothing new since.
    private void KeepProfile()
    {
        if (Log.Profile is SourceProfile kept && ProfileCodec.Write(kept).AsSpan().SequenceEqual(ProfileCodec.Write(Profile with { AskedAt = kept.AskedAt })))
        {
            Profile = kept;
        }
        else
        {
            Log.Add(Profile);
        }
    }
}
