using ChainWatch.Sources;

namespace ChainWatch.Tests.Collecting;

/// <summary>
/// An endpoint in memory: a chain of blocks with transfers that answers by blocks, by addresses and by transactions, can be
/// switched off, be reorganised, lose blocks and cut a question short.
/// </summary>
internal sealed class FakeChain : IChainSource
{
    public static readonly DateTimeOffset Genesis = new(2022, 3, 23, 0, 0, 0, TimeSpan.Zero);
    private readonly List<Transfer> _transfers;
    private readonly Dictionary<long, int> _branch = [];

    public FakeChain(IEnumerable<Transfer> transfers, long first, long last, Chain? chain = null)
    {
        (_transfers, FirstBlock, LastBlock, Chain) = ([.. transfers], first, last, chain ?? Chain.Ethereum);
    }

    public Chain Chain { get; }

    public long FirstBlock { get; set; }

    public long LastBlock { get; set; }

    public string Kind { get; init; } = "fake-node";

    public bool IsOn { get; set; } = true;

    public int BlocksPerQuery { get; init; } = 3;

    public int AddressesPerQuery { get; init; } = 2;

    public bool AnswersByBlocks { get; init; } = true;

    public bool AnswersByAddresses { get; init; } = true;

    /// <summary>UTXO transactions of the chain.</summary>
    public IReadOnlyList<Movement> Movements { get; init; } = [];

    /// <summary>Blocks whose time is not their height's in minutes.</summary>
    public Dictionary<long, DateTimeOffset> Times { get; } = [];

    /// <summary>Blocks that cannot be read.</summary>
    public HashSet<long> Unreadable { get; } = [];

    /// <summary>Is called before each query with its number.</summary>
    public Action<int>? BeforeQuery { get; set; }

    public List<TransferQuery> Queries { get; } = [];

    public HashSet<Address> AskedAbout { get; } = [];

    public long RequestCount => Queries.Count;

    public long BytesReceived => 100L * Queries.Count;

    /// <summary>Replaces the newest blocks by others: the transfers of them, with other hashes.</summary>
    public void Reorganise(int depth, IEnumerable<Transfer> instead)
    {
        long from = LastBlock - depth + 1;
        for (long height = from; height <= LastBlock; height++)
        {
            _branch[height] = _branch.GetValueOrDefault(height) + 1;
        }

        _transfers.RemoveAll(t => t.Position.Block >= from);
        _transfers.AddRange(instead);
    }

    public void Extend(long last, IEnumerable<Transfer> transfers)
    {
        LastBlock = last;
        _transfers.AddRange(transfers);
    }

    public Task<SourceProfile> ProbeAsync(CancellationToken cancellationToken = default)
    {
        RequireOn();
        SourceWay way = new() { BlocksPerQuery = BlocksPerQuery, AddressesPerQuery = AddressesPerQuery, RequestsPerUnit = 1, Kinds = ["coin", "token"] };
        return Task.FromResult(new SourceProfile
        {
            Chain = Chain,
            Name = "https://fake.example",
            Kind = Kind,
            ClientVersion = "fake/1",
            AskedAt = Genesis.AddYears(1),
            Head = BlockAt(LastBlock),
            FinalizedBlock = Math.Max(FirstBlock, LastBlock - 2),
            FirstBlock = FirstBlock,
            Capabilities = ["fake_blocks"],
            ByBlocks = AnswersByBlocks ? way : null,
            ByAddresses = AnswersByAddresses ? way : null,
            CanReadTransactions = AnswersByAddresses,
        });
    }

    public Task<BlockRef> FindHeadAsync(CancellationToken cancellationToken = default)
    {
        RequireOn();
        return Task.FromResult(BlockAt(LastBlock));
    }

    public Task<BlockRef?> FindBlockAsync(long height, CancellationToken cancellationToken = default)
    {
        RequireOn();
        return Task.FromResult(height < FirstBlock || height > LastBlock ? null : BlockAt(height));
    }

    public ValueTask<IReadOnlyList<SourceCoverage>> ReadAsync(TransferQuery query, ITransferSink sink, CancellationToken cancellationToken = default)
    {
        RequireOn();
        BeforeQuery?.Invoke(Queries.Count);
        cancellationToken.ThrowIfCancellationRequested();
        Queries.Add(query);
        AskedAbout.UnionWith(query.Addresses ?? []);
        List<CoverageGap> gaps = [];
        foreach (Transfer transfer in _transfers.Where(t => Matches(t, query)).OrderBy(t => t.Position.Block).ThenByDescending(t => t.Position.Index))
        {
            sink.Add(transfer);
        }

        foreach (Movement movement in Movements.Where(m => Matches(m, query)))
        {
            sink.Add(movement);
        }

        List<ReadWindow> windows = [];
        if (query is { Addresses: null, Blocks: BlockWindow blocks })
        {
            for (long height = blocks.First; height <= blocks.Last; height++)
            {
                if (Unreadable.Contains(height))
                {
                    gaps.Add(new CoverageGap(GapKind.MissingBlocks, $"block {height} cannot be read"));
                }
                else if (windows.Count > 0 && windows[^1].Last + 1 == height)
                {
                    windows[^1] = windows[^1] with { Last = height, LastHash = HashOf(height) };
                }
                else
                {
                    windows.Add(new ReadWindow(Chain, height, height, HashOf(height - 1), HashOf(height)));
                }
            }
        }

        return ValueTask.FromResult<IReadOnlyList<SourceCoverage>>([new SourceCoverage { Name = "https://fake.example", Kind = Kind, Windows = windows, Gaps = gaps }]);
    }

    private bool Matches(in Transfer transfer, TransferQuery query)
    {
        if (query.Transactions is not null)
        {
            return query.Transactions.Contains(transfer.Tx!.Value);
        }

        if (query.Blocks is BlockWindow blocks && (transfer.Position.Block < blocks.First || transfer.Position.Block > blocks.Last || Unreadable.Contains(transfer.Position.Block)))
        {
            return false;
        }

        return query.Addresses is null
            || (query.Side.HasFlag(TransferSide.From) && query.Addresses.Contains(transfer.From))
            || (query.Side.HasFlag(TransferSide.To) && query.Addresses.Contains(transfer.To));
    }

    private static bool Matches(Movement movement, TransferQuery query) => query.Transactions is not null
        ? query.Transactions.Contains(movement.Tx!.Value)
        : (query.Blocks is not BlockWindow blocks || (movement.Position.Block >= blocks.First && movement.Position.Block <= blocks.Last))
            && (query.Addresses is null
                || (query.Side.HasFlag(TransferSide.From) && movement.Inputs.Any(i => i.Owner is Address owner && query.Addresses.Contains(owner)))
                || (query.Side.HasFlag(TransferSide.To) && movement.Outputs.Any(o => o.Owner is Address owner && query.Addresses.Contains(owner))));

    private BlockRef BlockAt(long height) => new(height, HashOf(height), HashOf(height - 1), Times.GetValueOrDefault(height, Genesis.AddMinutes(height)));

    private string HashOf(long height) => $"0x{height:x32}{_branch.GetValueOrDefault(height):x32}";

    private void RequireOn()
    {
        if (!IsOn)
        {
            throw new ChainWatchException("https://fake.example: cannot be reached");
        }
    }
}
