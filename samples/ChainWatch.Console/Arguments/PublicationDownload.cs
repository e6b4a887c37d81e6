using ChainWatch.Lists.Ofac;
using ChainWatch.Rpc;

namespace ChainWatch.Console.Arguments;

/// <summary>OFAC's file from its own server, or from a mirror: downloaded whole, read, and not kept.</summary>
internal sealed class PublicationDownload : IDisposable
{
    /// <summary>Where OFAC's Sanctions List Service gives the file out. It redirects to a place that is valid for an hour.</summary>
    public const string DefaultUrl = "https://sanctionslistservice.ofac.treas.gov/api/download/SDN_ADVANCED.XML";

    private const string What = "SDN file";
    private const int HeadLength = 64;

    // Some 130 MB in 2026.
    private static readonly RpcOptions Options = new() { AttemptTimeout = TimeSpan.FromMinutes(10), RetriesMax = 4, ResponseBytesMax = 1 << 30 };

    // The form in which programs that are no browser name themselves to the web; OFAC's firewall takes no shorter one.
    private static readonly string UserAgent = $"Mozilla/5.0 (compatible; chainwatch/{ToolVersion.Text}; update of sanctions lists)";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chainwatch-");

    private PublicationDownload()
    {
    }

    /// <summary>The downloaded file; removed with this.</summary>
    public string File => Path.Combine(_folder.FullName, "sdn.xml");

    /// <summary>Where it came from.</summary>
    public FileDownload Origin { get; private set; } = new([], 0, "");

    /// <summary>The file as errors name it: the URL's path may hold a key.</summary>
    public string Name => $"{What} ({string.Join(", then ", Origin.Hosts)})";

    /// <summary>What it says.</summary>
    public OfacPublication Publication { get; private set; } = null!;

    /// <summary>Downloads and reads it.</summary>
    /// <exception cref="ChainWatchException">It cannot be had, or is no whole publication.</exception>
    public static async Task<PublicationDownload> GetAsync(string url, string listsFolder, OfacReadOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        PublicationDownload download = new();
        try
        {
            using HttpClient http = RpcHttp.Create();
            using FileClient client = Client(http, url, terminal.Clock);
            if (terminal.ShowsProgress)
            {
                terminal.Messages.WriteLine($"downloading from {client.Endpoint.Name}");
            }

            download.Origin = await client.DownloadAsync(What, download.File, cancellationToken).ConfigureAwait(false);
            download.Read(options, cancellationToken);
            return download;
        }
        catch (RpcException e) when (e.Kind == RpcErrorKind.Unauthorized)
        {
            download.Dispose();
            throw new ChainWatchException($"{e.Message}; where a browser gets the file, 'chainwatch lists import ofac FILE --output {listsFolder}' reads it", e);
        }
        catch
        {
            download.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder.FullName))
        {
            _folder.Delete(recursive: true);
        }
    }

    private static FileClient Client(HttpClient http, string url, TimeProvider clock)
    {
        try
        {
            return new FileClient(http, RpcEndpoint.Parse(url), UserAgent, Options, clock);
        }
        catch (ChainWatchException e)
        {
            throw new ChainWatchException($"--url: {e.Message}", e);
        }
    }

    private void Read(OfacReadOptions options, CancellationToken cancellationToken)
    {
        using FileStream stream = System.IO.File.OpenRead(File);
        byte[] head = new byte[HeadLength];
        int length = stream.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false);
        if (!LooksLikeXml(head.AsSpan(0, length)))
        {
            throw ChainWatchException.At(Name, 0, null, "is no XML; expected SDN_ADVANCED.XML, SDN.XML or SDN_ENHANCED.XML");
        }

        stream.Position = 0;
        Publication = OfacSdn.Read(stream, Name, options, cancellationToken);
    }

    // After white space and a mark of the byte order, where there is one; in UTF-16 every other byte is zero.
    private static bool LooksLikeXml(ReadOnlySpan<byte> head) =>
        head.TrimStart((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF, 0xFE, 0xFF, 0, (byte)' ', (byte)'\t', (byte)'\r', (byte)'\n']) is [(byte)'<', ..];
}
