using System.Globalization;
using ChainWatch.Encoding;
using ChainWatch.Text;

namespace ChainWatch.Labels;

/// <summary>
/// A user's file of stops: a CSV with the columns <c>chain,address,category,name,source</c>. Gzipped files are read too.
/// </summary>
public static class LabelFile
{
    private const string Columns = "chain,address,category,name,source";

    /// <summary>
    /// Reads the labels, one for each address, in canonical order. Rows that agree on an address's category are one label,
    /// with their distinct names and sources joined by "; ".
    /// </summary>
    /// <returns>The list, named as the file.</returns>
    /// <exception cref="ChainWatchException">
    /// The file cannot be read, is malformed, holds no label, has an unknown category, or gives an address two categories.
    /// </exception>
    public static StopList Read(string path)
    {
        using TextInput input = TextInput.Open(path);
        using CsvTable table = new(input, commentPrefix: '#');
        int chain = table.Required("chain", Columns);
        int address = table.Required("address", Columns);
        int category = table.Required("category", Columns);
        int name = table.Required("name", Columns);
        int source = table.Required("source", Columns);
        Dictionary<Address, Rows> byAddress = [];
        while (table.Read())
        {
            Chain rowChain = ReadChain(Decode(table[chain]), path, table.Line);
            if (!AddressFormats.TryRead(Decode(table[address]), rowChain, out Address key, out string? problem))
            {
                throw ChainWatchException.At(path, table.Line, "address", Found.OneLine(problem));
            }

            StopCategory rowCategory = ReadCategory(Decode(table[category]), path, table.Line);
            if (!byAddress.TryGetValue(key, out Rows? rows))
            {
                byAddress.Add(key, rows = new Rows(rowCategory, table.Line));
            }
            else if (rows.Category != rowCategory)
            {
                throw ChainWatchException.At(path, table.Line, "category", string.Create(CultureInfo.InvariantCulture, $"'{StopCategories.NameOf(rowCategory)}' for {key}, which line {rows.Line} calls '{StopCategories.NameOf(rows.Category)}'; expected one category per address"));
            }

            rows.Names.Add(Decode(table[name]));
            rows.Sources.Add(Decode(table[source]));
        }

        if (byAddress.Count == 0)
        {
            throw ChainWatchException.At(path, 0, null, "the file holds no label; expected at least one row");
        }

        return new StopList(path, [.. byAddress
            .OrderBy(pair => pair.Key)
            .Select(pair => new StopLabel(pair.Key, pair.Value.Category, Join(pair.Value.Names), Join(pair.Value.Sources)))]);
    }

    private static Chain ReadChain(string text, string path, int line) => Chain.TryParse(text, out Chain chain)
        ? chain
        : throw ChainWatchException.At(path, line, "chain", Found.OneLine($"unknown chain '{text}'; expected ethereum, bitcoin or a CAIP-2 id such as eip155:137"));

    private static StopCategory ReadCategory(string text, string path, int line)
    {
        if (StopCategories.TryParse(text, out StopCategory category))
        {
            return category;
        }

        string known = string.Join(", ", Enum.GetValues<StopCategory>().Select(StopCategories.NameOf));
        throw ChainWatchException.At(path, line, "category", Found.OneLine($"unknown category '{text}'; expected one of {known}"));
    }

    private static string Join(SortedSet<string> texts) => string.Join("; ", texts.Where(text => text.Length > 0));

    private static string Decode(ReadOnlySpan<byte> text) => System.Text.Encoding.UTF8.GetString(text);

    private sealed class Rows(StopCategory category, int line)
    {
        public StopCategory Category { get; } = category;

        public int Line { get; } = line;

        public SortedSet<string> Names { get; } = new(StringComparer.Ordinal);

        public SortedSet<string> Sources { get; } = new(StringComparer.Ordinal);
    }
}
