namespace ChainWatch.Heuristics;

/// <summary>
/// Recognises one link of a peel chain: a sum goes on from address to fresh address, and at each step a small part is
/// peeled off and paid to somebody.
/// </summary>
/// <remarks>
/// Source: BlockSci (citp/BlockSci, heuristics/tx_identification): one input and two outputs, in a row. That the larger
/// output goes on is the usual meaning of the word (Meiklejohn et al., "A Fistful of Bitcoins", IMC 2013).
/// False positives: every ordinary payment with change to a fresh address is one link, so only a run of at least
/// <see cref="LengthMin"/> links is called a peel chain. False negatives: a step that joins several inputs, pays two
/// people at once, keeps the change on its address, or pays away the larger part.
/// </remarks>
public static class PeelLinks
{
    /// <summary>The least number of consecutive links that is called a peel chain: 3.</summary>
    public const int LengthMin = 3;

    /// <summary>True where the movement is a link of a peel chain that goes on from one address to the other.</summary>
    /// <param name="movement">A transaction.</param>
    /// <param name="from">The owner of its one input.</param>
    /// <param name="to">The address that gets the strictly larger of its two outputs. Both outputs have an address, are not
    /// zero, and go to two addresses other than <paramref name="from"/>.</param>
    public static bool IsPeel(Movement movement, Address from, Address to)
    {
        if (movement.Inputs.Count != 1 || movement.Outputs.Count != 2 || movement.Inputs[0].Owner != from)
        {
            return false;
        }

        (MovementOutput large, MovementOutput small) = (movement.Outputs[0], movement.Outputs[1]);
        if (large.Value < small.Value)
        {
            (large, small) = (small, large);
        }

        return large.Value > small.Value && !small.Value.IsZero
            && large.Owner == to && small.Owner is Address peeled
            && peeled != to && peeled != from && to != from;
    }
}
