using System.Buffers.Binary;
using ChainWatch.Graph;
using ChainWatch.Tracing;
using ChainWatch.Tracing.Engine;

namespace ChainWatch.Tests.Tracing;

/// <summary>A log that is long enough for two threads, with what the second one cannot foresee: positions with several transfers, degree crossings, direct dust.</summary>
public class ScoutedLogTests
{
    private const int Transfers = 400_000;
    private const int Addresses = 60_000;
    private const int MaxHops = 6;

    [Theory]
    [InlineData(Direction.Received, 1)]
    [InlineData(Direction.Received, 8)]
    [InlineData(Direction.Sent, 1)]
    [InlineData(Direction.Sent, 8)]
    public unsafe void OnePass_ALongLog_AnswersAsTheLaneOfAllPositions(Direction direction, int lists)
    {
        Random random = new(lists);
        ChainLog log = Graph(random).Chains[0];
        TraceRequest request = new()
        {
            From = [],
            MaxHops = MaxHops,
            Stops = new StopRule { MaxDegree = 400 },
            MinValues = new Dictionary<Asset, Amount> { [Asset.Native(Chain.Ethereum)] = Amount.From(50) },
        };
        LaneRules rules = new(log, request);
        LaneSpec[] specs = [.. Enumerable.Range(0, lists).Select(list => Spec(rules, random, direction == Direction.Sent, isDesignated: list == 0))];
        rules.Stops.Crossings.Length.ShouldBePositive();
        if (Environment.ProcessorCount > 1 && VectorPaths.Best != VectorPath.Portable)
        {
            (new PassPlan([.. specs.Select(s => s.Question)]).Columns.Fresh is not null).ShouldBeTrue("a scout can run");
        }

        LaneBatch batch = new(specs, undoable: false, VectorPaths.Best);
        batch.Append(0, log.Groups.Length);
        for (int list = 0; list < lists; list++)
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
        }
    }

    private static LaneSpec Spec(LaneRules rules, Random random, bool reversed, bool isDesignated)
    {
        int[] seeds = [.. Enumerable.Range(0, 40).Select(_ => random.Next(rules.Log.AddressTable.Length)).Distinct().Order()];
        return new LaneSpec(new LaneQuestion(rules, seeds, isDesignated ? [seeds[0], seeds[1]] : [], reversed, ThroughOpaque: false), KeptEvidence.Steps, Interest: null);
    }

    // Addresses come all along, who was paid pays on; a few hubs cross the limit, a few positions hold two transfers.
    private static TransferGraph Graph(Random random)
    {
        using TransferGraphBuilder builder = new();
        int[] payees = new int[Transfers];
        for (int i = 0; i < Transfers; i++)
        {
            int known = 2 + (int)((long)i * (Addresses - 2) / Transfers);
            int paid = i - 1 - random.Next(random.Next(2) == 0 ? 2000 : 20_000);
            int from = paid >= 0 && random.Next(4) != 0 ? payees[paid] : random.Next(known);
            int to = random.Next(20) == 0 ? random.Next(6) : random.Next(3) == 0 ? known - 1 : random.Next(known);
            payees[i] = to;
            int place = i % 100_000 == 1 ? i - 1 : i;
            builder.Add(
                new Transfer(new ChainPosition(Chain.Ethereum, place / 200, place % 200), AddressOf(from), AddressOf(to), Asset.Native(Chain.Ethereum), Amount.From((ulong)random.Next(1000)), Tx: null, Time: null),
                default);
        }

        return builder.Build();
    }

    private static Address AddressOf(int number)
    {
        Span<byte> payload = stackalloc byte[20];
        BinaryPrimitives.WriteInt32BigEndian(payload[16..], number + 1);
        return Address.FromPayload(Chain.Ethereum, AddressKind.Evm, payload);
    }
}
