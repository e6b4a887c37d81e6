using System.Runtime.InteropServices;
using ChainWatch.Graph.Building;
using ChainWatch.Sources;

namespace ChainWatch.Graph;

/// <summary>
/// Takes transfers and movements in any order and freezes them into a <see cref="TransferGraph"/>. The result depends on
/// what was added, never on the order in which it was. For one thread; columns are filled on others meanwhile.
/// </summary>
/// <remarks>
/// In memory an address takes about 45 bytes while the graph is built, and a transfer that comes in chain order no more
/// than in the graph; one that does not 40, and 80 more where it tells more than payer, payee, asset, time and a value below
/// 2^63. With <see cref="GraphBuildOptions.MemoryBytesMax"/> all that grows with the transfers goes to temporary files,
/// which the graph keeps as long as it is used. Movements with several inputs or outputs are held in memory.
/// </remarks>
public sealed class TransferGraphBuilder : ITransferSink, IDisposable
{
    private readonly BuildRoom _room;
    private readonly Dictionary<Chain, ChainLogBuilder> _chains = [];
    private readonly List<SourceCoverage> _sources = [];
    private Chain _lastChain;
    private ChainLogBuilder? _last;

    /// <summary>A builder in memory.</summary>
    public TransferGraphBuilder() : this(new GraphBuildOptions())
    {
    }

    /// <summary>A builder.</summary>
    /// <param name="options">What it may take.</param>
    /// <param name="cancellationToken">Stops it: what adds or builds throws <see cref="OperationCanceledException"/> soon after.</param>
    public TransferGraphBuilder(GraphBuildOptions options, CancellationToken cancellationToken = default) =>
        _room = new BuildRoom(options.MemoryBytesMax, options.TemporaryFolder, options.Threads, cancellationToken);

    /// <inheritdoc/>
    public void Add(in Transfer transfer, RowOrigin origin = default)
    {
        Chain chain = transfer.Position.Chain;
        if (transfer.From.Chain != chain || transfer.To.Chain != chain || transfer.Asset.Chain != chain)
        {
            throw new ChainWatchException($"{At(origin)}a transfer at a position of {chain} has addresses or an asset of another chain");
        }

        LogOf(chain).Add(transfer, origin);
    }

    /// <inheritdoc/>
    public void Add(Movement movement, RowOrigin origin = default)
    {
        Chain chain = movement.Position.Chain;
        if (movement.Asset.Chain != chain
            || movement.Inputs.Any(i => i.Owner is Address owner && owner.Chain != chain)
            || movement.Outputs.Any(o => o.Owner is Address owner && owner.Chain != chain))
        {
            throw new ChainWatchException($"{At(origin)}a movement at a position of {chain} has addresses or an asset of another chain");
        }

        LogOf(chain).Add(movement, origin);
    }

    /// <summary>Takes that a chain was looked at, also where it holds no transfer.</summary>
    public void AddChain(Chain chain) => LogOf(chain);

    /// <inheritdoc/>
    public void AddContract(Address contract) => LogOf(contract.Chain).AddContract(contract);

    /// <summary>Tells what a source rests on, after all of it was added.</summary>
    public void Add(SourceCoverage coverage) => _sources.Add(coverage);

    /// <summary>Tells what sources rest on, after all of them were added.</summary>
    public void Add(IEnumerable<SourceCoverage> coverages) => _sources.AddRange(coverages);

    /// <summary>Freezes what was added. The builder is empty afterwards.</summary>
    /// <exception cref="ChainWatchException">Two transactions stand at one position, or one transaction at two; or the disk is full or does not work.</exception>
    public TransferGraph Build()
    {
        try
        {
            return BuildAll();
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Gives up what was added, with memory and temporary files.</summary>
    public void Dispose()
    {
        foreach (ChainLogBuilder builder in _chains.Values)
        {
            builder.Dispose();
        }

        _chains.Clear();
        _sources.Clear();
        _last = null;
    }

    /// <summary>Takes a transfer by its bytes: the same as if it were added as a <see cref="Transfer"/>.</summary>
    /// <param name="transfer">The transfer; its bytes are copied.</param>
    /// <param name="asset">Its asset, of the transfer's chain.</param>
    /// <param name="origin">Where it was read.</param>
    internal void Add(in EvmTransfer transfer, in Asset asset, RowOrigin origin) => LogOf(transfer.Position.Chain).Add(transfer, asset, origin);

    private TransferGraph BuildAll()
    {
        List<ChainLog> logs = [];
        List<ChainCoverage> chains = [];
        List<CoverageGap> gaps = [.. _sources.SelectMany(s => s.Gaps)];
        List<SourceCoverage> sources = [.. _sources];
        foreach ((Chain chain, ChainLogBuilder builder) in _chains.OrderBy(c => c.Key))
        {
            logs.Add(builder.Build());
            if (builder.Coverage is ChainCoverage described)
            {
                chains.Add(described);
            }

            if (builder.UnknownInputs > 0)
            {
                gaps.Add(new CoverageGap(GapKind.UnknownInputOwner, UnknownInputs(chain), builder.UnknownInputs));
            }

            foreach ((string file, long count) in builder.DuplicatesByFile.OrderBy(d => d.Key, StringComparer.Ordinal))
            {
                int index = sources.FindIndex(s => s.Name == file);
                if (index >= 0)
                {
                    sources[index] = sources[index] with { DuplicateRows = sources[index].DuplicateRows + count };
                }
            }

            builder.Dispose();
        }

        // Gaps of one kind from several files are one gap, counted where things are counted and not files: what is missing does not depend on how the rows are filed.
        CoverageGap[] distinct = [.. gaps.GroupBy(g => (g.Kind, g.Detail)).Select(g => new CoverageGap(g.Key.Kind, g.Key.Detail, g.Key.Kind == GapKind.NotDeclaredComplete ? 1 : g.Sum(x => x.Count)))];
        return new TransferGraph(logs, new Coverage { Sources = sources, Chains = chains, Gaps = distinct });
    }

    /// <summary>The detail of the gap that counts a chain's inputs whose owner is not known.</summary>
    internal static string UnknownInputs(Chain chain) => $"{chain}: inputs whose owner is not known";

    private ChainLogBuilder LogOf(Chain chain)
    {
        if (_last is not null && chain == _lastChain)
        {
            return _last;
        }

        ref ChainLogBuilder? log = ref CollectionsMarshal.GetValueRefOrAddDefault(_chains, chain, out _);
        log ??= new ChainLogBuilder(chain, _room);
        (_lastChain, _last) = (chain, log);
        return log;
    }

    private static string At(RowOrigin origin) => origin.File is null ? "" : $"{origin}: ";
}
