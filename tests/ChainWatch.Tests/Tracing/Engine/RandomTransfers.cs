using ChainWatch.Graph.Storage;
using ChainWatch.Tracing.Engine;

namespace ChainWatch.Tests.Tracing.Engine;

/// <summary>A random log of transfers: small, and dense enough that addresses come again within sixteen transfers; or long enough for two threads.</summary>
internal sealed class RandomTransfers
{
    private readonly PinnedArray<uint> _source;
    private readonly PinnedArray<uint> _target;
    private readonly PinnedArray<ulong> _followed;
    private BitRow? _fresh;
    private BitRow? _freshReversed;

    public RandomTransfers(Random random)
        : this(random, random.Next(2, random.Next(3, 60)), random.Next(0, random.Next(2, 300)), chainMax: 1, newcomers: false)
    {
    }

    private RandomTransfers(Random random, int addresses, int count, int chainMax, bool newcomers)
    {
        Addresses = addresses;
        Count = count;
        _source = new PinnedArray<uint>(Count);
        _target = new PinnedArray<uint>(Count);
        _followed = PinnedArray<ulong>.Filled((Count / 64) + 1, 0);
        Followed = new bool[Count];
        AllFollowed = random.Next(2) == 0;
        for (int i = 0; i < Count; i++)
        {
            // Chains are common: who was just paid pays on.
            int paid = i - 1 - random.Next(chainMax);
            bool paysOn = newcomers ? random.Next(6) != 0 : random.Next(3) == 0;
            _source.Span[i] = paid >= 0 && paysOn ? _target.Span[paid] : (uint)random.Next(Addresses);
            _target.Span[i] = newcomers && random.Next(2) == 0 ? (uint)(i % Addresses) : (uint)random.Next(Addresses);
            Followed[i] = AllFollowed || random.Next(4) != 0;
            _followed.Span[i / 64] |= Followed[i] ? 1UL << (i % 64) : 0;
        }
    }

    /// <summary>A log of many chunks for two threads: of few addresses or many, that come bit by bit or all along; who was paid pays on at once or thousands of transfers later.</summary>
    public static RandomTransfers Long(Random random) => new(
        random,
        random.Next(2, 1 << random.Next(2, 18)),
        random.Next(ScoutedRange.LengthMin, 3 * ScoutedRange.LengthMin / 2),
        chainMax: 1 << random.Next(15),
        newcomers: random.Next(4) != 0);

    public int Addresses { get; }

    public int Count { get; }

    public bool IsLong => Count >= ScoutedRange.LengthMin;

    /// <summary>The most seeds of a list: enough that labels get better all along.</summary>
    public int SeedsMax => Math.Max(3, Count / 100);

    public bool AllFollowed { get; }

    public bool[] Followed { get; }

    public uint[] Source => field ??= _source.Span.ToArray();

    public uint[] Target => field ??= _target.Span.ToArray();

    /// <summary>The columns for passes of a direction; of a small log without fresh tails, for which no scout asks.</summary>
    public unsafe TransferColumns Columns(bool reversed) =>
        new(_source.Pointer, _target.Pointer, Count, AllFollowed ? null : _followed.Pointer, IsLong ? Fresh(reversed).Pointer : null);

    /// <summary>The transfers whose tail is fresh in passes of a direction.</summary>
    public BitRow Fresh(bool reversed) => reversed ? _freshReversed ??= FindFresh(reversed) : _fresh ??= FindFresh(reversed);

    /// <summary>What a lane may be asked to keep, on a vector path.</summary>
    public LaneSettings Settings(Random random, VectorPath path) => new()
    {
        Addresses = Addresses,
        MaxHops = random.Next(0, random.Next(1, 31)),
        Reversed = random.Next(2) == 0,
        KeepsSteps = random.Next(4) != 0,
        KeepsUndo = random.Next(3) == 0,
        Interest = random.Next(2) == 0 ? new InterestSet(Some(random, IsLong ? 50 : 5), Addresses) : null,
        Path = path,
    };

    public uint[] Some(Random random, int atMost) => [.. Enumerable.Range(0, random.Next(1, atMost + 1)).Select(_ => (uint)random.Next(Addresses)).Distinct()];

    private unsafe BitRow FindFresh(bool reversed) => FreshTails.Find(_source.Pointer, _target.Pointer, Count, reversed);
}
