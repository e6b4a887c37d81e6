namespace ChainWatch.Benchmarks;

/// <summary>
/// A made-up transfer graph with the shape of a real one: few hubs with very many transfers (exchanges, born over time,
/// Zipf-like weights), peel chains (a recent receiver pays on), fresh addresses, activity that grows over ten years, bursts.
/// The same sizes give the same graph.
/// </summary>
public sealed class SyntheticGraph
{
    public const uint FirstTime = 1420070400; // 1 January 2015
    public const int BlockSeconds = 12;
    private const int HubsMax = 2000;
    private const double Seconds = 10 * 365.25 * 86400;
    private const uint NotBorn = uint.MaxValue;
    private readonly SplitMix _random;
    private readonly ulong _addresses;
    private readonly double[] _hubWeights = new double[HubsMax];
    private readonly double[] _hubBirths = new double[HubsMax];
    private readonly uint[] _hubs = new uint[HubsMax];
    private readonly bool[] _isHub;
    private uint _used = 2;

    private SyntheticGraph(int addresses, int transfers, ulong randomSeed)
    {
        _addresses = (ulong)addresses;
        _random = new SplitMix(randomSeed);
        _isHub = new bool[addresses];
        From = new uint[transfers];
        To = new uint[transfers];
        Time = new uint[transfers];
        Value = new double[transfers];
        Seeds = [];
    }

    /// <summary>Who paid, by transfer in order.</summary>
    public uint[] From { get; }

    /// <summary>Who was paid.</summary>
    public uint[] To { get; }

    /// <summary>When, in seconds of Unix time: multiples of a block's 12 seconds, ascending.</summary>
    public uint[] Time { get; }

    /// <summary>How much, in whole coins.</summary>
    public double[] Value { get; }

    /// <summary>Addresses to trace from, ascending: each pays at least once, and none is a hub.</summary>
    public uint[] Seeds { get; private set; }

    /// <summary>Makes a graph.</summary>
    public static SyntheticGraph Make(int addresses, int transfers, ulong randomSeed = 20260101, int seeds = 2000)
    {
        SyntheticGraph graph = new(addresses, transfers, randomSeed);
        graph.PlanHubs();
        graph.MakeTransfers();
        graph.ChooseSeeds(seeds);
        return graph;
    }

    private void PlanHubs()
    {
        _isHub[0] = _isHub[1] = true;
        Array.Fill(_hubs, NotBorn);
        double sum = 0;
        for (int i = 0; i < HubsMax; i++)
        {
            sum += Math.Pow(i + 1, -0.95);
            _hubWeights[i] = sum;
            _hubBirths[i] = i < 20 ? _random.Unit() * 0.05 : _random.Unit() * 0.6;
        }
    }

    private bool TryPickHub(double fraction, out uint hub)
    {
        for (int tries = 0; tries < 4; tries++)
        {
            double weight = _random.Unit() * _hubWeights[^1];
            int i = Array.BinarySearch(_hubWeights, weight);
            i = Math.Min(i < 0 ? ~i : i, HubsMax - 1);
            if (_hubBirths[i] > fraction || (_hubs[i] == NotBorn && _used >= _addresses))
            {
                continue;
            }

            if (_hubs[i] == NotBorn)
            {
                _hubs[i] = _used++;
                _isHub[_hubs[i]] = true;
            }

            hub = _hubs[i];
            return true;
        }

        hub = 0;
        return false;
    }

    private void MakeTransfers()
    {
        ulong transfers = (ulong)From.Length;
        double elapsed = 0;
        double burst = 1;
        ulong burstLeft = 0;
        for (ulong i = 0; i < transfers; i++)
        {
            double fraction = (double)i / transfers;
            if (burstLeft == 0 && _random.Unit() < 1e-5)
            {
                burst = 0.05;
                burstLeft = 2000 + _random.Below(20000);
            }

            double rate = 0.5 / Math.Sqrt(fraction + 1e-4) / transfers * Seconds;
            double step = rate * (burstLeft > 0 ? burst : 1.08);
            burstLeft -= burstLeft > 0 ? 1UL : 0;
            elapsed += step;
            Time[i] = FirstTime + ((uint)(Math.Min(elapsed, Seconds) / BlockSeconds) * BlockSeconds);
            double choice = _random.Unit();
            (From[i], To[i]) = i < 16 ? (0u, 1u) : Pair(i, fraction, choice);
            double bell = _random.Unit() + _random.Unit() + _random.Unit() - 1.5;
            Value[i] = Math.Exp(4 * bell * 1.5) * 10;
        }
    }

    private (uint From, uint To) Pair(ulong i, double fraction, double choice)
    {
        ulong transfers = (ulong)From.Length;
        ulong window = Math.Min(i, Math.Max(1000, transfers / 200));
        uint from = choice < 0.14 && TryPickHub(fraction, out uint hub) ? hub
            : choice < 0.62 ? To[i - 1 - ((ulong)(window * _random.Unit() * _random.Unit() * _random.Unit()) % i)]
            : choice < 0.85 ? To[_random.Below(i)]
            : choice < 0.93 ? From[_random.Below(i)]
            : (uint)_random.Below(_used);
        if (choice >= 0.14 && _isHub[from] && _random.Unit() < 0.8)
        {
            from = (uint)_random.Below(_used);
        }

        ulong quota = Math.Max(2, Math.Min(_addresses, (ulong)(_addresses * Math.Pow(fraction + (1.0 / transfers), 0.95)) + 2));
        choice = _random.Unit();
        uint to = choice < 0.24 && TryPickHub(fraction, out hub) ? hub
            : _used < quota || (choice < 0.30 && _used < _addresses) ? _used++
            : choice < 0.62 ? To[_random.Below(i)]
            : choice < 0.85 ? From[i - 1 - (_random.Below(Math.Max(1, window)) % i)]
            : (uint)_random.Below(_used);
        if (choice >= 0.30 && _isHub[to] && _random.Unit() < 0.8)
        {
            to = (uint)_random.Below(_used);
        }

        to = to == from ? (uint)_random.Below(_used) : to;
        return (from, to == from ? (from + 1) % _used : to);
    }

    private void ChooseSeeds(int count)
    {
        int[] degree = new int[_addresses];
        int[] payments = new int[_addresses];
        for (int i = 0; i < From.Length; i++)
        {
            degree[From[i]]++;
            degree[To[i]]++;
            payments[From[i]]++;
        }

        int payers = payments.Where((paid, address) => paid > 0 && degree[address] < 1000).Count();
        if (payers < count)
        {
            throw new InvalidOperationException($"only {payers} addresses can be seeds; {count} are wanted");
        }

        SplitMix random = new(42);
        SortedSet<uint> seeds = [];
        while (seeds.Count < count)
        {
            uint address = (uint)random.Below(_used);
            if (payments[address] >= 1 && degree[address] < 1000)
            {
                seeds.Add(address);
            }
        }

        Seeds = [.. seeds];
    }
}
