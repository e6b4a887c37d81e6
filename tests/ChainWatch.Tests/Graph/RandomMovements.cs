using ChainWatch.Sources;
using ChainWatch.Tests.Graph.Building;

namespace ChainWatch.Tests.Graph;

/// <summary>
/// Random movements of both kinds on some chains, with everything that can make their order hard: shared positions, blocks
/// without order, equal rows from files and from nodes, wide amounts, hashes known or not, outpoints, text addresses.
/// </summary>
internal sealed class RandomMovements
{
    private readonly Random _random;
    private readonly int _seed;
    private readonly string[] _files = ["b.csv", "a.csv", "c.csv"];

    public RandomMovements(int seed)
    {
        (_random, _seed) = (new Random(seed), seed);
        int chains = _random.Next(1, 4);
        foreach (Chain chain in new[] { Chain.Ethereum, Chain.Bitcoin, Chain.Evm(137) }.Take(chains))
        {
            MakeChain(chain);
        }
    }

    /// <summary>What is added: each takes the sink.</summary>
    public List<Action<ITransferSink>> Rows { get; } = [];

    /// <summary>What the sources say.</summary>
    public IEnumerable<SourceCoverage> Coverages => _files.Select(f => new SourceCoverage { Name = f, Kind = "test", Gaps = [new CoverageGap(GapKind.NotDeclaredComplete, "nobody said")] });

    private void MakeChain(Chain chain)
    {
        Address[] addresses = new RandomAddresses(chain, _seed).Take(_random.Next(2, 40));
        if (chain.IsEvm && _random.Next(2) == 0)
        {
            addresses[0] = Address.FromPayload(chain, AddressKind.Evm, new byte[20]);
        }

        Asset[] assets = [Asset.Native(chain), .. chain.IsEvm ? new[] { Asset.Token(addresses[^1]), Asset.Token(addresses[1]) } : []];
        bool contradicts = _random.Next(8) == 0;
        bool isOrdered = _random.Next(3) == 0;
        bool isPlain = _random.Next(4) == 0;
        int blocks = _random.Next(1, 60);
        List<(TxId Tx, int Outputs)> made = [];
        for (long block = 0; block < blocks; block++)
        {
            long height = block * _random.Next(1, 3) * (_random.Next(50) == 0 ? 1L << 50 : 1);
            if (!isOrdered || block * 3 >= height)
            {
                MakeBlock(chain, addresses, assets, isOrdered ? block : height, isOrdered, isPlain, contradicts, made);
            }
        }

        for (int i = _random.Next(3); i > 0; i--)
        {
            Address contract = _random.Next(4) == 0 ? new RandomAddresses(chain, _seed + 99).Next() : addresses[_random.Next(addresses.Length)];
            Rows.Add(sink => sink.AddContract(contract));
        }
    }

    private void MakeBlock(Chain chain, Address[] addresses, Asset[] assets, long height, bool isOrdered, bool isPlain, bool contradicts, List<(TxId Tx, int Outputs)> made)
    {
        bool isKnown = isOrdered || _random.Next(3) > 0;
        int transactions = _random.Next(1, 6);
        for (int index = 0; index < transactions; index++)
        {
            TxId tx = Tx(chain, height, index);
            bool tells = !isPlain && _random.Next(2) == 0;
            int rows = isOrdered && _random.Next(4) > 0 ? 1 : _random.Next(1, 4);
            for (int row = 0; row < rows; row++)
            {
                int? at = isKnown || _random.Next(3) == 0 ? index : null;
                TxId? told = tells || (!isPlain && _random.Next(4) == 0) ? tx : null;
                if (contradicts && told is not null && _random.Next(200) == 0)
                {
                    told = Tx(chain, _random.Next(3), _random.Next(3));
                }

                DateTimeOffset? time = _random.Next(3) == 0 ? new DateTimeOffset(2020, 1, 1, 0, 0, _random.Next(4), TimeSpan.Zero).AddSeconds(10 * (height % 100_000)) : null;
                RowOrigin origin = !isPlain && _random.Next(2) == 0 ? new RowOrigin(_files[_random.Next(_files.Length)], Rows.Count + 2) : default;
                ChainPosition position = new(chain, height, at);
                if (!isPlain && _random.Next(chain.IsBitcoin ? 2 : 12) == 0)
                {
                    Add(MakeMovement(position, told, time, addresses, assets[0], made), origin);
                }
                else
                {
                    Transfer transfer = new(position, Pick(addresses), Pick(addresses), assets[_random.Next(5) == 0 ? _random.Next(assets.Length) : 0], isPlain ? Amount.From((ulong)_random.Next(1000)) : Value(), told, time, !isPlain && _random.Next(6) == 0);
                    Add(transfer, origin);
                }
            }
        }
    }

    private void Add(Transfer transfer, RowOrigin origin)
    {
        for (int copies = _random.Next(6) == 0 ? 2 : 1; copies > 0; copies--)
        {
            Rows.Add(sink => sink.Add(transfer, origin));
        }
    }

    private void Add(Movement movement, RowOrigin origin)
    {
        for (int copies = _random.Next(6) == 0 ? 2 : 1; copies > 0; copies--)
        {
            Rows.Add(sink => sink.Add(movement, origin));
        }
    }

    private Movement MakeMovement(ChainPosition position, TxId? tx, DateTimeOffset? time, Address[] addresses, Asset asset, List<(TxId Tx, int Outputs)> made)
    {
        MovementInput[] inputs = [.. Enumerable.Range(0, _random.Next(0, 4)).Select(_ => _random.Next(4) switch
        {
            0 when made.Count > 0 && made[_random.Next(made.Count)] is var (maker, outputs) && outputs > 0 => new MovementInput(null, Amount.Zero, new OutPoint(maker, _random.Next(outputs))),
            1 => new MovementInput(null, Value()),
            2 => new MovementInput(null, Value(), null, IsWithoutAddress: true),
            _ => new MovementInput(Pick(addresses), Value()),
        })];
        int count = _random.Next(0, 4);
        bool tellsOutPoints = tx is not null && _random.Next(3) > 0 && !made.Exists(m => m.Tx == tx);
        MovementOutput[] paid = [.. Enumerable.Range(0, count).Select(i => new MovementOutput(_random.Next(6) == 0 ? null : Pick(addresses), Small(), tellsOutPoints ? new OutPoint(tx!.Value, i) : null))];
        if (tellsOutPoints && count > 0)
        {
            made.Add((tx!.Value, count));
        }

        return new Movement { Position = position, Asset = asset, Tx = tx, Time = time, Inputs = inputs, Outputs = paid };
    }

    private Address Pick(Address[] addresses) => addresses[_random.Next(3) == 0 ? 0 : _random.Next(addresses.Length)];

    private Amount Small() => Amount.From((ulong)_random.Next(1, 1000));

    private Amount Value() => _random.Next(8) switch
    {
        0 => Amount.Zero,
        1 => Amount.From((1UL << 63) - 1),
        2 => Amount.From(1UL << 63),
        3 => Amount.From(ulong.MaxValue) + Amount.From((ulong)_random.Next(3)),
        4 => Amount.MaxValue - Amount.From((ulong)_random.Next(3)),
        _ => Small(),
    };

    // Bitcoin's hashes may come again in another block.
    private static TxId Tx(Chain chain, long height, int index)
    {
        byte[] bytes = new byte[32];
        (bytes[0], bytes[31]) = ((byte)(chain.IsBitcoin ? height % 50 : height + 1), (byte)(index + 1));
        BitConverter.TryWriteBytes(bytes.AsSpan(8), chain.IsBitcoin ? height % 50 : height);
        return TxId.FromBytes(bytes);
    }
}
