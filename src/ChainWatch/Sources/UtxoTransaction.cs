using System.Globalization;

namespace ChainWatch.Sources;

/// <summary>The rows of one UTXO transaction while they are gathered; the first row read says where and what it is.</summary>
internal sealed class UtxoTransaction(ChainPosition position, TxId? tx, DateTimeOffset? time, Asset asset, RowOrigin origin)
{
    private readonly List<UtxoRow> _rows = [];

    public ChainPosition Position => position;

    public TxId? Tx => tx;

    public RowOrigin Origin => origin;

    /// <summary>Whether a row says what the transaction spends; a coinbase transaction has none.</summary>
    public bool HasInputs { get; private set; }

    /// <summary>Takes one more row, which must agree on everything that a transaction has once; its block is the same already.</summary>
    public void Add(in UtxoRow row, ChainPosition rowPosition, DateTimeOffset? rowTime, Asset rowAsset, FieldReader read)
    {
        Agree(read, "position", rowPosition.Index, position.Index);
        Agree(read, "time", rowTime, time);
        Agree(read, "asset", rowAsset, asset);
        HasInputs |= row.IsInput;
        _rows.Add(row);
    }

    /// <summary>The movement, its rows in canonical order and each counted once.</summary>
    /// <param name="files">The files' tallies: duplicates and outputs without an address are counted where they stand.</param>
    public Movement ToMovement(IReadOnlyList<FileTally> files)
    {
        _rows.Sort(UtxoRow.CompareWithPlace);
        List<MovementInput> inputs = [];
        List<MovementOutput> outputs = [];
        for (int i = 0; i < _rows.Count; i++)
        {
            UtxoRow row = _rows[i];
            FileTally file = files[row.FileIndex];
            if (i > 0 && UtxoRow.CompareFacts(_rows[i - 1], row) == 0)
            {
                file.Duplicates++;
                continue;
            }

            if (i > 0 && row.OutPoint is OutPoint outPoint && _rows[i - 1].OutPoint == outPoint && _rows[i - 1].IsInput == row.IsInput)
            {
                RowOrigin other = new(files[_rows[i - 1].FileIndex].Name, _rows[i - 1].Line);
                throw ChainWatchException.At(file.Name, row.Line, "outpoint", $"{outPoint} has another owner or value at {other}; expected one of each");
            }

            file.Count(row);
            if (row.IsInput)
            {
                inputs.Add(new MovementInput(row.Owner, row.Value, row.OutPoint, row.IsWithoutAddress));
            }
            else
            {
                outputs.Add(new MovementOutput(row.Owner, row.Value, row.OutPoint));
            }
        }

        if (outputs.Count == 0)
        {
            files[_rows[0].FileIndex].WithoutOutputs++;
        }

        return new Movement { Position = position, Tx = tx, Time = time, Asset = asset, Inputs = inputs, Outputs = outputs };
    }

    private void Agree<T>(FieldReader read, string field, T found, T first)
    {
        if (!EqualityComparer<T>.Default.Equals(found, first))
        {
            throw read.Error(field, $"{Quote(found)} where {origin} has {Quote(first)}; expected one {field} for all rows of a transaction");
        }
    }

    private static string Quote<T>(T value) => value switch
    {
        null => "nothing",
        DateTimeOffset time => $"'{time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)}'",
        _ => string.Create(CultureInfo.InvariantCulture, $"'{value}'"),
    };
}
