using ChainWatch.Heuristics;
using static ChainWatch.Tests.Heuristics.Spends;

namespace ChainWatch.Tests.Heuristics;

/// <summary>What holds for any movement, checked on random ones from fixed seeds.</summary>
public class CoinJoinPropertyTests
{
    private static readonly ulong[] Values = [0, 546, 100_000, 1_000_000, 8_388_608, 4_782_969, 3_188_646, 10_000_000, 10_000_000, 10_000_000];

    [Fact]
    public void Recognise_IsWhatTheSlowTwinSays()
    {
        HashSet<CoinJoinRule> seen = [];
        for (int seed = 0; seed < 4_000; seed++)
        {
            Movement movement = RandomMovement(new Random(seed));
            CoinJoinRule rule = CoinJoins.Recognise(movement);
            rule.ShouldBe(SlowCoinJoins.Recognise(movement), $"seed {seed}");
            seen.Add(rule);
        }

        seen.Order().ToArray().ShouldBe(Enum.GetValues<CoinJoinRule>(), "the random movements reach every rule");
    }

    [Fact]
    public void Recognise_DoesNotHeedOrder()
    {
        for (int seed = 0; seed < 1_000; seed++)
        {
            Random random = new(seed);
            Movement movement = RandomMovement(random);
            MovementInput[] inputs = [.. movement.Inputs];
            MovementOutput[] outputs = [.. movement.Outputs];
            random.Shuffle(inputs);
            random.Shuffle(outputs);
            CoinJoins.Recognise(movement with { Inputs = inputs, Outputs = outputs }).ShouldBe(CoinJoins.Recognise(movement), $"seed {seed}");
        }
    }

    [Fact]
    public void Recognise_OneOwner_IsNeverACoinJoin()
    {
        for (int seed = 0; seed < 1_000; seed++)
        {
            CoinJoins.Recognise(RandomMovement(new Random(seed)).OfOneOwner()).ShouldBe(CoinJoinRule.None, $"seed {seed}");
        }
    }

    [Fact]
    public void Recognise_AnotherOwnersInput_LeavesTheOpenRules()
    {
        int open = 0;
        for (int seed = 0; seed < 2_000; seed++)
        {
            Movement movement = RandomMovement(new Random(seed));
            CoinJoinRule rule = CoinJoins.Recognise(movement);
            if (rule is CoinJoinRule.JoinMarket or CoinJoinRule.EqualOutputs or CoinJoinRule.Wasabi1)
            {
                open++;
                CoinJoins.Recognise(movement with { Inputs = [.. movement.Inputs, In(77_777, Coin)] }).ShouldBeOneOf(rule, CoinJoinRule.Wasabi2);
            }
        }

        open.ShouldBeGreaterThan(50);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(10_000, 0)]
    [InlineData(0, 10_000)]
    [InlineData(10_000, 10_000)]
    public void NothingThrows_OnLargeOrEmptyMovements(int inputs, int outputs)
    {
        foreach (ulong value in new ulong[] { 0, 1, 5_000_000, ulong.MaxValue })
        {
            Movement movement = Of(inputs.Times(value), outputs.Times(value));
            CoinJoinRule expected = inputs > 0 && outputs > 0 && value == 5_000_000 ? CoinJoinRule.EqualOutputs : CoinJoinRule.None;
            CoinJoins.Recognise(movement).ShouldBe(expected);
            PayoutBatches.PayeesOf(movement).ShouldBe(inputs > 0 && expected == CoinJoinRule.None ? outputs : 0);
            PeelLinks.IsPeel(movement, At(1), At(2)).ShouldBeFalse();
        }
    }

    [Fact]
    public void Batch_AndCoinJoin_ExcludeEachOther()
    {
        for (int seed = 0; seed < 1_000; seed++)
        {
            Movement movement = RandomMovement(new Random(seed));
            (PayoutBatches.PayeesOf(movement) > 0 && CoinJoins.Recognise(movement) != CoinJoinRule.None).ShouldBeFalse();
        }
    }

    // Half of the movements come from a CoinJoin with one thing changed, since noise alone reaches no rule.
    private static Movement RandomMovement(Random random)
    {
        int size = random.Next(3, 14);
        ulong value = Values[random.Next(2, Values.Length)];
        Movement movement = random.Next(6) switch
        {
            0 => Of(size.Times(value + 600).Append(value), (size + 1).Times(value)),
            1 => Of((size + random.Next(3)).Times(value * 2), size.Times(value).Concat(Changes(size - random.Next(3)))),
            2 => Wasabi2(random.Next(15, 40), random.Next(20, 40), random.Next(30)),
            3 => Of((size + 9).Times(15_000_000), (size + 4).Times(10_000_000).Concat(Changes(random.Next(20)))),
            _ => Of(random.Next(12).Times(value), Enumerable.Range(0, random.Next(30)).Select(_ => Values[random.Next(Values.Length)])),
        };
        if (movement.Inputs.Count == 0 || movement.Outputs.Count == 0)
        {
            return movement;
        }

        int input = random.Next(movement.Inputs.Count);
        int output = random.Next(movement.Outputs.Count);
        return random.Next(10) switch
        {
            0 => movement.WithInput(input, i => i with { Owner = null }),
            1 => movement.WithInput(input, i => i with { Owner = movement.Inputs[0].Owner }),
            2 => movement.WithInput(input, i => i with { Value = Amount.Zero }),
            3 => movement.WithInput(input, i => i with { Owner = At(input, AddressKind.P2Sh) }),
            4 => movement.WithOutput(output, o => o with { Owner = null }),
            5 => movement.WithOutput(output, o => o with { Owner = movement.Inputs[input].Owner }),
            6 => movement.WithOutput(output, o => o with { Owner = movement.Outputs[0].Owner }),
            7 => movement.WithOutput(output, o => o with { Value = Amount.From(value) }),
            _ => movement,
        };
    }
}
