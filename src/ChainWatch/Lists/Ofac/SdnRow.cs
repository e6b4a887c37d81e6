using CsvHelper;

namespace ChainWatch.Lists.Ofac;

/// <summary>Reads OFAC's CSV files: no header, CR LF, quoted where needed, and one byte 0x1A (an old end-of-file mark) as the last line.</summary>
internal static class SdnRow
{
    private const int RecordBytesMax = 1 << 20;
    private const string EndMark = "\u001A";

    /// <summary>
    /// The rows, with the reader on each in turn, until the end mark. A file without it, with a row of another width or
    /// with anything behind the mark is refused: it is cut short or is none of OFAC's.
    /// </summary>
    public static IEnumerable<CsvReader> Read(Stream stream, string file, int width)
    {
        CsvReaderOptions options = CsvReaderOptions.Default with
        {
            HasHeader = false,
            Separator = ',',
            MaxRecordSize = RecordBytesMax,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
        };
        using CsvReader reader = CsvReader.Create(stream, options, leaveOpen: true);
        bool ended = false;
        while (Next(reader, file))
        {
            if (ended)
            {
                throw ChainWatchException.At(file, reader.LineNumber, null, "a row behind the end mark (byte 0x1A): expected the end of the file");
            }

            ended = reader.FieldCount == 1 && reader.GetString(0) == EndMark;
            if (!ended && reader.FieldCount != width)
            {
                throw ChainWatchException.At(file, reader.LineNumber, null, $"a row of {reader.FieldCount} columns: expected {width}; the file is cut short or is not one of OFAC's");
            }

            if (!ended)
            {
                yield return reader;
            }
        }

        if (!ended)
        {
            throw ChainWatchException.At(file, 0, null, "the file is cut short: it does not end in the byte 0x1A, as OFAC's CSV files do");
        }
    }

    private static bool Next(CsvReader reader, string file)
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException e)
        {
            throw new ChainWatchException(ChainWatchException.At(file, e.LineNumber, null, $"the file is cut short or no valid CSV: {e.Message.ReplaceLineEndings(" ")}").Message, e);
        }
    }
}
