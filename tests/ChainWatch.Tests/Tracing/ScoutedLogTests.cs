using System.Buffers.Binary;
using ChainWatch.Graph;
using ChainWatch.Tracing;
using ChainWatch.Tracing.Engine;

namespace ChainWatch.Tests.Tracing;

/// <summary>A log that is long enough for two threads, with what the second one cannot foresee: positions with several transfers, degree crossings, direct dust; and one that it must not look at.</summary>
public class ScoutedLogTests
{
    private const int Transfers = 400_000;
    private const int Addresses = 60_000;
    private const int MaxHops = 6;
    private const int PairEvery = 100_000;

    [Theory]
    [InlineData(Direction.Received, 1)]
    [InlineData(Direction.Received, 8)]
    [InlineData(Direction.Sent, 1)]
    [InlineData(Direction.Sent, 8)]
    public void OnePass_ALongLog_AnswersAsTheLaneOfAllPositions(Direction direction, int lists)
    {
        LaneSpec[] specs = Specs(Chain.Ethereum, direction, lists, joined: false);
        specs[0].Question.Rules.Stops.Crossings.Length.ShouldBePositive();
        AScoutCanRun(specs).ShouldBe(Environment.ProcessorCount > 1, "a scout can run");
        Compare(specs);
    }

    // A movement has a number of its own where a plain transfer has an address: a scout would take it for one.
    [Theory]
    [InlineData(Direction.Received, 1)]
    [InlineData(Direction.Received, 8)]
    [InlineData(Direction.Sent, 1)]
    [InlineData(Direction.Sent, 8)]
    public void OnePass_ALongLogWithAFewMovementsOfSeveral_RunsWithoutAScout(Direction direction, int lists)
    {
        AScoutCanRun(Specs(Chain.Bitcoin, direction, lists, joined: false)).ShouldBe(Environment.ProcessorCount > 1, "but for the movements a scout could run");
        LaneSpec[] specs = Specs(Chain.Bitcoin, direction, lists, joined: true);
        specs[0].Question.Rules.Log.MultiCount.ShouldBePositive();
        AScoutCanRun(specs).ShouldBeFalse("a scout can run");
        Compare(specs).ShouldBePositive("steps by movements");
    }

    private static unsafe bool AScoutCanRun(LaneSpec[] specs) => new PassPlan([.. specs.Select(s => s.Question)]).Columns.Fresh is not null;

    // Gives the number of the plain lanes' steps that are by movements of several.
    private static int Compare(LaneSpec[] specs)
    {
        ChainLog log = specs[0].Question.Rules.Log;
        LaneBatch batch = new(specs, undoable: false, VectorPaths.Best);
        batch.Append(0, log.Groups.Length);
        int byMovements = 0;
        for (int list = 0; list < specs.Length; list++)
        {
            SparseLane plain = new(specs[list].Question, interest: null, undoable: false);
            plain.Append(0, log.Groups.Length);
            Lane lane = batch.Lanes[list];
            int[] reached = [.. plain.Reached()];
            reached.Length.ShouldBeGreaterThan(1000);
            lane.Reached().ShouldBe(reached, ignoreOrder: true);
            int unlike = 0;
            for (int address = 0; address < log.AddressTable.Length; address++)
            {
                unlike += plain.StateOf(address).Reach != lane.StateOf(address).Reach ? 1 : 0;
            }

            unlike.ShouldBe(0, $"list {list}");
            byMovements += Enumerable.Range(0, plain.StepCount).Count(s => log.Entries.MultiOf(plain.StepAt(s).Entry) >= 0);
        }

        return byMovements;
    }

    private static LaneSpec[] Specs(Chain chain, Direction direction, int lists, bool joined)
    {
        Random random = new(lists);
        LaneRules rules = new(Graph(random, chain, joined).Chains[0], new TraceRequest
        {
            From = [],
            MaxHops = MaxHops,
            Stops = new StopRule { MaxDegree = 400 },
            MinValues = new Dictionary<Asset, Amount> { [Asset.Native(chain)] = Amount.From(50) },
        });
        return [.. Enumerable.Range(0, lists).Select(list => Spec(rules, random, direction == Direction.Sent, isDesignated: list == 0))];
    }

    private static LaneSpec Spec(LaneRules rules, Random random, bool reversed, bool isDesignated)
    {
        int[] seeds = [.. Enumerable.Range(0, 40).Select(_ => random.Next(rules.Log.AddressTable.Length)).Distinct().Order()];
        return new LaneSpec(new LaneQuestion(rules, seeds, isDesignated ? [seeds[0], seeds[1]] : [], reversed, ThroughOpaque: false), KeptEvidence.Steps, Interest: null);
    }

    // Addresses come all along, who was paid pays on; a few hubs cross the limit, a few positions hold two transfers: apart, or
    // joined into a movement of two inputs and two outputs.
    private static TransferGraph Graph(Random random, Chain chain, bool joined)
    {
        using TransferGraphBuilder builder = new();
        int[] payees = new int[Transfers];
        Transfer before = default;
        for (int i = 0; i < Transfers; i++)
        {
            int known = 2 + (int)((long)i * (Addresses - 2) / Transfers);
            int paid = i - 1 - random.Next(random.Next(2) == 0 ? 2000 : 20_000);
            int from = paid >= 0 && random.Next(4) != 0 ? payees[paid] : random.Next(known);
            int to = random.Next(20) == 0 ? random.Next(6) : random.Next(3) == 0 ? known - 1 : random.Next(known);
            payees[i] = to;
            int place = i % PairEvery == 1 ? i - 1 : i;
            Transfer transfer = new(new ChainPosition(chain, place / 200, place % 200), AddressOf(chain, from), AddressOf(chain, to), Asset.Native(chain), Amount.From((ulong)random.Next(1000)), Tx: null, Time: null);
            if (!joined || i % PairEvery > 1)
            {
                builder.Add(transfer, default);
            }
            else if (place < i)
            {
                builder.Add(Joined(before, transfer));
            }

            before = transfer;
        }

        return builder.Build();
    }

    private static Movement Joined(params Transfer[] transfers) => new()
    {
        Position = transfers[0].Position,
        Asset = transfers[0].Asset,
        Inputs = [.. transfers.Select(t => new MovementInput(t.From, t.Value))],
        Outputs = [.. transfers.Select(t => new MovementOutput(t.To, t.Value))],
    };

    private static Address AddressOf(Chain chain, int number)
    {
        Span<byte> payload = stackalloc byte[20];
        BinaryPrimitives.WriteInt32BigEndian(payload[16..], number + 1);
        return Address.FromPayload(chain, chain.IsEvm ? AddressKind.Evm : AddressKind.P2Wpkh, payload);
    }
}
