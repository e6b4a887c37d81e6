using ChainWatch.Graph;
using ChainWatch.Graph.Appending;
using ChainWatch.Sources;

namespace ChainWatch.Tests.Tracing.Live;

/// <summary>
/// A random chain in a graph file to which blocks are appended, several at once now and then, and from which they are taken back.
/// A block that comes again may be another one. Knows at any time the graph of its first blocks as built at once.
/// </summary>
internal sealed class GrowingChain : IDisposable
{
    private readonly RandomCase _case;
    private readonly RandomCase _other;
    private readonly Random _random;
    private readonly string _folder = Directory.CreateTempSubdirectory("chainwatch-live").FullName;
    private readonly GraphAppender _appender;
    private readonly List<Movement[]> _appended = [];
    private readonly long[] _heights;

    /// <param name="c">The chain.</param>
    /// <param name="built">How many of its blocks the file is built with.</param>
    /// <param name="random">The lots.</param>
    public GrowingChain(RandomCase c, int built, Random random)
    {
        (_case, _random, _other) = (c, random, new RandomCase(c.Number + 1_000_000));
        _heights = [.. c.Movements.Select(m => m.Position.Block).Distinct().Order()];
        _appended.AddRange(_heights.Take(built).Select(MovementsOf));
        string file = Path.Combine(_folder, "chain.cwg");
        using (FileStream stream = File.Create(file))
        {
            Graph(built).Save(stream);
        }

        _appender = GraphAppender.Open(file, new AppendOptions { IsDurable = false });
    }

    /// <summary>How many blocks there are to append.</summary>
    public int Length => _heights.Length;

    /// <summary>How many blocks the file holds.</summary>
    public int Appended => _appended.Count;

    /// <summary>The file's graph as it is.</summary>
    public TransferGraph OnDisk => _appender.Graph;

    /// <summary>The chain's log in it.</summary>
    public ChainLog? Log => OnDisk.Chains.FirstOrDefault(l => l.Chain == RandomCase.Chain);

    /// <summary>A block's height.</summary>
    public long HeightOf(int block) => _heights[block];

    /// <summary>The first position of a block in the file's log, or behind the last.</summary>
    public int FirstGroup(int block) =>
        Log is not ChainLog log ? 0 : block < _heights.Length ? ChainWatch.Watching.LogSlice.FirstGroupFrom(log, _heights[block]) : log.Groups.Length;

    /// <summary>Appends one block or more at once.</summary>
    public void Append(int count)
    {
        for (int i = 0; i < count && Appended < Length; i++)
        {
            long height = _heights[Appended];
            Movement[] others = [.. _other.Movements.Where(m => m.Position.Block == height)];
            _appended.Add(others.Length > 0 && _random.Next(3) == 0 ? others : MovementsOf(height));
            _case.SendTo(_appender, _appended[^1]);
        }

        _appender.Commit([]);
    }

    /// <summary>Takes back the blocks from one on.</summary>
    public void TakeBack(int block)
    {
        _appender.TakeBack(RandomCase.Chain, _heights[block]);
        _appended.RemoveRange(block, _appended.Count - block);
    }

    /// <summary>The graph of the first blocks, from nothing.</summary>
    public TransferGraph Graph(int blocks) => Graph(_appended.Take(blocks).SelectMany(m => m));

    /// <summary>The graph of some movements, from nothing.</summary>
    public TransferGraph Graph(IEnumerable<Movement> movements)
    {
        TransferGraphBuilder builder = new();
        _case.SendTo(builder, movements);
        return builder.Build();
    }

    /// <summary>The movements of a block as the file holds it.</summary>
    public IReadOnlyList<Movement> Block(int block) => _appended[block];

    public void Dispose()
    {
        _appender.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Movement[] MovementsOf(long height) => [.. _case.Movements.Where(m => m.Position.Block == height)];
}
