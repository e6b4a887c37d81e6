using System.Globalization;
using CsvHelper;

namespace ChainWatch.Text;

/// <summary>
/// A CSV file with a header row: columns found by name, every row as wide as the header, errors with file and line. Rows of
/// the usual shape are split here; from the first other one on CsvHelper reads.
/// </summary>
internal sealed class CsvTable : IDisposable
{
    private readonly string _file;
    private readonly string[] _header;
    private PlainCsvRows? _plain;
    private CsvReader? _csv;
    private long _linesBefore;

    public CsvTable(TextInput input, char? commentPrefix = null)
    {
        _file = input.Name;
        PlainCsvRows plain = new(input.Text);
        string[]? header = commentPrefix is null ? plain.TryReadHeader() : null;
        if (header is not null)
        {
            _plain = plain;
        }
        else
        {
            _csv = Open(plain.Rest([]), commentPrefix);
            header = _csv.Headers.ToArray();
        }

        _header = [.. header.Select(name => name.Trim())];
    }

    /// <summary>The line on which the current row starts, from 1.</summary>
    public int Line => _plain?.Line ?? checked((int)(_csv!.LineNumber + _linesBefore));

    /// <summary>A field of the current row, decoded; valid until the next row is read.</summary>
    public ReadOnlySpan<byte> this[int column] => column < 0 ? default : _plain is not null ? _plain[column] : _csv!.GetSpan(column);

    /// <summary>True where the header has a column of that name, without regard to case.</summary>
    public bool Has(string name) => Array.Exists(_header, column => column.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The column of that name, without regard to case; -1 where there is none.</summary>
    /// <exception cref="ChainWatchException">The header has it twice.</exception>
    public int Optional(string name)
    {
        int first = Array.FindIndex(_header, column => column.Equals(name, StringComparison.OrdinalIgnoreCase));
        return first < 0 || Array.FindIndex(_header, first + 1, column => column.Equals(name, StringComparison.OrdinalIgnoreCase)) < 0
            ? first
            : throw ChainWatchException.At(_file, 1, name, "the header has this column twice");
    }

    /// <summary>The column of that name, without regard to case.</summary>
    /// <exception cref="ChainWatchException">The header has it twice or not at all.</exception>
    public int Required(string name, string expected)
    {
        int column = Optional(name);
        return column >= 0 ? column
            : OtherSeparator() is string other ? throw ChainWatchException.At(_file, 1, null, $"the columns are separated by {other}; expected a comma (,)")
            : throw ChainWatchException.At(_file, 1, name, $"the header has no such column; expected {expected}");
    }

    /// <summary>Moves to the next row; false at the end. Empty lines are passed over.</summary>
    public bool Read()
    {
        if (_plain is not null)
        {
            if (_plain.TryRead())
            {
                return true;
            }

            if (_plain.IsAtEnd)
            {
                return false;
            }

            // In place of the lines before stands a header of one line.
            _linesBefore = _plain.Line - 2;
            _csv = Open(_plain.Rest(System.Text.Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, _header.Length)) + "\n")), null);
            _plain = null;
        }

        bool read = false;
        try
        {
            read = _csv!.Read();
        }
        catch (CsvFormatException e)
        {
            throw Malformed(e);
        }

        return !read || _csv.FieldCount == _header.Length
            ? read
            : throw ChainWatchException.At(_file, Line, null, string.Create(CultureInfo.InvariantCulture, $"the row has {_csv.FieldCount} fields; expected {_header.Length} as in the header"));
    }

    public void Dispose() => _csv?.Dispose();

    private CsvReader Open(Stream text, char? commentPrefix)
    {
        CsvReader csv = CsvReader.Create(
            text,
            new CsvReaderOptions
            {
                Separator = ',',
                CommentPrefix = commentPrefix,
                MalformedData = CsvMalformedDataHandling.Throw,
                MaxRecordSize = GuardedTextStream.LineBytesMax,
                TrackLineNumbers = true,
                DetectSeparatorHint = false,
            },
            leaveOpen: true);
        try
        {
            csv.ReadHeader();
            return csv;
        }
        catch (CsvFormatException e)
        {
            csv.Dispose();
            throw Malformed(e);
        }
    }

    // Spreadsheets of many countries save CSV with semicolons.
    private string? OtherSeparator() => _header is not [string only] ? null
        : only.Contains(';', StringComparison.Ordinal) ? "a semicolon (;)"
        : only.Contains('\t', StringComparison.Ordinal) ? "a tab"
        : null;

    private ChainWatchException Malformed(CsvFormatException e) => ChainWatchException.At(
        _file, e.LineNumber + _linesBefore, null, "malformed CSV: a quoted field is not closed within 1 MiB, or text stands beside its quotes");
}
