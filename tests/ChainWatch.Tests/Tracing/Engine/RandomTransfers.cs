using ChainWatch.Graph.Storage;
using ChainWatch.Tracing.Engine;

namespace ChainWatch.Tests.Tracing.Engine;

/// <summary>A small random log of transfers, dense enough that addresses come again within sixteen transfers.</summary>
internal sealed class RandomTransfers
{
    private readonly PinnedArray<uint> _source;
    private readonly PinnedArray<uint> _target;
    private readonly PinnedArray<ulong> _followed;

    public RandomTransfers(Random random)
    {
        Addresses = random.Next(2, random.Next(3, 60));
        Count = random.Next(0, random.Next(2, 300));
        _source = new PinnedArray<uint>(Count);
        _target = new PinnedArray<uint>(Count);
        _followed = PinnedArray<ulong>.Filled((Count / 64) + 1, 0);
        Followed = new bool[Count];
        AllFollowed = random.Next(2) == 0;
        for (int i = 0; i < Count; i++)
        {
            // Chains are common: who was just paid pays on.
            _source.Span[i] = i > 0 && random.Next(3) == 0 ? _target.Span[i - 1] : (uint)random.Next(Addresses);
            _target.Span[i] = (uint)random.Next(Addresses);
            Followed[i] = AllFollowed || random.Next(4) != 0;
            _followed.Span[i / 64] |= Followed[i] ? 1UL << (i % 64) : 0;
        }
    }

    public int Addresses { get; }

    public int Count { get; }

    public bool AllFollowed { get; }

    public bool[] Followed { get; }

    public uint[] Source => _source.Span.ToArray();

    public uint[] Target => _target.Span.ToArray();

    public unsafe TransferColumns Columns => new(_source.Pointer, _target.Pointer, Count, AllFollowed ? null : _followed.Pointer);

    public uint[] Some(Random random, int atMost) => [.. Enumerable.Range(0, random.Next(1, atMost + 1)).Select(_ => (uint)random.Next(Addresses)).Distinct()];
}
