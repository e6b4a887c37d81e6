using ChainWatch.Text;

namespace ChainWatch.Sources;

/// <summary>
/// Transfers from files: the transfer file (CSV or JSON lines) and the transactions CSV of ethereum-etl, each also gzipped.
/// What a file is shows in its contents; its name does not matter. Neither does the order of rows, columns and files.
/// </summary>
/// <remarks>
/// Limits: a line has at most 1 MiB, of UTF-8. Plain transfers are passed on as they are read; rows of UTXO transactions
/// are kept until all files are read (about 200 bytes a row), since one transaction's rows may stand anywhere. Extra columns
/// are not looked at; an <c>outpoint</c> on a plain row is checked and not used.
/// </remarks>
public sealed class TransferFileSource : ITransferSource
{
    private readonly IReadOnlyList<string> _paths;
    private readonly bool _declaredComplete;

    /// <summary>A source of files.</summary>
    /// <param name="paths">The files, at least one.</param>
    /// <param name="declaredComplete">True where the supplier says that together they hold every transfer that matters to the question.</param>
    /// <exception cref="ChainWatchException">No file is given.</exception>
    public TransferFileSource(IReadOnlyList<string> paths, bool declaredComplete)
    {
        _paths = paths.Count > 0 ? [.. paths] : throw new ChainWatchException("no transfer file is given; expected at least one");
        _declaredComplete = declaredComplete;
    }

    /// <summary>
    /// Sends the files' transfers to the sink; UTXO transactions come last, in canonical order. Reads synchronously.
    /// </summary>
    /// <returns>The coverage of each file, in the order given.</returns>
    /// <exception cref="ChainWatchException">A file cannot be read or is malformed: one line that names file, line and field.</exception>
    public ValueTask<IReadOnlyList<SourceCoverage>> ReadAsync(TransferQuery query, ITransferSink sink, CancellationToken cancellationToken = default)
    {
        FileTally[] tallies = [.. _paths.Select(path => new FileTally(path))];
        UtxoGatherer utxo = new();
        for (int i = 0; i < tallies.Length; i++)
        {
            using TextInput input = TextInput.Open(_paths[i]);
            Read(input, tallies[i], new TransferRows(i, tallies[i], sink, utxo), sink, cancellationToken);
            tallies[i].Sha256 = input.FinishSha256();
        }

        utxo.SendTo(sink, tallies, cancellationToken);
        return ValueTask.FromResult<IReadOnlyList<SourceCoverage>>([.. tallies.Select(tally => tally.ToCoverage(_declaredComplete))]);
    }

    private static void Read(TextInput input, FileTally tally, TransferRows rows, ITransferSink sink, CancellationToken cancellationToken)
    {
        if (input.FirstByte() == '[')
        {
            throw ChainWatchException.At(input.Name, 1, null, "the file begins with '[', as a JSON array does; expected JSON lines, one whole object a line without brackets or commas around it, or CSV");
        }

        if (input.FirstByte() == '{')
        {
            TransferJsonLines.Read(input, rows, cancellationToken);
            return;
        }

        using CsvTable table = new(input);
        if (EtlTransactions.Recognises(table))
        {
            new EtlTransactions(tally, sink).Read(table, cancellationToken);
        }
        else
        {
            TransferCsv.Read(table, rows, cancellationToken);
        }
    }
}
