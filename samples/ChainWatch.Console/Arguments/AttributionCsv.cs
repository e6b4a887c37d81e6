using ChainWatch.Console.Printing;
using ChainWatch.Lists;
using ChainWatch.Text;
using CsvHelper;

namespace ChainWatch.Console.Arguments;

/// <summary>Reads a user's own CSV of attributions. Every error names the file, the line and the column.</summary>
internal static class AttributionCsv
{
    private static readonly string[] Columns = ["address", "chain", "entity", "incident", "role", "may_seed", "stated_on", "document", "document_date", "document_url", "note"];

    public static IReadOnlyList<Attribution> Read(string path, string list, Authority authority, DateOnly asOf)
    {
        CsvReaderOptions options = CsvReaderOptions.Default with
        {
            Separator = ',',
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
            FieldCountMismatch = CsvFieldCountHandling.Throw,
        };
        try
        {
            using CsvReader reader = CsvReader.Create(Bytes(path), options);
            reader.ReadHeader();
            string[] headers = [.. reader.Headers];
            if (!headers.Contains("address", StringComparer.Ordinal) || headers.FirstOrDefault(h => !Columns.Contains(h, StringComparer.Ordinal)) is not null)
            {
                throw ChainWatchException.At(path, 1, null, $"found the columns {OneLine.Of(string.Join(',', headers))}; expected address and any of {string.Join(", ", Columns.Skip(1))}");
            }

            List<Attribution> entries = [];
            while (reader.Read())
            {
                entries.Add(Entry(new Row(path, reader, headers), list, authority, asOf));
            }

            return entries.Count > 0 ? entries : throw ChainWatchException.At(path, 0, null, "the file holds no address; expected at least one row");
        }
        catch (CsvFormatException e)
        {
            throw new ChainWatchException(ChainWatchException.At(path, e.LineNumber, null, $"malformed CSV: {OneLine.Of(e.Message)}").Message, e);
        }
    }

    private static Attribution Entry(Row row, string list, Authority authority, DateOnly asOf)
    {
        Role role = row.Role();
        DateOnly? statedOn = row.Day("stated_on");
        DateOnly? documentDate = row.Day("document_date") ?? statedOn;
        return new Attribution
        {
            List = list,
            Address = row.Address(),
            Authority = authority,
            Entity = row.Text("entity"),
            Incident = row.Text("incident"),
            Role = role,
            MaySeed = row.MaySeed() ?? role is not (Role.ServiceDeposit or Role.Broker or Role.Contract or Role.Victim),
            StatedOn = statedOn ?? documentDate ?? asOf,
            Document = new SourceDocument(row.Text("document"), documentDate, row.Text("document_url"), authority == Authority.User ? IssuerText.Yes : IssuerText.No),
            Note = row.Text("note"),
        };
    }

    private static byte[] Bytes(string path)
    {
        using TextInput input = TextInput.Open(path);
        using MemoryStream text = new();
        input.Text.CopyTo(text);
        return text.ToArray();
    }

    private readonly struct Row(string path, CsvReader reader, string[] headers)
    {
        public string Text(string column) => headers.Contains(column, StringComparer.Ordinal) ? OneLine.Of(reader.GetString(column).Trim()) : "";

        public Address Address()
        {
            try
            {
                string chain = Text("chain");
                return chain.Length == 0 ? ChainWatch.Address.Parse(Text("address")) : ChainWatch.Address.Parse(Text("address"), Chain.Parse(chain));
            }
            catch (ChainWatchException e)
            {
                throw Error("address", e.Message);
            }
        }

        public Role Role() => Text("role") is not { Length: > 0 } text ? ChainWatch.Lists.Role.Unknown
            : RoleWords.TryParse(text, out Role role) ? role
            : throw Error("role", $"'{text}' is none of {string.Join(", ", RoleWords.All)}");

        public bool? MaySeed() => Text("may_seed") switch
        {
            "" => null,
            "yes" => true,
            "no" => false,
            string text => throw Error("may_seed", $"'{text}' is neither yes nor no"),
        };

        public DateOnly? Day(string column) => Text(column) is not { Length: > 0 } text ? null
            : DateArgument.TryParse(text, out DateOnly day) ? day
            : throw Error(column, $"'{text}' is no date; expected YYYY-MM-DD");

        private ChainWatchException Error(string column, string problem) => ChainWatchException.At(path, reader.LineNumber, column, problem);
    }
}
