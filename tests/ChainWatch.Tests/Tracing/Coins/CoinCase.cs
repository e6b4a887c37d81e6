using ChainWatch.Graph;
using ChainWatch.Heuristics;
using ChainWatch.Labels;
using ChainWatch.Lists;
using ChainWatch.Tests.Heuristics;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Tracing.Coins;

/// <summary>
/// A small random chain of UTXO transactions: inputs spend outputs of earlier transactions or of unknown ones, told whole or
/// left open; outputs without an address, change to itself, zero values and dust; blocks with and without order; stops, a
/// degree limit, and on request CoinJoins. Reproducible from its number.
/// </summary>
internal sealed class CoinCase
{
    public static readonly Asset Bitcoin = Asset.Native(Chain.Bitcoin);
    public static readonly Amount Minimum = Amount.From(10_000);
    private readonly Random _random;
    private readonly List<(MovementOutput Output, OutPoint Point)> _unspent = [];

    private readonly bool _unknownOwners;

    public CoinCase(int number, bool coinJoins = false, bool stops = true, bool unknownOwners = true)
    {
        _random = new Random(number);
        _unknownOwners = unknownOwners;
        Addresses = [.. Enumerable.Range(1, coinJoins ? 8 : _random.Next(3, 9)).Select(i => Spends.At(i))];
        Labels = stops
            ? [.. Addresses.Where(_ => _random.Next(5) == 0).Select(a => new StopLabel(a, (StopCategory)_random.Next(Enum.GetValues<StopCategory>().Length), "random", "test"))]
            : [];
        Make(coinJoins);
        Seeds = [.. new[] { Pick(), Pick() }.Take(_random.Next(1, 3)).Distinct()];
        Request = new TraceRequest
        {
            From = [AddressList.Of("case", Seeds)],
            MaxHops = _random.Next(1, 7),
            Stops = new StopRule { Lists = [new StopList("random", Labels)], MaxDegree = stops && _random.Next(3) == 0 ? _random.Next(1, 5) : null },
            MinValues = _random.Next(2) == 0 ? new Dictionary<Asset, Amount> { [Bitcoin] = Minimum } : new Dictionary<Asset, Amount>(),
            StrictOrder = _random.Next(6) == 0,
            ThroughCoinJoin = coinJoins && _random.Next(3) == 0,
        };
    }

    public IReadOnlyList<Address> Addresses { get; }

    public IReadOnlyList<StopLabel> Labels { get; }

    public Address[] Seeds { get; }

    public TraceRequest Request { get; }

    /// <summary>As they are.</summary>
    public List<Movement> Movements { get; } = [];

    /// <summary>As they are told: some owners and values are left open.</summary>
    public List<Movement> Told { get; } = [];

    public TransferGraph Graph(IEnumerable<Movement>? movements = null)
    {
        TransferGraphBuilder builder = new();
        builder.AddChain(Chain.Bitcoin);
        foreach (Movement movement in movements ?? Told)
        {
            builder.Add(movement);
        }

        return builder.Build();
    }

    private void Make(bool coinJoins)
    {
        int transactions = _random.Next(5, 15);
        long block = 100;
        int index = 0;
        bool ordered = _random.Next(3) > 0;
        for (int i = 0; i < transactions; i++)
        {
            if (i > 0 && _random.Next(2) == 0)
            {
                (block, index, ordered) = (block + _random.Next(1, 3), 0, _random.Next(3) > 0);
            }

            byte[] hash = new byte[32];
            _random.NextBytes(hash);
            Movement bare = new()
            {
                // A block has order where all its transactions have an index.
                Position = new ChainPosition(Chain.Bitcoin, block, ordered ? index++ : null),
                Asset = Bitcoin,
                Tx = TxId.FromBytes(hash),
                Time = DateTimeOffset.UnixEpoch.AddDays(block),
            };
            Add(coinJoins && _random.Next(3) == 0 ? CoinJoin(bare) : Payment(bare));
        }
    }

    private void Add(Movement movement)
    {
        movement = movement with { Outputs = [.. movement.Outputs.Select((o, n) => o with { OutPoint = new OutPoint(movement.Tx!.Value, n) })] };
        Movements.Add(movement);
        Told.Add(movement with { Inputs = [.. movement.Inputs.Select(Tell)] });
        _unspent.AddRange(movement.Outputs.Select(o => (o, o.OutPoint!.Value)));
    }

    // What a source leaves open the outputs at hand tell; of unknown outputs, only the source can tell.
    private MovementInput Tell(MovementInput input) => _random.Next(3) > 0 || !Movements.Exists(m => m.Outputs.Any(o => o.OutPoint == input.OutPoint))
        ? input
        : _random.Next(2) == 0 ? new MovementInput(null, Amount.Zero, input.OutPoint) : input with { Value = Amount.Zero };

    private Movement Payment(Movement bare)
    {
        MovementInput[] inputs = [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Spend(_random.Next(4) > 0 ? _unspent : []))];
        MovementOutput Pay() => new(
            _random.Next(10) switch { 0 => null, 1 or 2 when inputs[0].Owner is not null => inputs[0].Owner, _ => Pick() },
            Amount.From(_random.Next(10) switch { 0 => 0UL, 1 or 2 => 6_000, _ => (ulong)_random.Next(10_000, 40_000) }));
        return bare with { Inputs = inputs, Outputs = [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Pay())] };
    }

    // JoinMarket with three parties: three equal outputs to people of their own, a change to each payer.
    private Movement CoinJoin(Movement bare)
    {
        Address[] people = [.. Addresses];
        _random.Shuffle(people);
        MovementInput[] inputs = [.. people.Take(3).Select(p => Spend([.. _unspent.Where(u => u.Output.Owner == p && u.Output.Value > Amount.From(20_000))], p))];
        MovementOutput[] equal = [.. people.Skip(3).Take(3).Select(p => new MovementOutput(p, Amount.From(20_000)))];
        MovementOutput[] changes = [.. people.Take(3).Select((p, i) => new MovementOutput(p, Amount.From(10_001 + ((ulong)i * 7))))];
        Movement round = bare with { Inputs = inputs, Outputs = [.. equal, .. changes] };
        CoinJoins.Recognise(round).ShouldBe(CoinJoinRule.JoinMarket);
        return round;
    }

    private MovementInput Spend(List<(MovementOutput Output, OutPoint Point)> from, Address? owner = null)
    {
        if (from.Count > 0)
        {
            // Often the newest: so coins go far.
            (MovementOutput output, OutPoint point) = from[_random.Next(2) == 0 ? from.Count - 1 : _random.Next(from.Count)];
            _unspent.RemoveAll(u => u.Point == point);
            return new MovementInput(output.Owner, output.Value, point, output.Owner is null);
        }

        byte[] hash = new byte[32];
        _random.NextBytes(hash);
        bool isUnknown = _unknownOwners && owner is null && _random.Next(6) == 0;
        return new MovementInput(isUnknown ? null : owner ?? Pick(), isUnknown ? Amount.Zero : Amount.From(50_000), new OutPoint(TxId.FromBytes(hash), 0));
    }

    private Address Pick() => Addresses[_random.Next(Addresses.Count)];
}
