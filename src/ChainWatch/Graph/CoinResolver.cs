using System.Runtime.InteropServices;

namespace ChainWatch.Graph;

/// <summary>
/// Tells whose the spent outputs were, from the outputs at hand: sources that know the outpoint alone (raw blocks, files
/// without undo data) leave the owner open. What a source told itself is checked against the outputs at hand.
/// </summary>
/// <param name="chain">The chain, for messages.</param>
/// <param name="movements">The movements; those whose inputs become known are replaced.</param>
internal sealed class CoinResolver(Chain chain, List<Movement> movements)
{
    /// <summary>Resolves the inputs.</summary>
    /// <returns>How many inputs stay unknown.</returns>
    /// <exception cref="ChainWatchException">A source told another owner or value than the output at hand has.</exception>
    public long Resolve()
    {
        if (!movements.Exists(m => m.Inputs.Any(i => i.OutPoint is not null)))
        {
            return movements.Sum(m => m.Inputs.LongCount(i => i.IsUnknown));
        }

        // Two coinbase transactions of Bitcoin occur twice (BIP 30), with the same outputs: either will do.
        Dictionary<TxId, Movement> makers = new(movements.Count);
        foreach (Movement movement in movements)
        {
            if (MadeBy(movement) is TxId made)
            {
                makers[made] = movement;
            }
        }

        long unknown = 0;
        foreach (ref Movement movement in CollectionsMarshal.AsSpan(movements))
        {
            MovementInput[]? inputs = null;
            for (int i = 0; i < movement.Inputs.Count; i++)
            {
                MovementInput input = movement.Inputs[i];
                if (input.OutPoint is OutPoint spent && makers.TryGetValue(spent.Tx, out Movement? maker) && OutputOf(maker, spent) is MovementOutput output)
                {
                    MovementInput resolved = Join(movement, input, output);
                    if (resolved != input)
                    {
                        inputs ??= [.. movement.Inputs];
                        inputs[i] = input = resolved;
                    }
                }

                unknown += input.IsUnknown ? 1 : 0;
            }

            movement = inputs is null ? movement : movement with { Inputs = inputs };
        }

        return unknown;
    }

    /// <summary>The transaction that a movement's outpoints name; null where it tells none.</summary>
    public static TxId? MadeBy(Movement movement)
    {
        // Rows of files may lack some.
        foreach (MovementOutput output in movement.Outputs)
        {
            if (output.OutPoint is OutPoint made)
            {
                return made.Tx;
            }
        }

        return null;
    }

    /// <summary>The output of a transaction that an outpoint names; null where it is not at hand.</summary>
    public static MovementOutput? OutputOf(Movement maker, OutPoint outPoint) => IndexOf(maker, outPoint) is >= 0 and int index ? maker.Outputs[index] : null;

    /// <summary>Where among a movement's outputs the one is that an outpoint names; -1 where it is not at hand.</summary>
    public static int IndexOf(Movement maker, OutPoint outPoint)
    {
        // Whole transactions have their outputs in order; rows of files may lack some.
        if (outPoint.Index < maker.Outputs.Count && maker.Outputs[outPoint.Index].OutPoint == outPoint)
        {
            return outPoint.Index;
        }

        for (int i = 0; i < maker.Outputs.Count; i++)
        {
            if (maker.Outputs[i].OutPoint == outPoint)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>An input with the owner and value of the output that it spends.</summary>
    /// <exception cref="ChainWatchException">A source told others.</exception>
    public MovementInput Join(Movement movement, MovementInput input, MovementOutput output)
    {
        bool sameOwner = input.IsUnknown || (input.Owner == output.Owner && input.IsWithoutAddress == (output.Owner is null));
        return sameOwner && (input.Value.IsZero || input.Value == output.Value)
            ? input with { Owner = output.Owner, Value = output.Value, IsWithoutAddress = output.Owner is null }
            : throw new ChainWatchException($"{chain} {movement.Position}: the input that spends {input.OutPoint} is told to be {input.Value} of {Name(input.Owner)}, and that output is {output.Value} to {Name(output.Owner)}; expected the same");
    }

    private static string Name(Address? owner) => owner?.ToString() ?? "nobody's address";
}
