namespace ChainWatch.Heuristics;

/// <summary>
/// A round of Wasabi 2.x. At least 20 input owners; at least 60 % of the outputs are standard denominations; at least 3
/// different ones among them are powers of 2, of 3 or twice those of 3, which people do not pay by chance; at least one
/// standard output per 10 inputs; no address is paid twice. Input owners and payees of standard denominations are P2WPKH
/// or P2TR. Input values are not looked at.
/// </summary>
/// <remarks>
/// Sources: the denominations 2^n, 3^n, 2*3^n, 10^n, 2*10^n, 5*10^n satoshis, and at most 10 inputs of one wallet:
/// WalletWasabi, DenominationBuilder and CoinJoinCoinSelector. 60 % (real rounds had 71 % or more), and 20 inputs with 3
/// odd denominations as the shape of high confidence: Copexit/am-i-exposed. nopara73/Dumplings asks for 50 inputs, 80 %
/// and descending order; rounds of newer coordinators are smaller, and a source need not keep the order.
/// </remarks>
internal static class Wasabi2Shape
{
    private const int OwnersMin = 20;
    private const int StandardPercentMin = 60;
    private const int OddDenominationsMin = 3;
    private const int InputsOfOneWalletMax = 10;
    private const ulong DenominationMin = 1_000;
    private const ulong DenominationMax = 43_000UL * 100_000_000;

    private static readonly HashSet<ulong> Decimal = [.. Series(10, 1), .. Series(10, 2), .. Series(10, 5)];
    private static readonly HashSet<ulong> Odd = [.. Series(2, 1).Concat(Series(3, 1)).Concat(Series(3, 2)).Except(Decimal)];

    public static bool Fits(MovementShape shape)
    {
        if (shape.Owners < OwnersMin || shape.Addresses < shape.Outputs.Length)
        {
            return false;
        }

        int standard = 0;
        int odd = 0;
        for (int i = 0; i < shape.Outputs.Length; i++)
        {
            ulong value = shape.Outputs[i];
            standard += IsStandard(value) ? 1 : 0;
            odd += Odd.Contains(value) && (i == 0 || shape.Outputs[i - 1] != value) ? 1 : 0;
        }

        return odd >= OddDenominationsMin
            && standard * 100L >= shape.Outputs.Length * (long)StandardPercentMin
            && standard * (long)InputsOfOneWalletMax >= shape.InputValues.Length
            && KindsFit(shape);
    }

    private static bool KindsFit(MovementShape shape)
    {
        foreach (MovementInput input in shape.Movement.Inputs)
        {
            if (input.Owner is Address owner && !IsWalletKind(owner))
            {
                return false;
            }
        }

        for (int i = 0; i < shape.OutputValues.Length; i++)
        {
            if (IsStandard(shape.OutputValues[i]) && !IsWalletKind(shape.Movement.Outputs[i].Owner!.Value))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsWalletKind(Address address) => address.Kind is AddressKind.P2Wpkh or AddressKind.P2Tr;

    private static bool IsStandard(ulong value) => Odd.Contains(value) || Decimal.Contains(value);

    private static IEnumerable<ulong> Series(ulong factor, ulong first)
    {
        for (ulong value = first; value <= DenominationMax; value *= factor)
        {
            if (value >= DenominationMin)
            {
                yield return value;
            }
        }
    }
}
