namespace ChainWatch.Sources;

/// <summary>One input or output of a UTXO transaction, as a row gave it.</summary>
/// <param name="IsInput">An input; else an output.</param>
/// <param name="Owner">Whose; null for <c>?</c> and <c>!</c>.</param>
/// <param name="Value">How much.</param>
/// <param name="OutPoint">Which output was spent or made, where the row says so.</param>
/// <param name="FileIndex">Which of the files the row is in.</param>
/// <param name="Line">The row's line in it.</param>
/// <param name="IsWithoutAddress">An input whose output is known and has no address: <c>!</c> in the column <c>from</c>.</param>
internal readonly record struct UtxoRow(bool IsInput, Address? Owner, Amount Value, OutPoint? OutPoint, int FileIndex, int Line, bool IsWithoutAddress = false)
{
    /// <summary>Inputs first, then by outpoint, owner and value: an order that does not depend on where the rows stood.</summary>
    public static int CompareFacts(UtxoRow left, UtxoRow right)
    {
        int byKind = right.IsInput.CompareTo(left.IsInput);
        int byOutPoint = byKind != 0 ? byKind : Compare(left.OutPoint, right.OutPoint);
        int byOwner = byOutPoint != 0 ? byOutPoint : Nullable.Compare(left.Owner, right.Owner);
        int byValue = byOwner != 0 ? byOwner : left.Value.CompareTo(right.Value);
        return byValue != 0 ? byValue : left.IsWithoutAddress.CompareTo(right.IsWithoutAddress);
    }

    /// <summary>The order of <see cref="CompareFacts"/>, equal rows in the order in which they were read.</summary>
    public static int CompareWithPlace(UtxoRow left, UtxoRow right)
    {
        int byFacts = CompareFacts(left, right);
        int byFile = byFacts != 0 ? byFacts : left.FileIndex.CompareTo(right.FileIndex);
        return byFile != 0 ? byFile : left.Line.CompareTo(right.Line);
    }

    private static int Compare(OutPoint? left, OutPoint? right)
    {
        if (left is not OutPoint first || right is not OutPoint second)
        {
            return left.HasValue.CompareTo(right.HasValue);
        }

        int byTx = first.Tx.CompareTo(second.Tx);
        return byTx != 0 ? byTx : first.Index.CompareTo(second.Index);
    }
}
