namespace ChainWatch.Graph;

/// <summary>
/// A canonical order of movements by their content, for those that share position, asset and transaction (or tell none).
/// </summary>
internal static class MovementOrder
{
    public static int Compare(Movement x, Movement y)
    {
        int order = x.Inputs.Count.CompareTo(y.Inputs.Count);
        for (int i = 0; order == 0 && i < x.Inputs.Count; i++)
        {
            order = Compare((x.Inputs[i].Owner, x.Inputs[i].Value, x.Inputs[i].OutPoint), (y.Inputs[i].Owner, y.Inputs[i].Value, y.Inputs[i].OutPoint));
            order = order != 0 ? order : x.Inputs[i].IsWithoutAddress.CompareTo(y.Inputs[i].IsWithoutAddress);
        }

        order = order != 0 ? order : x.Outputs.Count.CompareTo(y.Outputs.Count);
        for (int i = 0; order == 0 && i < x.Outputs.Count; i++)
        {
            order = Compare((x.Outputs[i].Owner, x.Outputs[i].Value, x.Outputs[i].OutPoint), (y.Outputs[i].Owner, y.Outputs[i].Value, y.Outputs[i].OutPoint));
        }

        return order;
    }

    private static int Compare((Address? Owner, Amount Value, OutPoint? OutPoint) x, (Address? Owner, Amount Value, OutPoint? OutPoint) y)
    {
        int order = Nullable.Compare(x.Owner, y.Owner);
        order = order != 0 ? order : x.Value.CompareTo(y.Value);
        order = order != 0 ? order : (x.OutPoint is null).CompareTo(y.OutPoint is null);
        if (order != 0 || x.OutPoint is not OutPoint left || y.OutPoint is not OutPoint right)
        {
            return order;
        }

        order = left.Tx.CompareTo(right.Tx);
        return order != 0 ? order : left.Index.CompareTo(right.Index);
    }
}
