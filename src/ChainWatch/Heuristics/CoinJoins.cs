namespace ChainWatch.Heuristics;

/// <summary>
/// Recognises CoinJoin transactions of Bitcoin by their shape. A CoinJoin joins payments of several people so that nobody
/// can tell which input paid which output: it is no evidence that one of its input owners paid one of its payees.
/// </summary>
/// <remarks>
/// Exact conditions, sources and known errors of each rule stand in docs/bitcoin.md. What all rules share:
/// <list type="bullet">
/// <item>The movement is on Bitcoin or one of its test networks, with at least 3 inputs, 3 outputs and 3 input owners.</item>
/// <item>Every output has an address. An OP_RETURN marks token transfers, airdrops and Whirlpool's preparing transaction.</item>
/// <item>An unknown input owner (null) counts as an owner of its own.</item>
/// <item>An unknown input value (zero) counts as nothing, so that no rule holds on its strength.</item>
/// <item>The order of inputs and outputs does not matter.</item>
/// </list>
/// </remarks>
public static class CoinJoins
{
    /// <summary>Fewer inputs, outputs or input owners than this are never a CoinJoin here: 3.</summary>
    /// <remarks>With two parties each knows the other, and an ordinary payment often has that shape.</remarks>
    public const int ParticipantsMin = 3;

    /// <summary>The first rule that holds, from the most to the least specific; <see cref="CoinJoinRule.None"/> where none does.</summary>
    /// <param name="movement">A transaction. Coinbase transactions (no inputs) are never a CoinJoin.</param>
    /// <remarks>Allocates nothing below 3 inputs or outputs; else O(n log n) for n inputs and outputs.</remarks>
    public static CoinJoinRule Recognise(Movement movement)
    {
        if (movement.Inputs.Count < ParticipantsMin || movement.Outputs.Count < ParticipantsMin || !movement.Asset.Chain.IsBitcoin)
        {
            return CoinJoinRule.None;
        }

        MovementShape? shape = MovementShape.Of(movement);
        return shape switch
        {
            null => CoinJoinRule.None,
            _ when shape.Owners < ParticipantsMin => CoinJoinRule.None,
            _ when WhirlpoolShape.Fits(shape) => CoinJoinRule.Whirlpool,
            _ when Wasabi2Shape.Fits(shape) => CoinJoinRule.Wasabi2,
            _ when Wasabi1Shape.Fits(shape) => CoinJoinRule.Wasabi1,
            _ when JoinMarketShape.Fits(shape) => CoinJoinRule.JoinMarket,
            _ when EqualOutputsShape.Fits(shape) => CoinJoinRule.EqualOutputs,
            _ => CoinJoinRule.None,
        };
    }

    /// <summary>The rule's name as reports write it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No rule has that number.</exception>
    public static string NameOf(CoinJoinRule rule) => rule switch
    {
        CoinJoinRule.None => "none",
        CoinJoinRule.Whirlpool => "Whirlpool",
        CoinJoinRule.Wasabi1 => "Wasabi 1.x",
        CoinJoinRule.Wasabi2 => "Wasabi 2.x",
        CoinJoinRule.JoinMarket => "JoinMarket",
        CoinJoinRule.EqualOutputs => "equal outputs",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "no such CoinJoin rule"),
    };
}
