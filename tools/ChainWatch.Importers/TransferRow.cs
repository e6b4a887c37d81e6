using System.Globalization;

namespace ChainWatch.Importers;

/// <summary>A row of our transfer file, as text. A source that does not tell the transaction or the position leaves them empty.</summary>
internal sealed record TransferRow(long Block, DateTimeOffset Time, string Tx, string From, string To, string Asset, Amount Value)
{
    private const string Header = "chain,block,position,time,tx,from,to,asset,value\n";

    /// <summary>Writes the file of these rows: by block, rows of one block in the order given.</summary>
    public static void WriteFile(string path, IEnumerable<TransferRow> rows)
    {
        string unfinished = path + ".unfinished";
        File.WriteAllText(unfinished, Header + string.Concat(rows.OrderBy(row => row.Block)));
        File.Move(unfinished, path, overwrite: true);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"ethereum,{Block},,{Time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'},{Tx},{From},{To},{Asset},{Value}\n");
}
