using System.Globalization;

namespace ChainWatch.Lists.Ofac;

/// <summary>
/// Reads a publication of OFAC's Specially Designated Nationals List in any of its four forms, which its contents tell:
/// SDN_ADVANCED.XML, SDN.XML, SDN_ENHANCED.XML, or SDN.CSV with its comments file. Streaming: memory does not grow with
/// the file (XML up to 2^30 characters). All addresses are read and checked, or nothing is.
/// </summary>
public static class OfacSdn
{
    private const int HeadLength = 1024;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ChainWatchException">
    /// The file cannot be opened; is empty, cut short, of another kind (a web page, a delta file) or altered; has no party or
    /// no address; has an unknown asset that the options do not allow, or an address that its chain's checks refuse; has no
    /// date and the options give none.
    /// </exception>
    public static OfacPublication Read(string path, OfacReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        using Stream stream = Open(path);
        return Read(stream, path, options, cancellationToken);
    }

    /// <summary>Reads a stream, which need not seek and is left open.</summary>
    /// <param name="stream">The file's bytes.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ChainWatchException">As for a file.</exception>
    public static OfacPublication Read(Stream stream, string name, OfacReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= OfacReadOptions.Default;
        try
        {
            PeekedStream peeked = new(stream, HeadLength);
            RefuseOtherKinds(peeked.Head, name);
            (OfacFormat format, OfacContent content) = IsXml(peeked.Head)
                ? ReadXml(peeked, name, options, cancellationToken)
                : (OfacFormat.Csv, ReadCsv(peeked, name, options, cancellationToken));
            return Publish(name, format, content, options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChainWatchException(ChainWatchException.At(name, 0, null, "cannot be read to its end: the disk, or whatever delivers it, fails").Message, e);
        }
    }

    private static OfacPublication Publish(string name, OfacFormat format, OfacContent content, OfacReadOptions options)
    {
        if (content.PartyCount == 0)
        {
            throw ChainWatchException.At(name, 0, null, "no party at all: expected the whole SDN List, which has thousands");
        }

        if (content.Parties.Count == 0)
        {
            throw ChainWatchException.At(name, 0, null, string.Create(CultureInfo.InvariantCulture, $"no digital currency address in {content.PartyCount} parties: expected the whole SDN List, which has hundreds"));
        }

        (IReadOnlyList<OfacAddress> addresses, IReadOnlyList<OfacProblem> problems) = OfacAddresses.Resolve(content.Parties, name, options);
        return new OfacPublication(DateOf(name, content, options), format, content.PartyCount, addresses, [.. content.Problems, .. problems]);
    }

    private static DateOnly DateOf(string name, OfacContent content, OfacReadOptions options)
    {
        if (content.Date is DateOnly told && options.PublicationDate is DateOnly given && told != given)
        {
            throw ChainWatchException.At(name, 0, null, string.Create(CultureInfo.InvariantCulture, $"published on {told:yyyy-MM-dd} as the file says, not on {given:yyyy-MM-dd} as asked"));
        }

        return content.Date ?? options.PublicationDate
            ?? throw ChainWatchException.At(name, 0, null, "the file does not tell its publication date: expected it to be given (yyyy-MM-dd)");
    }

    private static (OfacFormat Format, OfacContent Content) ReadXml(Stream stream, string name, OfacReadOptions options, CancellationToken cancellationToken)
    {
        if (options.CommentsFile is not null)
        {
            throw ChainWatchException.At(name, 0, null, "a comments file goes with SDN.CSV only, and this file is XML");
        }

        using OfacXml xml = new(stream, name, cancellationToken);
        string root = xml.Root();
        (OfacFormat, OfacContent) read = root switch
        {
            "Sanctions" => (OfacFormat.Advanced, new AdvancedReader(xml).Read()),
            "sdnList" => (OfacFormat.Classic, new ClassicReader(xml).Read()),
            "sanctionsData" => (OfacFormat.Enhanced, new EnhancedReader(xml).Read()),
            _ => throw xml.Error($"root element '{root}': expected Sanctions, sdnList or sanctionsData, as OFAC's SDN files have"),
        };
        xml.Finish();
        return read;
    }

    private static OfacContent ReadCsv(Stream stream, string name, OfacReadOptions options, CancellationToken cancellationToken)
    {
        SdnComments? comments = null;
        if (options.CommentsFile is not null)
        {
            using Stream commentsStream = Open(options.CommentsFile);
            comments = SdnComments.Read(commentsStream, options.CommentsFile);
        }

        return new SdnCsvReader(name, comments).Read(stream, cancellationToken);
    }

    private static void RefuseOtherKinds(ReadOnlySpan<byte> head, string name)
    {
        if (head.IsEmpty)
        {
            throw ChainWatchException.At(name, 0, null, "the file is empty: expected one of OFAC's SDN files (an empty download may be a web firewall's challenge)");
        }

        string start = System.Text.Encoding.Latin1.GetString(head);
        if (start.Contains("<!doctype html", StringComparison.OrdinalIgnoreCase) || start.Contains("<html", StringComparison.OrdinalIgnoreCase))
        {
            throw ChainWatchException.At(name, 0, null, "a web page: expected one of OFAC's SDN files (a web firewall or an error page stood in for the download)");
        }
    }

    private static bool IsXml(ReadOnlySpan<byte> head) =>
        head.StartsWith("\uFEFF"u8) ? IsXml(head[3..])
        : head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])
        || head.TrimStart(" \t\r\n"u8).StartsWith("<"u8);

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            string why = Directory.Exists(path) ? "is a folder; expected a file"
                : !File.Exists(path) ? "there is no such file"
                : e is UnauthorizedAccessException ? "no permission"
                : "another program holds it, or the disk fails";
            throw new ChainWatchException(ChainWatchException.At(path, 0, null, $"cannot be opened: {why}").Message, e);
        }
    }
}
