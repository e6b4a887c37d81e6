namespace ChainWatch.Heuristics;

/// <summary>
/// Recognises a payment to many at once, as exchanges, payment processors and mining pools make them. Such a movement
/// says little about any one payee: the payer's other customers funded it as well.
/// </summary>
/// <remarks>
/// False positives: a payroll, an airdrop, a large CoinJoin that no rule of <see cref="CoinJoins"/> knows. False
/// negatives: an exchange that pays 20 customers or fewer at once. The limit is a choice of ours, not a published one.
/// </remarks>
public static class PayoutBatches
{
    /// <summary>A movement to more addresses than this is a batch: 20.</summary>
    public const int PayeesMax = 20;

    /// <summary>How many addresses a batch pays; 0 where the movement is no batch.</summary>
    /// <param name="movement">A transaction. One without inputs (coinbase) or that is a CoinJoin is no batch.</param>
    /// <returns>Distinct addresses that own no input, where more than <see cref="PayeesMax"/>; else 0.</returns>
    public static int PayeesOf(Movement movement)
    {
        if (movement.Outputs.Count <= PayeesMax || movement.Inputs.Count == 0)
        {
            return 0;
        }

        HashSet<Address> payees = [];
        for (int i = 0; i < movement.Outputs.Count; i++)
        {
            if (movement.Outputs[i].Owner is Address payee)
            {
                payees.Add(payee);
            }
        }

        for (int i = 0; i < movement.Inputs.Count; i++)
        {
            if (movement.Inputs[i].Owner is Address payer)
            {
                payees.Remove(payer);
            }
        }

        return payees.Count > PayeesMax && CoinJoins.Recognise(movement) == CoinJoinRule.None ? payees.Count : 0;
    }
}
