namespace ChainWatch.Graph.Building;

/// <summary>
/// The canonical order of rows at one position, their addresses and assets numbered canonically: plain transfers first, by
/// payer, payee, asset, value, transaction; then movements by transaction.
/// </summary>
/// <param name="movements">The movements by number.</param>
internal sealed class BuildRowOrder(IReadOnlyList<Movement> movements) : IComparer<BuildRow>
{
    // Which of two files a repeated row is counted for depends on the files, not on the order of rows.
    int IComparer<BuildRow>.Compare(BuildRow x, BuildRow y)
    {
        int order = Compare(x, y);
        order = order != 0 ? order : x.File.CompareTo(y.File);
        return order != 0 ? order : x.Line.CompareTo(y.Line);
    }

    /// <summary>Compares what two rows say, wherever they stood.</summary>
    public int Compare(in BuildRow x, in BuildRow y)
    {
        int order = (x.Multi >= 0).CompareTo(y.Multi >= 0);
        order = order != 0 ? order : x.Source.CompareTo(y.Source);
        order = order != 0 ? order : x.Target.CompareTo(y.Target);
        order = order != 0 ? order : x.Asset.CompareTo(y.Asset);
        order = order != 0 ? order : x.Value.CompareTo(y.Value);
        order = order != 0 ? order : x.HasTx.CompareTo(y.HasTx);
        order = order != 0 || !x.HasTx ? order : x.Tx.CompareTo(y.Tx);
        order = order != 0 ? order : x.Index.CompareTo(y.Index);
        order = order != 0 ? order : x.IsInternal.CompareTo(y.IsInternal);
        return order != 0 || x.Multi < 0 || x.Multi == y.Multi ? order : MovementOrder.Compare(movements[x.Multi], movements[y.Multi]);
    }
}
