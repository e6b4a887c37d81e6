namespace ChainWatch.Graph.Building;

/// <summary>What is wrong with rows that contradict one another, with their file and line where they have one.</summary>
/// <param name="chain">The chain.</param>
/// <param name="files">The files by number.</param>
internal sealed class RowErrors(Chain chain, IReadOnlyList<string> files)
{
    /// <summary>Another transaction stands at the row's position.</summary>
    public ChainWatchException TwoTransactions(in BuildRow row, in TxId other) =>
        At(row, $"position: two transactions stand at {chain} block {row.Block} position {row.Index}, {other.ToString(chain)} and {row.Tx.ToString(chain)}; expected one");

    /// <summary>The row's transaction stands at another position too.</summary>
    public ChainWatchException TwoPositions(in BuildRow row, long earlier) =>
        At(row, $"tx: {row.Tx.ToString(chain)} stands at two positions, block {earlier} and block {row.Block}; expected one");

    private ChainWatchException At(in BuildRow row, string problem) =>
        row.File < 0 ? new ChainWatchException(problem) : ChainWatchException.At(files[row.File], row.Line, null, problem);
}
