using ChainWatch.Heuristics;

namespace ChainWatch.Graph;

/// <summary>
/// One movement in the log, addresses by their number in the chain's address table. A plain transfer has its source and
/// target here; a movement with several inputs or outputs has them in <see cref="ChainLog.MultiAt"/>. Put together of the
/// log's columns.
/// </summary>
internal struct LogEntry
{
    /// <summary>The payer, or -1 where <see cref="Multi"/> tells.</summary>
    public int Source;

    /// <summary>The payee, or -1 where <see cref="Multi"/> tells.</summary>
    public int Target;

    /// <summary>The asset's number.</summary>
    public int Asset;

    /// <summary>The transaction hash's number, or -1 where it is not known.</summary>
    public int Tx;

    /// <summary>Equal for entries that are known to be of one transaction of the group; -1 where the transaction is not known.</summary>
    public int TxKey;

    /// <summary>By what the transaction is known: tells which other keys may be the same one.</summary>
    public TxIdentity TxIdentity;

    /// <summary>The movement's number in <see cref="ChainLog.MultiAt"/>, or -1 for a plain transfer.</summary>
    public int Multi;

    /// <summary>True where the entry comes from a file somebody supplied, and not from a chain's own node.</summary>
    public bool Supplied;

    /// <summary>True where a contract's call moved the coin, and not the transaction itself.</summary>
    public bool IsInternal;

    /// <summary>The value of a plain transfer.</summary>
    public Amount Value;
}

/// <summary>A movement with several inputs or outputs, prepared for the tracer.</summary>
/// <param name="InputNumbers">For every input its owner's number, or -1.</param>
/// <param name="OutputNumbers">For every output its owner's number, or -1.</param>
/// <param name="Sources">Known owners of inputs: distinct, ascending. Also of inputs said to hold nothing: a source may not know their value.</param>
/// <param name="Targets">Owners of outputs: distinct, ascending, each with the sum of its outputs.</param>
/// <param name="Movement">The movement as it came, for evidence.</param>
internal sealed record MultiMovement(int[] InputNumbers, int[] OutputNumbers, int[] Sources, (int Address, Amount Value)[] Targets, Movement Movement)
{
    private int _coinJoinAndOne;

    /// <summary>The rule by which it is a CoinJoin; found when first asked for.</summary>
    public CoinJoinRule CoinJoin
    {
        get
        {
            if (_coinJoinAndOne == 0)
            {
                _coinJoinAndOne = (int)CoinJoins.Recognise(Movement) + 1;
            }

            return (CoinJoinRule)(_coinJoinAndOne - 1);
        }
    }

    /// <summary>Prepares a movement.</summary>
    /// <exception cref="ChainWatchException">The outputs to one address add up to more than there can be.</exception>
    public static MultiMovement Of(Movement movement, int[] inputNumbers, int[] outputNumbers)
    {
        int[] sources = [.. inputNumbers.Where((n, i) => n >= 0 && !movement.Inputs[i].Owner!.Value.IsZero).Distinct().Order()];
        (int, Amount)[] targets = [.. outputNumbers
            .Select((number, i) => (Number: number, movement.Outputs[i].Value))
            .Where(o => o.Number >= 0)
            .GroupBy(o => o.Number)
            .OrderBy(g => g.Key)
            .Select(g => (g.Key, Sum(g.Select(o => o.Value), movement)))];
        return new MultiMovement(inputNumbers, outputNumbers, sources, targets, movement);
    }

    private static Amount Sum(IEnumerable<Amount> outputs, Movement movement)
    {
        try
        {
            return outputs.Aggregate(Amount.Zero, (sum, value) => sum + value);
        }
        catch (OverflowException e)
        {
            throw new ChainWatchException($"{movement.Position.Chain} {movement.Position}: value: the outputs to one address add up to more than 2^256-1", e);
        }
    }

    /// <summary>Distinct known payers, and one more for each input whose owner is not known.</summary>
    public int Payers => Sources.Length + Movement.Inputs.Count(i => i.Owner is null);
}

/// <summary>The movements at one chain position. Inside it no order is claimed.</summary>
/// <param name="Block">The block's number in <see cref="ChainLog.Blocks"/>.</param>
/// <param name="Index">The transaction's index in the block, or -1: the whole block is one group, its order assumed.</param>
/// <param name="Start">The group's first entry; it ends where the next group starts.</param>
internal readonly record struct LogGroup(int Block, int Index, int Start);
