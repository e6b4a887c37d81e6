using System.Runtime.InteropServices;
using ChainWatch.Graph;

namespace ChainWatch.Tests.Graph.Twin;

/// <summary>Puts rows into chain order, leaves out those that files repeat, and refuses those that contradict one another.</summary>
/// <param name="chain">The chain, for messages and for the rule of its transactions.</param>
/// <param name="rows">The rows, their addresses and assets numbered canonically.</param>
/// <param name="movements">The movements by number.</param>
/// <param name="txs">The transaction hashes by number, in no order.</param>
/// <param name="files">The files by number.</param>
internal sealed class LogOrder(Chain chain, List<LogRow> rows, List<Movement> movements, TxId[] txs, List<string> files)
{
    /// <summary>Sorts the rows by block and position, inside a position canonically.</summary>
    public void Sort()
    {
        if (!IsSorted())
        {
            rows.Sort(CompareWithFiles);
        }
    }

    /// <summary>Leaves out rows of files that are the same as another; the rows are sorted.</summary>
    /// <returns>How many were left out, by the file of the row left out.</returns>
    public Dictionary<string, long> RemoveDuplicates()
    {
        Dictionary<string, long> left = new(StringComparer.Ordinal);
        int kept = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            LogRow row = rows[i];
            // Only files repeat rows by mistake; a node's two equal logs are two transfers.
            bool duplicate = kept > 0 && row.File >= 0 && rows[kept - 1].File >= 0 && Compare(rows[kept - 1], row) == 0;
            if (duplicate)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(left, files[row.File], out _)++;
                continue;
            }

            rows[kept++] = row;
        }

        rows.RemoveRange(kept, rows.Count - kept);
        return left;
    }

    /// <summary>Checks that one transaction stands at one position, and one position holds one transaction; the rows are sorted.</summary>
    /// <exception cref="ChainWatchException">It is not so.</exception>
    public void CheckPositions()
    {
        Dictionary<int, int> txAtIndex = [];
        int[] rowOfTx = new int[txs.Length];
        Array.Fill(rowOfTx, -1);
        ReadOnlySpan<LogRow> sorted = CollectionsMarshal.AsSpan(rows);
        for (int i = 0; i < sorted.Length; i++)
        {
            ref readonly LogRow row = ref sorted[i];
            bool isFirst = i == 0 || row.Block != sorted[i - 1].Block || row.Group != sorted[i - 1].Group;
            if (isFirst && txAtIndex.Count > 0)
            {
                txAtIndex.Clear();
            }

            // Nothing to compare with: the usual case.
            bool isAlone = isFirst && (i + 1 == sorted.Length || row.Block != sorted[i + 1].Block || row.Group != sorted[i + 1].Group);

            if (row.Tx < 0)
            {
                continue;
            }

            if (!isAlone && row.Index >= 0 && !txAtIndex.TryAdd(row.Index, row.Tx) && txAtIndex[row.Index] != row.Tx)
            {
                throw Conflict(row, $"position: two transactions stand at {chain} block {row.Block} position {row.Index}, {txs[txAtIndex[row.Index]].ToString(chain)} and {txs[row.Tx].ToString(chain)}; expected one");
            }

            // Bitcoin has two coinbase transactions that occur twice (BIP 30); elsewhere a transaction stands at one position.
            if (chain.IsEvm && rowOfTx[row.Tx] is >= 0 and int earlier
                && (sorted[earlier].Block != row.Block || (sorted[earlier].Index >= 0 && row.Index >= 0 && sorted[earlier].Index != row.Index)))
            {
                throw Conflict(row, $"tx: {txs[row.Tx].ToString(chain)} stands at two positions, block {sorted[earlier].Block} and block {row.Block}; expected one");
            }

            if (rowOfTx[row.Tx] < 0 || row.Index >= 0)
            {
                rowOfTx[row.Tx] = i;
            }
        }
    }

    private bool IsSorted()
    {
        for (int i = 1; i < rows.Count; i++)
        {
            if (CompareWithFiles(rows[i - 1], rows[i]) > 0)
            {
                return false;
            }
        }

        return true;
    }

    // Which of two files a repeated row is counted for depends on the files, not on the order of rows.
    private int CompareWithFiles(LogRow x, LogRow y) => Compare(x, y) is not 0 and int order ? order : x.File.CompareTo(y.File);

    private int Compare(in LogRow x, in LogRow y)
    {
        int order = x.Block.CompareTo(y.Block);
        order = order != 0 ? order : x.Group.CompareTo(y.Group);
        // Plain transfers first, by payer, payee, asset, value, transaction; then movements by transaction.
        order = order != 0 ? order : (x.Multi >= 0).CompareTo(y.Multi >= 0);
        order = order != 0 ? order : x.Source.CompareTo(y.Source);
        order = order != 0 ? order : x.Target.CompareTo(y.Target);
        order = order != 0 ? order : x.Asset.CompareTo(y.Asset);
        order = order != 0 ? order : x.Value.CompareTo(y.Value);
        order = order != 0 || x.Tx == y.Tx ? order : x.Tx < 0 ? -1 : y.Tx < 0 ? 1 : txs[x.Tx].CompareTo(txs[y.Tx]);
        order = order != 0 ? order : x.Index.CompareTo(y.Index);
        order = order != 0 ? order : x.IsInternal.CompareTo(y.IsInternal);
        return order != 0 || x.Multi < 0 || x.Multi == y.Multi ? order : MovementOrder.Compare(movements[x.Multi], movements[y.Multi]);
    }

    private ChainWatchException Conflict(in LogRow row, string problem) =>
        row.File < 0 ? new ChainWatchException(problem) : ChainWatchException.At(files[row.File], row.Line, null, problem);
}
