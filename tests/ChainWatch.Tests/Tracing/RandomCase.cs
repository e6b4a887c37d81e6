using ChainWatch.Graph;
using ChainWatch.Labels;
using ChainWatch.Lists;
using ChainWatch.Sources;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Tracing;

/// <summary>
/// A small random temporal graph with everything that can go wrong: positions shared by several transfers, blocks without
/// order (with and without transaction hashes), movements with several inputs, stops of the three kinds, dust, zero
/// values, tokens, two lists, a degree limit. Reproducible from its number.
/// </summary>
internal sealed class RandomCase
{
    public static readonly Chain Chain = Chain.Ethereum;
    public static readonly Asset Coin = Asset.Native(Chain);
    public static readonly Asset Fake = Asset.Token(AddressAt(0xFA));
    public static readonly Amount Minimum = Amount.From(10);
    private static readonly Address Zero = Address.FromPayload(Chain, AddressKind.Evm, new byte[20]);
    private readonly Random _random;
    private readonly IReadOnlyList<Address> _payers;

    /// <param name="number">Which case.</param>
    /// <param name="strict">Whether only proven order is asked for.</param>
    /// <param name="scale">So many times as many addresses and blocks.</param>
    public RandomCase(int number, bool strict = false, int scale = 1)
    {
        Number = number;
        _random = new Random(number);
        int addresses = _random.Next(3, 8) * scale;
        MaxHops = _random.Next(1, 5);
        MaxDegree = _random.Next(3) == 0 ? _random.Next(1, 5) : null;
        Strict = strict;
        Addresses = [.. Enumerable.Range(1, addresses).Select(AddressAt)];
        _payers = _random.Next(8) == 0 ? [.. Addresses, Zero] : Addresses;
        foreach (Address address in Addresses)
        {
            if (_random.Next(4) == 0)
            {
                StopCategory category = (StopCategory)_random.Next(Enum.GetValues<StopCategory>().Length);
                Labels.Add(new StopLabel(address, category, "random", "test"));
            }
        }

        MakeMovements(scale);
    }

    public int Number { get; }

    public IReadOnlyList<Address> Addresses { get; }

    public List<StopLabel> Labels { get; } = [];

    public List<Movement> Movements { get; } = [];

    public int MaxHops { get; }

    public int? MaxDegree { get; }

    public bool Strict { get; }

    public static Address AddressAt(int i)
    {
        Span<byte> bytes = stackalloc byte[20];
        bytes[0] = 0xA0;
        bytes[19] = (byte)i;
        return Address.FromPayload(Chain, AddressKind.Evm, bytes);
    }

    /// <summary>The graph of the movements, in the order made or in another, of all blocks or only of those before one.</summary>
    public TransferGraph Graph(int? shuffle = null, long beforeBlock = long.MaxValue)
    {
        TransferGraphBuilder builder = new();
        Movement[] order = [.. Movements.Where(m => m.Position.Block < beforeBlock)];
        if (shuffle is int seed)
        {
            new Random(seed).Shuffle(order);
        }

        SendTo(builder, order);
        return builder.Build();
    }

    /// <summary>Sends some of the movements, each in one of the forms in which it can be told.</summary>
    public void SendTo(ITransferSink sink, IEnumerable<Movement> movements)
    {
        foreach (Movement m in movements)
        {
            // A movement with one input and one output is also a plain transfer; both forms must mean the same.
            bool canBePlain = m.Inputs is [{ Owner: not null }] && m.Outputs is [{ Owner: not null }];
            if (canBePlain && (Number + m.Position.Block) % 4 != 0)
            {
                sink.Add(new Transfer(m.Position, m.Inputs[0].Owner!.Value, m.Outputs[0].Owner!.Value, m.Asset, m.Outputs[0].Value, m.Tx));
            }
            else
            {
                sink.Add(m);
            }
        }
    }

    public TraceRequest Request(IReadOnlyList<AddressList> from, Direction direction, params IReadOnlyList<Address> to) => new()
    {
        From = from,
        To = to,
        MaxHops = MaxHops,
        Direction = direction,
        Stops = new StopRule { Lists = [new StopList("random", Labels)], MaxDegree = MaxDegree },
        MinValues = new Dictionary<Asset, Amount> { [Coin] = Minimum },
        StrictOrder = Strict,
    };

    /// <summary>Two lists with one or two addresses each; the first is a sanctions list, so that dust from it counts.</summary>
    public IReadOnlyList<AddressList> Lists()
    {
        Random random = new(Number + 1);
        Address Pick() => Addresses[random.Next(Addresses.Count)];
        Address[] designated = [.. new[] { Pick(), Pick() }.Take(random.Next(1, 3)).Distinct().Order()];
        return
        [
            new AddressList("designated", new DateOnly(2026, 1, 1), [.. designated.Select(a => Designated("designated", a))]),
            AddressList.Of("own case", Pick()),
        ];
    }

    /// <summary>An address as a sanctions list names it.</summary>
    public static Designation Designated(string list, Address address) => new()
    {
        List = list,
        Address = address,
        Authority = Authority.Ofac,
        Document = new SourceDocument("test", null, "", IssuerText.Yes),
        MaySeed = true,
        CameOn = DateBounds.On(new DateOnly(2020, 1, 1)),
    };

    private void MakeMovements(int scale)
    {
        int blocks = _random.Next(1, 6) * scale;
        for (int block = 0; block < blocks; block++)
        {
            bool ordered = _random.Next(3) > 0;
            int transactions = _random.Next(1, 4);
            for (int index = 0; index < transactions; index++)
            {
                // Without order the hash may be known or not; with order it need not be.
                TxId? tx = _random.Next(2) == 0 ? Tx(block, index) : null;
                int? position = ordered || _random.Next(6) == 0 ? index : null;
                int transfers = _random.Next(2) == 0 ? _random.Next(2, 4) : 1;
                for (int i = 0; i < transfers; i++)
                {
                    Movements.Add(MakeMovement(new ChainPosition(Chain, block, position), tx));
                }
            }
        }
    }

    private Movement MakeMovement(ChainPosition position, TxId? tx)
    {
        bool multi = _random.Next(6) == 0;
        int inputs = multi ? _random.Next(0, 4) : 1;
        int outputs = multi ? _random.Next(1, 4) : 1;
        return new Movement
        {
            Position = position,
            Tx = tx,
            Asset = !multi && _random.Next(10) == 0 ? Fake : Coin,
            Inputs = [.. Enumerable.Range(0, inputs).Select(_ => new MovementInput(multi && _random.Next(8) == 0 ? null : Pick(), Amount.From((ulong)_random.Next(4))))],
            Outputs = [.. Enumerable.Range(0, outputs).Select(_ => new MovementOutput(multi && _random.Next(8) == 0 ? null : Pick(), Value()))],
        };
    }

    private Address Pick() => _payers[_random.Next(_payers.Count)];

    private Amount Value() => Amount.From(_random.Next(8) switch { 0 => 0UL, 1 => 5UL, _ => (ulong)_random.Next(10, 40) });

    private static TxId Tx(int block, int index)
    {
        byte[] bytes = new byte[32];
        (bytes[0], bytes[1], bytes[2]) = ((byte)(block + 1), (byte)(index + 1), (byte)((block + 1) >> 8));
        return TxId.FromBytes(bytes);
    }
}
