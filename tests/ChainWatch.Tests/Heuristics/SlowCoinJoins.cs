using System.Numerics;
using ChainWatch.Heuristics;

namespace ChainWatch.Tests.Heuristics;

/// <summary>The rules of docs/bitcoin.md written for reading, to check the fast ones against.</summary>
internal static class SlowCoinJoins
{
    private static readonly BigInteger[] Pools = [100_000, 1_000_000, 2_500_000, 5_000_000, 25_000_000, 50_000_000];
    private static readonly BigInteger[] Standard = [.. Series(2, 1), .. Series(3, 1), .. Series(3, 2), .. Series(10, 1), .. Series(10, 2), .. Series(10, 5)];
    private static readonly BigInteger[] Decimal = [.. Series(10, 1), .. Series(10, 2), .. Series(10, 5)];

    public static CoinJoinRule Recognise(Movement movement)
    {
        (string Owner, BigInteger Value)[] inputs = [.. movement.Inputs.Select((x, i) => (x.Owner?.ToString() ?? $"unknown {i}", x.Value.ToBigInteger()))];
        BigInteger[] outputs = [.. movement.Outputs.Select(o => o.Value.ToBigInteger())];
        string[] owners = [.. inputs.Select(i => i.Owner).Distinct()];
        if (inputs.Length < 3 || outputs.Length < 3 || owners.Length < 3 || movement.Outputs.Any(o => o.Owner is null))
        {
            return CoinJoinRule.None;
        }

        (string Address, BigInteger Value)[] paid = [.. movement.Outputs.Select(o => (o.Owner!.Value.ToString(), o.Value.ToBigInteger()))];
        IGrouping<BigInteger, BigInteger>[] groups = [.. outputs.GroupBy(v => v).OrderByDescending(g => g.Count()).ThenBy(g => g.Key)];
        BigInteger equal = groups[0].Key;
        int n = paid.Where(p => p.Value == equal && !owners.Contains(p.Address)).Select(p => p.Address).Distinct().Count();
        int unique = groups.Count(g => g.Count() == 1);
        bool allDifferent = paid.Select(p => p.Address).Distinct().Count() == paid.Length;
        AddressKind[] inputKinds = [.. movement.Inputs.Where(i => i.Owner is not null).Select(i => i.Owner!.Value.Kind)];
        bool segwit = inputKinds.Concat(movement.Outputs.Select(o => o.Owner!.Value.Kind)).All(k => k == AddressKind.P2Wpkh);
        BigInteger shares = inputs.GroupBy(i => i.Owner).Select(g => g.Aggregate(BigInteger.Zero, (sum, i) => sum + i.Value)).Aggregate(BigInteger.Zero, (sum, v) => sum + BigInteger.Min(v, equal));
        bool payable = owners.Length >= n && shares * 100 >= equal * n * 99;

        if (inputs.Length is >= 5 and <= 10 && inputs.Length == outputs.Length && owners.Length == inputs.Length && allDifferent && groups.Length == 1
            && Pools.Contains(equal) && segwit && inputs.All(i => i.Value >= equal && i.Value <= equal + 110_000)
            && inputs.Any(i => i.Value == equal) && inputs.Any(i => i.Value > equal))
        {
            return CoinJoinRule.Whirlpool;
        }

        int standard = outputs.Count(Standard.Contains);
        if (owners.Length >= 20 && allDifferent && standard >= 0.6m * outputs.Length && standard >= 0.1m * inputs.Length
            && outputs.Distinct().Count(v => Standard.Contains(v) && !Decimal.Contains(v)) >= 3
            && inputKinds.All(k => k is AddressKind.P2Wpkh or AddressKind.P2Tr)
            && movement.Outputs.All(o => !Standard.Contains(o.Value.ToBigInteger()) || o.Owner!.Value.Kind is AddressKind.P2Wpkh or AddressKind.P2Tr))
        {
            return CoinJoinRule.Wasabi2;
        }

        if (n >= 10 && equal >= 8_000_000 && equal <= 12_000_000 && unique >= 2 && segwit && payable)
        {
            return CoinJoinRule.Wasabi1;
        }

        int others = outputs.Length - n;
        if (n >= 3 && groups[0].Count() == n && (others == n || others == n - 1) && unique == others && allDifferent && equal >= 10_000 && payable)
        {
            return CoinJoinRule.JoinMarket;
        }

        return n >= 5 && equal >= 10_000 && others <= n + 1 && payable ? CoinJoinRule.EqualOutputs : CoinJoinRule.None;
    }

    private static IEnumerable<BigInteger> Series(int factor, int first)
    {
        for (BigInteger value = first; value <= 4_300_000_000_000; value *= factor)
        {
            if (value >= 1_000)
            {
                yield return value;
            }
        }
    }
}
