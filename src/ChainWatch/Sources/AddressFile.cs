using ChainWatch.Encoding;
using ChainWatch.Text;

namespace ChainWatch.Sources;

/// <summary>
/// A file of addresses: a CSV with a column <c>address</c> (<c>ref</c> comes back, <c>chain</c> says which chain's address
/// it is, other columns are not looked at), or one address a line. <c>#</c> starts a comment, empty lines are passed over.
/// Gzipped files are read too.
/// </summary>
public static class AddressFile
{
    /// <summary>
    /// Reads the addresses in the file's order, duplicates included, one at a time: memory does not grow with the file.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="onBadRow">Told of every row that is no address, which is then passed over; null: the first one throws.</param>
    /// <param name="asListed">
    /// Asked about a text that is no address: the address it stands for, or null. <see cref="Lists.ListSet.FindAsListed"/>
    /// knows those that an issuer wrote wrong.
    /// </param>
    /// <exception cref="ChainWatchException">
    /// While enumerating: the file cannot be read, is malformed, or holds no row at all.
    /// </exception>
    public static IEnumerable<AddressRow> Read(string path, Action<ChainWatchException>? onBadRow = null, Func<string, Address?>? asListed = null)
    {
        using TextInput input = TextInput.Open(path);
        long rows = 0;
        foreach ((AddressRow row, ChainWatchException? problem) in HasHeader(input.Text.Peek()) ? ReadCsv(input, asListed) : ReadLines(input, asListed))
        {
            rows++;
            if (problem is null)
            {
                yield return row;
            }
            else if (onBadRow is null)
            {
                throw problem;
            }
            else
            {
                onBadRow(problem);
            }
        }

        if (rows == 0)
        {
            throw ChainWatchException.At(path, 0, null, "the file holds no address; expected one a line, or a CSV with a column 'address'");
        }
    }

    private static IEnumerable<(AddressRow Row, ChainWatchException? Problem)> ReadCsv(TextInput input, Func<string, Address?>? asListed)
    {
        using CsvTable table = new(input, commentPrefix: '#');
        int address = table.Required("address", "address and optional ref and chain");
        int reference = table.Optional("ref");
        int chain = table.Optional("chain");
        while (table.Read())
        {
            string? rowReference = table[reference].IsEmpty ? null : Decode(table[reference]);
            yield return Parse(Decode(table[address]), Decode(table[chain]), rowReference, input.Name, table.Line, asListed);
        }
    }

    private static IEnumerable<(AddressRow Row, ChainWatchException? Problem)> ReadLines(TextInput input, Func<string, Address?>? asListed)
    {
        TextLines lines = new(input.Text);
        while (lines.Read(out ReadOnlySpan<byte> line))
        {
            string text = Decode(WithoutComment(line));
            if (text.Length > 0)
            {
                yield return Parse(text, "", null, input.Name, lines.Number, asListed);
            }
        }
    }

    private static (AddressRow Row, ChainWatchException? Problem) Parse(string address, string chainText, string? reference, string file, int line, Func<string, Address?>? asListed)
    {
        Chain chain = default;
        if (chainText.Length > 0 && !Chain.TryParse(chainText, out chain))
        {
            return (default, ChainWatchException.At(file, line, "chain", Found.OneLine($"unknown chain '{chainText}'; expected ethereum, bitcoin, another known name, a CAIP-2 id, or nothing")));
        }

        bool isAddress = chainText.Length > 0
            ? AddressFormats.TryRead(address, chain, out Address read, out string? problem)
            : AddressFormats.TryRead(address, out read, out problem);
        if (!isAddress && asListed?.Invoke(address) is Address listed)
        {
            (isAddress, read) = (true, listed);
        }

        return isAddress
            ? (new AddressRow(read, reference, line), null)
            : (default, ChainWatchException.At(file, line, "address", Found.OneLine(problem!)));
    }

    // The first line that is neither empty nor a comment decides: a header names the column, an address is none.
    private static bool HasHeader(ReadOnlySpan<byte> start)
    {
        foreach (Range range in start.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = WithoutComment(start[range]);
            if (!line.IsEmpty)
            {
                return Decode(line).Split([',', ';', '\t']).Any(name => name.Trim(' ', '"').Equals("address", StringComparison.OrdinalIgnoreCase));
            }
        }

        return false;
    }

    private static ReadOnlySpan<byte> WithoutComment(ReadOnlySpan<byte> line)
    {
        int comment = line.IndexOf((byte)'#');
        return (comment < 0 ? line : line[..comment]).Trim(" \t\r"u8);
    }

    private static string Decode(ReadOnlySpan<byte> text) => System.Text.Encoding.UTF8.GetString(text);
}
