using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Building;

/// <summary>
/// Makes the columns of movements with several inputs or outputs: first the uses of transactions in outpoints, of all
/// inputs and then of all outputs; then, once transactions are numbered, the columns.
/// </summary>
internal sealed class MultiColumns
{
    private readonly BuildRoom _room;
    private readonly Movement[] _movements;
    private readonly ColumnBuilder _inputUses;
    private readonly ColumnBuilder _outputUses;

    /// <summary>Takes the movements in the order of the log; adds the uses of their outpoints' transactions.</summary>
    public MultiColumns(IEnumerable<Movement> movements, TxUses uses, BuildRoom room)
    {
        _room = room;
        _movements = [.. movements];
        _inputUses = UsesOf(_movements.SelectMany(m => m.Inputs).Select(i => i.OutPoint), uses);
        _outputUses = UsesOf(_movements.SelectMany(m => m.Outputs).Select(o => o.OutPoint), uses);
    }

    /// <summary>Whether a movement pays a known address that is so.</summary>
    public bool AnyTarget(Func<Address, bool> isSo) => _movements.Any(m => m.Outputs.Any(o => o.Owner is Address owner && isSo(owner)));

    /// <summary>The columns.</summary>
    /// <param name="entries">By movement, its place in the log.</param>
    /// <param name="rankOf">The rank of an address.</param>
    /// <param name="txs">The transactions' numbers.</param>
    /// <exception cref="ChainWatchException">The outputs of one movement to one address add up to more than there can be.</exception>
    public MultiColumn Finish(NumberColumn entries, Func<Address, int> rankOf, TxNumbers txs)
    {
        using ColumnBuilder inputStarts = new(_room);
        using ColumnBuilder inputOwners = new(_room);
        using AmountBuilder inputValues = new(_room);
        using ColumnBuilder inputIndices = new(_room);
        using ColumnBuilder outputStarts = new(_room);
        using ColumnBuilder outputOwners = new(_room);
        using AmountBuilder outputValues = new(_room);
        using ColumnBuilder outputIndices = new(_room);
        inputStarts.Append(0);
        outputStarts.Append(0);
        foreach (Movement movement in _movements)
        {
            int[] targets = [.. movement.Outputs.Select(o => o.Owner is Address owner ? rankOf(owner) : -1)];
            MultiMovement.Of(movement with { Inputs = [] }, [], targets);
            foreach (MovementInput input in movement.Inputs)
            {
                inputOwners.Append(input.Owner is Address owner ? (ulong)rankOf(owner) + 2 : input.IsWithoutAddress ? 1UL : 0);
                inputValues.Append(input.Value);
                inputIndices.Append((ulong)(input.OutPoint?.Index ?? 0));
            }

            for (int i = 0; i < targets.Length; i++)
            {
                outputOwners.Append((ulong)(targets[i] + 1));
                outputValues.Append(movement.Outputs[i].Value);
                outputIndices.Append((ulong)(movement.Outputs[i].OutPoint?.Index ?? 0));
            }

            inputStarts.Append((ulong)inputOwners.Count);
            outputStarts.Append((ulong)outputOwners.Count);
        }

        return new MultiColumn
        {
            Entries = entries,
            InputStarts = inputStarts.Finish(),
            InputOwners = inputOwners.Finish(),
            InputValues = inputValues.Finish(),
            InputTxs = Numbers(_inputUses, txs),
            InputIndices = inputIndices.Finish(),
            OutputStarts = outputStarts.Finish(),
            OutputOwners = outputOwners.Finish(),
            OutputValues = outputValues.Finish(),
            OutputTxs = Numbers(_outputUses, txs),
            OutputIndices = outputIndices.Finish(),
        };
    }

    private NumberColumn Numbers(ColumnBuilder uses, TxNumbers txs)
    {
        using (uses)
        {
            return ColumnMap.Of(uses, use => use == 0 ? 0 : (ulong)txs.NumberOf((int)use - 1) + 1, _room).Finish();
        }
    }

    private ColumnBuilder UsesOf(IEnumerable<OutPoint?> outPoints, TxUses uses)
    {
        ColumnBuilder column = new(_room);
        foreach (OutPoint? outPoint in outPoints)
        {
            column.Append(outPoint is OutPoint point ? (ulong)uses.AddUnlessLast(point.Tx) + 1 : 0);
        }

        return column;
    }
}
