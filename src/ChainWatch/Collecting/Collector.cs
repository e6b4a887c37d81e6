using System.Globalization;
using ChainWatch.Graph;
using ChainWatch.Sources;
using ChainWatch.Tracing;

namespace ChainWatch.Collecting;

/// <summary>
/// Fetches what a question needs from a chain's own data, and makes a graph of it whose coverage says what it rests on and
/// what is missing. Bounded by a budget; what was fetched is kept in a folder, if one is given, and not fetched again.
/// </summary>
/// <param name="source">The endpoint.</param>
/// <param name="options">How, and how far; null: the defaults.</param>
public sealed class Collector(IChainSource source, CollectOptions? options = null)
{
    private const long BlocksMax = 10_000;
    private const long SampleFrom = 200;
    private readonly CollectOptions _options = options ?? new CollectOptions();

    /// <summary>Fetches what the question needs.</summary>
    /// <param name="request">The question.</param>
    /// <param name="progress">Is told how far it is; reports may come on any thread.</param>
    /// <param name="cancellationToken">Ends the fetching; what was fetched until then is kept in the folder.</param>
    /// <exception cref="ChainWatchException">The endpoint cannot be reached and the folder does not hold what is needed, or the two do not fit.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task<TransferGraph> CollectAsync(TraceRequest request, IProgress<CollectProgress>? progress = null, CancellationToken cancellationToken = default) =>
        CollectAsync(_ => request, progress, cancellationToken);

    /// <summary>As <see cref="CollectAsync(TraceRequest, IProgress{CollectProgress}?, CancellationToken)"/>, for a question whose rules depend on the chain that the endpoint serves.</summary>
    public async Task<TransferGraph> CollectAsync(Func<Chain, TraceRequest> ask, IProgress<CollectProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using CollectSession session = await CollectSession.OpenAsync(source, _options, progress, cancellationToken).ConfigureAwait(false);
        TraceRequest request = ask(session.Chain);
        while (true)
        {
            BlockWindow window = await FindWindowAsync(session, request.Window, cancellationToken).ConfigureAwait(false);
            CollectWay way = ChooseWay(session.Profile, window);
            AddressWalk? walk = way == CollectWay.Addresses ? new AddressWalk(session, request, window) : null;
            if (walk is not null)
            {
                await walk.RunAsync(cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await EstimateAsync(session, window, cancellationToken).ConfigureAwait(false);
                await session.FetchBlocksAsync(window, cancellationToken).ConfigureAwait(false);
            }

            if (await session.CheckAsync(cancellationToken).ConfigureAwait(false))
            {
                session.Tell(CollectStage.Building, 0, 0);
                return walk?.Build(cancellationToken) ?? BuildBlocks(session, request.Window, window, cancellationToken);
            }
        }
    }

    // Dates are found once: what was found is kept, for when the endpoint is gone.
    private static async Task<BlockWindow> FindWindowAsync(CollectSession session, TraceWindow asked, CancellationToken cancellationToken)
    {
        string key = string.Create(CultureInfo.InvariantCulture, $"window:{asked.FirstBlock}/{asked.LastBlock}/{asked.FirstTime?.UtcTicks}/{asked.LastTime?.UtcTicks}");
        SourceProfile profile = session.Profile;
        CollectedPart? known = session.Log.PartsOf(key).LastOrDefault(p => p.AnchorHash == profile.Head.Hash);
        if (known is not null)
        {
            return known.Window;
        }

        BlockWindow window = await WindowFinder.FindAsync(session, asked, cancellationToken).ConfigureAwait(false);
        using MemoryStream none = new();
        new RowWriter(none, profile.Chain).Dispose();
        session.Log.Add(new CollectedPart { Key = key, Window = window, AnchorHeight = profile.Head.Height, AnchorHash = profile.Head.Hash, Rows = 0 }, none.ToArray());
        return window;
    }

    private CollectWay ChooseWay(SourceProfile profile, BlockWindow window)
    {
        if (_options.Way == CollectWay.Addresses || profile.ByBlocks is null)
        {
            return !_options.AddressQueries ? throw new ChainWatchException($"{profile.Name} would be asked about single addresses, which is forbidden (--no-address-queries); expected a node that is read by blocks")
                : profile.ByAddresses is null ? throw new ChainWatchException($"{profile.Name} cannot be asked by addresses; expected to read it by blocks")
                : CollectWay.Addresses;
        }

        bool byBlocks = _options.Way == CollectWay.Blocks || !_options.AddressQueries || window.Count <= BlocksMax
            || profile.ByAddresses is null || profile.ByAddresses.Kinds.Count < profile.ByBlocks.Kinds.Count;
        return byBlocks ? CollectWay.Blocks : CollectWay.Addresses;
    }

    private static TransferGraph BuildBlocks(CollectSession session, TraceWindow asked, BlockWindow window, CancellationToken cancellationToken)
    {
        TransferGraphBuilder builder = new();
        builder.AddChain(session.Chain);
        WindowSink sink = new(builder, window);
        foreach (CollectedPart part in session.PartsAsked)
        {
            session.Log.SendTo(part, sink, session.Chain, cancellationToken);
        }

        builder.Add(new CollectionCoverage(session, asked, window).ByBlocks());
        return builder.Build();
    }

    // What it will cost, from one block in the middle where it is worth asking for one.
    private async Task EstimateAsync(CollectSession session, BlockWindow window, CancellationToken cancellationToken)
    {
        long missing = session.CountMissingBlocks(window);
        if (missing == 0 || !session.IsOnline)
        {
            return;
        }

        long requests = (long)Math.Ceiling(missing * session.Profile.ByBlocks!.RequestsPerUnit);
        CollectEstimate estimate = new(missing, requests, null, null);
        if (missing >= SampleFrom)
        {
            TimeSpan? start = _options.Elapsed?.Invoke();
            long middle = window.First + (window.Count / 2);
            long bytes = await session.SampleAsync(new BlockWindow(middle, middle), cancellationToken).ConfigureAwait(false);
            estimate = estimate with { Bytes = bytes * missing, Time = start is TimeSpan s ? (_options.Elapsed!() - s) * missing : null };
        }

        session.Tell(CollectStage.Blocks, window.Count - missing, window.Count, estimate: estimate);
    }
}
