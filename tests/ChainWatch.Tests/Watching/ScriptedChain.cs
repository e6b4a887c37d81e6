using System.Globalization;
using ChainWatch.Sources;

namespace ChainWatch.Tests.Watching;

/// <summary>A chain in memory that grows, is reorganised, lags and fails as a test says. A block's hash tells its branch.</summary>
internal sealed class ScriptedChain(Chain chain, string name = "scripted") : IChainSource
{
    private readonly List<(BlockRef Block, Transfer[] Transfers)> _blocks = [];
    private int _branch;

    /// <summary>How many of its newest blocks the endpoint does not show.</summary>
    public int Lag { get; set; }

    /// <summary>So many requests from now on one fails; 0: none does.</summary>
    public int FailsAfter { get; set; }

    /// <inheritdoc/>
    public long RequestCount { get; private set; }

    /// <inheritdoc/>
    public long BytesReceived => 0;

    public int Height => _blocks.Count - 1;

    public Chain Chain => chain;

    public IEnumerable<Transfer> Transfers => _blocks.SelectMany(b => b.Transfers);

    /// <summary>Adds a block; the transfers get its height and time, and their place in it.</summary>
    public void Mine(params IEnumerable<Transfer> transfers)
    {
        long height = _blocks.Count;
        DateTimeOffset time = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(10 * height);
        string parent = height == 0 ? "0x00" : _blocks[^1].Block.Hash;
        string hash = string.Create(CultureInfo.InvariantCulture, $"0x{_branch:x4}{height:x8}");
        _blocks.Add((new BlockRef(height, hash, parent, time), [.. transfers.Select((t, i) => t with { Position = new ChainPosition(chain, height, i), Time = time })]));
    }

    /// <summary>Takes blocks away; what is mined next is of another branch.</summary>
    /// <returns>Their transfers.</returns>
    public Transfer[][] Reorganise(int depth)
    {
        _branch++;
        Transfer[][] gone = [.. _blocks[^depth..].Select(b => b.Transfers)];
        _blocks.RemoveRange(_blocks.Count - depth, depth);
        return gone;
    }

    /// <inheritdoc/>
    public Task<SourceProfile> ProbeAsync(CancellationToken cancellationToken = default) => Task.FromResult(new SourceProfile
    {
        Chain = chain,
        Name = name,
        Kind = "scripted",
        AskedAt = _blocks[0].Block.Time,
        Head = Visible()[^1].Block,
        FinalizedBlock = 0,
        FirstBlock = 0,
        ByBlocks = new SourceWay { BlocksPerQuery = 10, RequestsPerUnit = 1, Kinds = ["coin"] },
    });

    /// <inheritdoc/>
    public Task<BlockRef> FindHeadAsync(CancellationToken cancellationToken = default)
    {
        Count();
        return Task.FromResult(Visible()[^1].Block);
    }

    /// <inheritdoc/>
    public Task<BlockRef?> FindBlockAsync(long height, CancellationToken cancellationToken = default)
    {
        Count();
        return Task.FromResult(height < Visible().Count ? _blocks[(int)height].Block : null);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SourceCoverage>> ReadAsync(TransferQuery query, ITransferSink sink, CancellationToken cancellationToken = default)
    {
        Count();
        (int first, int last) = ((int)query.Blocks!.Value.First, (int)query.Blocks.Value.Last);
        bool isThere = last < Visible().Count;
        foreach (Transfer transfer in isThere ? _blocks[first..(last + 1)].SelectMany(b => b.Transfers) : [])
        {
            sink.Add(transfer);
        }

        return ValueTask.FromResult<IReadOnlyList<SourceCoverage>>([new SourceCoverage
        {
            Name = name,
            Kind = "scripted",
            Windows = isThere ? [new ReadWindow(chain, first, last, _blocks[first].Block.ParentHash, _blocks[last].Block.Hash)] : [],
            Gaps = isThere ? [] : [new CoverageGap(GapKind.MissingBlocks, "the endpoint does not have them", 1)],
        }]);
    }

    private List<(BlockRef Block, Transfer[] Transfers)> Visible() => _blocks[..Math.Max(1, _blocks.Count - Lag)];

    private void Count()
    {
        RequestCount++;
        if (FailsAfter > 0 && --FailsAfter == 0)
        {
            throw new ChainWatchException($"{name}: does not answer");
        }
    }
}
