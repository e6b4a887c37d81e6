using System.Runtime.InteropServices;
using ChainWatch.Graph;
using ChainWatch.Sources;

namespace ChainWatch.Tests.Graph.Twin;

/// <summary>The plain builder: every row in memory, dictionaries, one sort by everything. <see cref="TransferGraphBuilder"/> must give the same.</summary>
internal sealed class SlowGraphBuilder : ITransferSink
{
    private readonly Dictionary<Chain, SlowLogBuilder> _chains = [];
    private readonly List<SourceCoverage> _sources = [];
    private Chain _lastChain;
    private SlowLogBuilder? _last;

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
    /// <exception cref="ChainWatchException">Two transactions stand at one position, or one transaction at two.</exception>
    public TransferGraph Build()
    {
        List<ChainLog> logs = [];
        List<CoverageGap> gaps = [.. _sources.SelectMany(s => s.Gaps)];
        List<SourceCoverage> sources = [.. _sources];
        foreach ((Chain chain, SlowLogBuilder builder) in _chains.OrderBy(c => c.Key))
        {
            logs.Add(builder.Build());
            if (builder.UnknownInputs > 0)
            {
                gaps.Add(new CoverageGap(GapKind.UnknownInputOwner, $"{chain}: inputs whose owner is not known", builder.UnknownInputs));
            }

            foreach ((string file, long count) in builder.DuplicatesByFile.OrderBy(d => d.Key, StringComparer.Ordinal))
            {
                int index = sources.FindIndex(s => s.Name == file);
                if (index >= 0)
                {
                    sources[index] = sources[index] with { DuplicateRows = sources[index].DuplicateRows + count };
                }
            }
        }

        _chains.Clear();
        _sources.Clear();
        _last = null;
        // Gaps of one kind from several files are one gap, counted where things are counted and not files: what is missing does not depend on how the rows are filed.
        CoverageGap[] distinct = [.. gaps.GroupBy(g => (g.Kind, g.Detail)).Select(g => new CoverageGap(g.Key.Kind, g.Key.Detail, g.Key.Kind == GapKind.NotDeclaredComplete ? 1 : g.Sum(x => x.Count)))];
        Coverage coverage = new() { Sources = sources, Chains = [.. logs.Where(l => l.Blocks.Count > 0).Select(l => l.Describe(0, l.Blocks.Count))], Gaps = distinct };
        return new TransferGraph(logs, coverage);
    }

    private SlowLogBuilder LogOf(Chain chain)
    {
        if (_last is not null && chain == _lastChain)
        {
            return _last;
        }

        ref SlowLogBuilder? log = ref CollectionsMarshal.GetValueRefOrAddDefault(_chains, chain, out _);
        log ??= new SlowLogBuilder(chain);
        (_lastChain, _last) = (chain, log);
        return log;
    }

    private static string At(RowOrigin origin) => origin.File is null ? "" : $"{origin}: ";
}
