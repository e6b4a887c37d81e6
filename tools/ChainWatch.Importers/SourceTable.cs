using System.Globalization;
using CsvHelper;

namespace ChainWatch.Importers;

/// <summary>A collected CSV file with a header.</summary>
internal static class SourceTable
{
    public static List<SourceRow> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw ChainWatchException.At(path, 0, null, "the file is missing from the data folder");
        }

        CsvReaderOptions options = CsvReaderOptions.Default with
        {
            Separator = ',',
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
            FieldCountMismatch = CsvFieldCountHandling.Throw,
        };
        using CsvReader reader = CsvReader.FromFile(path, options);
        List<SourceRow> rows = [];
        while (reader.Read())
        {
            Dictionary<string, string> fields = new(StringComparer.Ordinal);
            for (int i = 0; i < reader.Headers.Count; i++)
            {
                fields.Add(reader.Headers[i], reader.GetString(i));
            }

            rows.Add(new SourceRow(Path.GetFileName(path), reader.LineNumber, fields));
        }

        return rows;
    }
}

/// <summary>A row of a collected file.</summary>
internal sealed record SourceRow(string File, long Line, IReadOnlyDictionary<string, string> Fields)
{
    public string this[string column] => Fields.TryGetValue(column, out string? value) ? value : throw ChainWatchException.At(File, Line, column, "the file has no such column");

    public DateOnly? Date(string column) => this[column] is { Length: > 0 } text
        ? DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) ? date : throw Error(column, $"'{text}' is no date")
        : null;

    public ChainWatchException Error(string column, string problem) => ChainWatchException.At(File, Line, column, problem);
}
