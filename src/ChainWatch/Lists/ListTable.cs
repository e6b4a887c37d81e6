using System.Text;
using CsvHelper;

namespace ChainWatch.Lists;

/// <summary>A list's data file: CSV with exactly the columns of its kind.</summary>
internal static class ListTable
{
    /// <summary>Writes rows, already in canonical order, each with a field for every column.</summary>
    public static byte[] Write(string[] columns, IEnumerable<string[]> rows)
    {
        using MemoryStream stream = new();
        using (CsvWriter writer = CsvWriter.Create(stream, CsvWriterOptions.Default with { NewLine = "\n" }, leaveOpen: true))
        {
            foreach (string[] row in rows.Prepend(columns))
            {
                foreach (string field in row)
                {
                    writer.WriteField(field);
                }

                writer.EndRecord();
            }
        }

        return stream.ToArray();
    }

    /// <summary>Reads the rows.</summary>
    /// <param name="file">The file, as errors name it.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="columns">The columns, in their order.</param>
    /// <param name="read">Reads one row. The row is valid only during the call.</param>
    public static List<T> Read<T>(string file, byte[] bytes, string[] columns, Func<ListRow, T> read)
    {
        CsvReaderOptions options = CsvReaderOptions.Default with
        {
            Separator = ',',
            TrackLineNumbers = true,
            // A list has few authors, documents and entities, and they are kept.
            PoolStrings = true,
            MalformedData = CsvMalformedDataHandling.Throw,
            FieldCountMismatch = CsvFieldCountHandling.Throw,
        };
        try
        {
            // The strict decoder: text that is not UTF-8 is an error, not a replacement character.
            _ = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetCharCount(bytes);
            using CsvReader reader = CsvReader.Create(bytes, options);
            reader.ReadHeader();
            if (!reader.Headers.SequenceEqual(columns, StringComparer.Ordinal))
            {
                throw ChainWatchException.At(file, 1, null, $"found the columns {string.Join(',', reader.Headers)}: expected {string.Join(',', columns)}");
            }

            List<T> rows = [];
            while (reader.Read())
            {
                rows.Add(read(new ListRow(file, reader)));
            }

            return rows;
        }
        catch (CsvFormatException error)
        {
            throw new ChainWatchException(ChainWatchException.At(file, error.LineNumber, null, $"malformed CSV: {error.Message.ReplaceLineEndings(" ")}").Message, error);
        }
        catch (DecoderFallbackException error)
        {
            throw new ChainWatchException($"{file}: the text is not UTF-8", error);
        }
    }
}
