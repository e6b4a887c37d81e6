using ChainWatch.Graph.Appending;
using ChainWatch.Graph.Files;
using ChainWatch.Sources;

namespace ChainWatch.Graph;

/// <summary>
/// Appends later blocks to a graph file, as a watcher does: add the movements of a block, then <see cref="Commit"/>. What was
/// committed is on the disk, and stays readable whenever the process ends; what was not is gone. Made by
/// <see cref="TransferGraph.OpenForAppend"/>. Not for several threads; the graphs that it gives are, and never change.
/// </summary>
public sealed class GraphAppender : ITransferSink, IDisposable
{
    private readonly string _path;
    private readonly WriterLock _lock;
    private readonly AppendOutput _output;
    private readonly Dictionary<Chain, ChainAppender> _chains = [];
    private TransferGraphBuilder _pending = new();
    private bool _hasPending;

    private GraphAppender(string path, WriterLock taken, FileStream file, AppendOptions options)
    {
        (_path, _lock) = (path, taken);
        _output = new AppendOutput(path, file, options);
        Graph = Load();
    }

    /// <summary>The graph as of the last commit.</summary>
    public TransferGraph Graph { get; private set; }

    internal static GraphAppender Open(string path, AppendOptions? options = null)
    {
        if (!File.Exists(path))
        {
            throw TransferGraph.CannotOpen(path, "", new FileNotFoundException());
        }

        WriterLock taken = WriterLock.Take(path);
        FileStream? file = null;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            return new GraphAppender(path, taken, file, options ?? new AppendOptions());
        }
        catch (Exception e)
        {
            file?.Dispose();
            taken.Dispose();
            throw e is IOException or UnauthorizedAccessException ? TransferGraph.CannotOpen(path, "cannot be written", e) : e;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ChainWatchException">Its block is not above the last block with a transfer that the file holds of the chain.</exception>
    public void Add(in Transfer transfer, RowOrigin origin = default)
    {
        ChainAt(transfer.Position, origin);
        _pending.Add(transfer, origin);
        _hasPending = true;
    }

    /// <inheritdoc/>
    /// <exception cref="ChainWatchException">As for a transfer; or an output that it spends is at hand, and another than is told.</exception>
    public void Add(Movement movement, RowOrigin origin = default)
    {
        _pending.Add(ChainAt(movement.Position, origin).Spent.Resolve(movement), origin);
        _hasPending = true;
    }

    /// <inheritdoc/>
    /// <remarks>It counts where the address occurs in the file or in the rows of the same commit; one that occurs only later is to be told again then.</remarks>
    public void AddContract(Address contract) => ChainOf(contract.Chain).Contracts.Add(contract);

    /// <summary>
    /// Appends what was added since the last commit, and waits until it is on the disk. All rows of a block must come in one
    /// commit. Without rows it tells only what was looked at.
    /// </summary>
    /// <param name="sources">What the rows rest on. A source that is read again and again stays one source.</param>
    /// <returns>The graph with the rows; it shares what is large with the graphs before.</returns>
    /// <exception cref="ChainWatchException">The rows contradict one another, or cannot be written: nothing of them was appended, and they are to be added again.</exception>
    public TransferGraph Commit(IEnumerable<SourceCoverage> sources)
    {
        TransferGraph rows = TakePending(sources);
        List<(ChainAppender Chain, SectionSet Part, ChainCoverage? Before)> parts = [];
        List<ChainCoverage> chains = [.. Graph.Coverage.Chains];
        foreach (ChainAppender chain in _chains.Values.OrderBy(c => c.Tail.Chain))
        {
            ChainLog? log = rows.Chains.FirstOrDefault(c => c.Chain == chain.Tail.Chain);
            if (log is null && chain.Contracts.Count == 0)
            {
                continue;
            }

            ChainCoverage? before = chains.Find(c => c.Chain == chain.Tail.Chain);
            if (Number(chain, log ?? Nothing(chain.Tail.Chain)) is SectionSet part)
            {
                parts.Add((chain, part, ChainCoverages.Counted(before)));
                Replace(chains, chain.Tail.Chain, ChainCoverages.Add(before, chain.Tail.Log, log, rows.Coverage.Chains.FirstOrDefault(c => c.Chain == chain.Tail.Chain), part.Numbers(SectionId.AddressKinds).Count));
            }
        }

        Coverage coverage = new()
        {
            Sources = CoverageUnion.Of(Graph.Coverage.Sources, rows.Coverage.Sources),
            Chains = chains,
            Gaps = CoverageUnion.Of(Graph.Coverage.Gaps, rows.Coverage.Gaps),
        };
        long sequence = _output.Sequence;
        _output.Write([.. parts.Select(p => p.Part.Writer(PartKind.Appended))], CommitPart.Writer(coverage));
        foreach ((ChainAppender chain, SectionSet part, ChainCoverage? before) in parts)
        {
            chain.Tail.Append(part, sequence++, () => before);
            chain.Update();
        }

        return Graph = ToGraph(coverage, [.. parts.Select(p => p.Chain.Tail.Chain)]);
    }

    /// <summary>Forgets what was added since the last commit.</summary>
    public void Discard()
    {
        _pending.Dispose();
        _hasPending = false;
        foreach (ChainAppender chain in _chains.Values)
        {
            chain.Contracts.Clear();
        }
    }

    /// <summary>
    /// Takes back the blocks of a chain from one on, as a reorganisation does: their movements count no more. Only what was
    /// appended can be taken back, not what the file was built with; build it up to a block that will stand.
    /// </summary>
    /// <param name="chain">The chain.</param>
    /// <param name="fromBlock">The lowest block that goes.</param>
    /// <param name="lastHash">The hash of the block before it, for the coverage; null where it is not known.</param>
    /// <returns>The graph without them.</returns>
    /// <exception cref="ChainWatchException">The block is one that the file was built with, or the file cannot be written: it is as it was.</exception>
    /// <exception cref="InvalidOperationException">Rows were added and not committed.</exception>
    public TransferGraph TakeBack(Chain chain, long fromBlock, string? lastHash = null)
    {
        if (_hasPending)
        {
            throw new InvalidOperationException("rows were added and not committed; expected them to be committed, or none");
        }

        Coverage coverage = Graph.Coverage with { Sources = CoverageUnion.TakeBack(Graph.Coverage.Sources, chain, fromBlock, lastHash ?? "") };
        if (!_chains.TryGetValue(chain, out ChainAppender? from) || from.LastBlock < 0)
        {
            if (!Graph.Coverage.Sources.Any(s => s.Windows.Any(w => w.Chain == chain)))
            {
                throw new ChainWatchException($"{_path}: holds no transfer of {chain}: nothing of it can be taken back");
            }

            // Blocks were read, and held nothing.
            _output.Write([], CommitPart.Writer(coverage));
            return Graph = ToGraph(coverage, []);
        }

        TakenRows taken = TakenRows.Find(from.Tail, fromBlock, _path);
        try
        {
            ChainCoverage? before = null;
            SectionSet? kept = null;
            if (taken.First is AppendedPart first)
            {
                before = first.Before();
                from.CutFrom(first);
                from.Contracts.UnionWith(taken.Contracts);
                kept = Number(from, taken.Kept?.Chains[0] ?? Nothing(chain));
                List<ChainCoverage> chains = [.. coverage.Chains];
                Replace(chains, chain, ChainCoverages.Add(before, from.Tail.Log, taken.Kept?.Chains[0], taken.Kept?.Coverage.Chains[0], kept?.Numbers(SectionId.AddressKinds).Count ?? 0));
                coverage = coverage with { Chains = chains, Gaps = taken.Lower(coverage.Gaps) };
            }

            long sequence = _output.Sequence;
            _output.Write(kept is null ? [] : [kept.Writer(PartKind.Appended)], CommitPart.Writer(coverage, taken.Sequences));
            if (kept is not null)
            {
                from.Tail.Append(kept, sequence, () => before);
            }

            from.Update();
        }
        catch
        {
            // What is in memory is half way: it is read again.
            Load();
            throw;
        }

        return Graph = ToGraph(coverage, [chain]);
    }

    /// <summary>Closes the file. What was not committed is gone.</summary>
    public void Dispose()
    {
        _output.Dispose();
        _lock.Dispose();
    }

    private TransferGraph Load()
    {
        GraphFile file = _output.Load();
        try
        {
            List<LogTail> tails = file.ReadTails(forAppending: true);
            _chains.Clear();
            tails.ForEach(tail => _chains.Add(tail.Chain, new ChainAppender(tail)));
            return GraphFile.ToGraph([.. tails.Select(t => t.Log)], file.Parts[^1]);
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or ArgumentException or OverflowException)
        {
            throw new ChainWatchException($"{_path}: no graph file of ours: {e.Message}", e);
        }
    }

    private TransferGraph TakePending(IEnumerable<SourceCoverage> sources)
    {
        TransferGraphBuilder pending = _pending;
        (_pending, _hasPending) = (new TransferGraphBuilder(), false);
        pending.Add(sources);
        return pending.Build();
    }

    private SectionSet? Number(ChainAppender chain, ChainLog rows)
    {
        try
        {
            return RowNumbering.Number(chain.Tail, chain.Known, rows, [.. chain.Contracts]);
        }
        catch (OverflowException e)
        {
            throw new ChainWatchException($"{_path}: {chain.Tail.Chain} has more than 2^31-1 movements, addresses or transactions; expected less", e);
        }
        finally
        {
            chain.Contracts.Clear();
        }
    }

    // A chain without a row or an address counts nothing.
    private TransferGraph ToGraph(Coverage coverage, IReadOnlyList<Chain> changed)
    {
        ChainLog[] logs = [.. _chains.Values.Where(c => c.Tail.Log.MovementCount > 0 || Graph.Chains.Any(g => g.Chain == c.Tail.Chain && g.MovementCount == 0)).Select(c => c.Tail.Log).OrderBy(l => l.Chain)];
        return new TransferGraph(logs, coverage with
        {
            Chains = [.. coverage.Chains.Select(c => changed.Contains(c.Chain) ? ChainCoverages.Of(c, logs.First(l => l.Chain == c.Chain)) : c)],
        });
    }

    private static void Replace(List<ChainCoverage> chains, Chain chain, ChainCoverage? coverage)
    {
        chains.RemoveAll(c => c.Chain == chain);
        if (coverage is not null)
        {
            int at = chains.FindIndex(c => c.Chain.CompareTo(chain) > 0);
            chains.Insert(at < 0 ? chains.Count : at, coverage);
        }
    }

    private static ChainLog Nothing(Chain chain)
    {
        TransferGraphBuilder builder = new();
        builder.AddChain(chain);
        return builder.Build().Chains[0];
    }

    private ChainAppender ChainAt(ChainPosition position, RowOrigin origin)
    {
        ChainAppender chain = ChainOf(position.Chain);
        return position.Block > chain.LastBlock ? chain
            : throw new ChainWatchException($"{(origin.File is null ? "" : $"{origin}: ")}a transfer in block {position.Block} of {position.Chain}, which {_path} holds up to block {chain.LastBlock}; expected a block above it");
    }

    private ChainAppender ChainOf(Chain chain)
    {
        if (!_chains.TryGetValue(chain, out ChainAppender? known))
        {
            _chains[chain] = known = new ChainAppender(new LogTail(chain, [], new EmptySections(_path)));
        }

        return known;
    }
}
