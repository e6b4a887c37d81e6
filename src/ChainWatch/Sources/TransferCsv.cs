using ChainWatch.Text;

namespace ChainWatch.Sources;

/// <summary>The transfer file as CSV.</summary>
internal static class TransferCsv
{
    private const string Columns = "chain,block,position,time,tx,from,to,asset,value";

    public static void Read(CsvTable table, TransferRows rows, CancellationToken cancellationToken)
    {
        int chain = table.Required("chain", Columns);
        int block = table.Required("block", Columns);
        int position = table.Required("position", Columns);
        int time = table.Required("time", Columns);
        int tx = table.Required("tx", Columns);
        int from = table.Required("from", Columns);
        int to = table.Required("to", Columns);
        int asset = table.Required("asset", Columns);
        int value = table.Required("value", Columns);
        int outPoint = table.Optional("outpoint");
        while (table.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            TransferFields row = new()
            {
                Chain = table[chain],
                Block = table[block],
                Position = table[position],
                Time = table[time],
                Tx = table[tx],
                From = table[from],
                To = table[to],
                Asset = table[asset],
                Value = table[value],
                OutPoint = table[outPoint],
            };
            rows.Add(row, table.Line);
        }
    }
}
