using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Appending;

/// <summary>By transaction hash the movements whose outputs tell that it made them: 16 bytes a movement, at most 32.</summary>
/// <param name="first">The first movement that counts.</param>
internal sealed class MakerIndex(int first)
{
    private readonly AppendedIndex _index = new();
    private int _end = first;

    /// <summary>Takes the movements that are new, up to one.</summary>
    public void Update(ChainLog log, int? end = null)
    {
        for (; _end < (end ?? log.MultiCount); _end++)
        {
            if (MadeBy(log, _end) is >= 0 and int tx)
            {
                _index.Add(TxColumn.HashOf(log.Txs[tx]), _end);
            }
        }
    }

    /// <summary>The movement of a transaction, or -1.</summary>
    public int Find(TxId tx, ChainLog log) =>
        _index.Until(_end).Find(TxColumn.HashOf(tx), tx, (sought, multi) => MadeBy(log, multi) is >= 0 and int made && log.Txs[made] == sought);

    private static int MadeBy(ChainLog log, int multi)
    {
        MultiColumn multis = log.Columns.Multis;
        int end = multis.OutputStarts.At(multi + 1);
        for (int output = multis.OutputStarts.At(multi); output < end; output++)
        {
            if (multis.OutputTxs.OrNone(output) is >= 0 and int tx)
            {
                return tx;
            }
        }

        return -1;
    }
}
