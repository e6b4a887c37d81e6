using System.Runtime.Intrinsics.X86;
using ChainWatch.Graph;
using ChainWatch.Graph.Storage;
using ChainWatch.Labels;

namespace ChainWatch.Tracing.Live;

/// <summary>
/// What a live trace knows of the addresses by their numbers, a bit each: so that of most transfers it needs to look at nothing
/// else. An address is looked for in the lists, the labels and the wallets once, when it first occurs.
/// </summary>
internal sealed class LiveAddresses
{
    private readonly Chain _chain;
    private readonly IReadOnlyDictionary<Address, StopLabel> _labels;
    private readonly Func<Address, bool> _isWatched;
    private readonly BitRow _watched;
    private readonly Dictionary<Address, List<(int List, bool IsDesignated)>> _seeds = [];

    /// <param name="chain">The chain.</param>
    /// <param name="count">How many addresses there are so far.</param>
    /// <param name="labels">The label of every labelled address.</param>
    /// <param name="isWatched">Whether an address is a watched wallet at this moment.</param>
    public LiveAddresses(Chain chain, int count, IReadOnlyDictionary<Address, StopLabel> labels, Func<Address, bool> isWatched)
    {
        (_chain, _labels, _isWatched, Count) = (chain, labels, isWatched, count);
        (_watched, Seeds, Left) = (new BitRow(count), new BitRow(count), new BitRow(count));
    }

    /// <summary>How many addresses there are.</summary>
    public int Count { get; private set; }

    /// <summary>The addresses of any list.</summary>
    public BitRow Seeds { get; }

    /// <summary>All from which a path of any list may go on, and some that once were so.</summary>
    public BitRow Left { get; }

    /// <summary>Takes the addresses of a list, also those that do not occur yet.</summary>
    /// <param name="number">The list's number.</param>
    /// <param name="list">The list.</param>
    /// <param name="occurring">Those that occur, by number.</param>
    /// <param name="request">The question.</param>
    public void AddSeeds(int number, TracedList list, int[] occurring, TraceRequest request)
    {
        Array.ForEach(occurring, seed => Seeds[seed] = true);
        foreach (Address listed in list.Seeds)
        {
            Address seed = listed.Kind == AddressKind.Evm && _chain.IsEvm ? listed.OnChain(_chain) : listed;
            if (seed.Chain == _chain)
            {
                (_seeds.TryGetValue(seed, out var lists) ? lists : _seeds[seed] = []).Add((number, ChainScan.IsDesignated(seed, list, request)));
            }
        }
    }

    /// <summary>Whether an address is a watched wallet. It may have been one once: so those are asked for that ever were.</summary>
    public bool IsWatched(int address, ChainLog log) => _watched[address] && _isWatched(log.AddressTable[address]);

    /// <summary>Takes that wallets are watched from now on; those that do not occur yet are asked for when they do.</summary>
    public void Watch(IEnumerable<Address> wallets, ChainLog log)
    {
        foreach (Address wallet in wallets)
        {
            if (wallet.Chain == _chain && log.NumberOf(wallet) is >= 0 and int number && number < Count)
            {
                _watched[number] = true;
            }
        }
    }

    /// <summary>Takes addresses that first occur now.</summary>
    /// <param name="log">The log as it is now.</param>
    /// <param name="count">How many there are now.</param>
    /// <param name="lanes">The lists.</param>
    /// <param name="stops">The stops.</param>
    public void Take(ChainLog log, int count, LiveLane[] lanes, ChainStops stops)
    {
        _watched.Grow(count);
        Seeds.Grow(count);
        Left.Grow(count);
        stops.Grow(count);
        foreach (LiveLane lane in lanes)
        {
            lane.Grow(count);
        }

        for (; Count < count; Count++)
        {
            Address address = log.AddressTable[Count];
            _watched[Count] = _isWatched(address);
            bool isStop = _labels.TryGetValue(address, out StopLabel? label);
            if (isStop)
            {
                stops.Add(Count, label!);
                foreach (LiveLane lane in lanes)
                {
                    lane.Set(Count, isSeed: false, isDesignated: false, isStop: true);
                }
            }

            if (_seeds.TryGetValue(address, out List<(int List, bool IsDesignated)>? lists))
            {
                Seeds[Count] = Left[Count] = true;
                foreach ((int list, bool isDesignated) in lists)
                {
                    lanes[list].Set(Count, isSeed: true, isDesignated, isStop);
                }
            }
        }
    }

    /// <summary>Takes back that addresses occurred: their numbers are given anew.</summary>
    public void CutTo(int count, ChainStops stops)
    {
        for (; Count > count; Count--)
        {
            int gone = Count - 1;
            _watched[gone] = Seeds[gone] = Left[gone] = false;
            stops.Remove(gone);
        }
    }

    /// <summary>Asks the processor for what will be read of transfers.</summary>
    public unsafe void Prefetch(ReadOnlySpan<int> sources, ReadOnlySpan<int> targets)
    {
        for (int i = 0; Sse.IsSupported && i < sources.Length; i++)
        {
            if (sources[i] >= 0)
            {
                Sse.Prefetch0(Left.Pointer + (sources[i] >> 6));
                Sse.Prefetch0(Seeds.Pointer + (targets[i] >> 6));
            }
        }
    }
}
