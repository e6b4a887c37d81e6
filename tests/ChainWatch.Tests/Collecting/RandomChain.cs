using ChainWatch.Graph;
using ChainWatch.Labels;
using ChainWatch.Lists;
using ChainWatch.Sources;
using ChainWatch.Tests.Tracing;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Collecting;

/// <summary>A small random chain as a node has it (every transfer with its transaction and index), and a question about it. Reproducible from its number.</summary>
internal sealed class RandomChain
{
    private readonly Random _random;

    public RandomChain(int number)
    {
        _random = new Random(number);
        Addresses = [.. Enumerable.Range(1, _random.Next(4, 11)).Select(RandomCase.AddressAt)];
        long last = FirstBlock + _random.Next(2, 9);
        for (long block = FirstBlock; block <= last; block++)
        {
            int transactions = _random.Next(0, 4);
            for (int index = 0; index < transactions; index++)
            {
                MakeTransaction(block, index);
            }
        }

        Labels = [.. Addresses.Where(_ => _random.Next(4) == 0).Select(a => new StopLabel(a, (StopCategory)_random.Next(Enum.GetValues<StopCategory>().Length), "random", "test"))];
        LastBlock = last;
        Request = new TraceRequest
        {
            From = [AddressList.Of("case", Pick(), Pick()), AddressList.Of("other", Pick())],
            To = _random.Next(3) == 0 ? [] : [Pick(), Pick()],
            MaxHops = _random.Next(1, 6),
            Direction = _random.Next(3) switch { 0 => Direction.Received, 1 => Direction.Sent, _ => Direction.Both },
            Stops = new StopRule { Lists = [new StopList("random", Labels)] },
            MinValues = new Dictionary<Asset, Amount> { [RandomCase.Coin] = RandomCase.Minimum },
        };
        // How many transfers an address has is known of fetched addresses alone, and without wallets the last ring is not fetched.
        if (Request.To.Count > 0 && _random.Next(4) == 0)
        {
            Request = Request with { Stops = Request.Stops with { MaxDegree = _random.Next(1, 6) } };
        }
    }

    public static long FirstBlock => 100;

    public long LastBlock { get; }

    public IReadOnlyList<Address> Addresses { get; }

    public List<Transfer> Transfers { get; } = [];

    public IReadOnlyList<StopLabel> Labels { get; }

    public TraceRequest Request { get; }

    public FakeChain Source => new(Transfers, FirstBlock, LastBlock) { BlocksPerQuery = 3, AddressesPerQuery = 2 };

    /// <summary>Everything, as if read at once.</summary>
    public TransferGraph Graph()
    {
        TransferGraphBuilder builder = new();
        builder.AddChain(Chain.Ethereum);
        Transfers.ForEach(t => builder.Add(t));
        return builder.Build();
    }

    private void MakeTransaction(long block, int index)
    {
        byte[] hash = new byte[32];
        _random.NextBytes(hash);
        int transfers = _random.Next(3) == 0 ? _random.Next(2, 5) : 1;
        for (int i = 0; i < transfers; i++)
        {
            Asset asset = _random.Next(10) == 0 ? RandomCase.Fake : RandomCase.Coin;
            Amount value = Amount.From(_random.Next(8) switch { 0 => 0UL, 1 => 5UL, _ => (ulong)_random.Next(10, 13) });
            Transfer transfer = new(new ChainPosition(Chain.Ethereum, block, index), Pick(), Pick(), asset, value, TxId.FromBytes(hash), FakeChain.Genesis.AddMinutes(block), asset.IsNative && i > 0);
            Transfers.AddRange(Enumerable.Repeat(transfer, _random.Next(5) == 0 ? 2 : 1));
        }
    }

    private Address Pick() => Addresses[_random.Next(Addresses.Count)];
}
