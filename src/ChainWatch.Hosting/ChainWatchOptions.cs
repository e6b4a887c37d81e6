namespace ChainWatch.Hosting;

/// <summary>
/// A watch as a configuration says it. The keys of a section are these names; a key that is none, and a value that is out of its
/// range, is an error at the start.
/// </summary>
public sealed class ChainWatchOptions
{
    /// <summary>The section's usual name.</summary>
    public const string SectionName = "ChainWatch";

    /// <summary>The folder that keeps blocks and alerts; made where it is missing. One process at a time. Required.</summary>
    public string StateFolder { get; set; } = "";

    /// <summary>A folder of lists to use instead of those inside the library; looked at again while the watch runs. Default: none.</summary>
    public string? ListsFolder { get; set; }

    /// <summary>Where the funds came from: <c>list:NAME</c>, <c>list:NAME/ENTITY</c>, addresses, files of addresses. Each is answered apart. Required.</summary>
    public IList<string> From { get; set; } = [];

    /// <summary>The watched wallets: addresses, and files of addresses, which are looked at again while the watch runs. Required.</summary>
    public IList<string> Wallets { get; set; } = [];

    /// <summary>Within how many hops, 1 to 100. Required.</summary>
    public int Hops { get; set; }

    /// <summary>Files of stops, which count before the lists' own. Default: none.</summary>
    public IList<string> StopFiles { get; set; } = [];

    /// <summary>Whether the lists' own stops count. Default: yes.</summary>
    public bool DefaultLabels { get; set; } = true;

    /// <summary>An address with more followed transfers than this is an opaque stop from the crossing on; at least 1. Default: no limit.</summary>
    public int? MaxDegree { get; set; }

    /// <summary>Less than this is dust, by asset: <c>ETH=0.01</c>; see <see cref="Labels.AssetAmounts"/>. Default: none.</summary>
    public IList<string> MinValues { get; set; } = [];

    /// <summary>Whether tokens that are not on the token list are followed. Default: no.</summary>
    public bool AnyToken { get; set; }

    /// <summary>Whether only paths of strictly ascending positions count. Default: no.</summary>
    public bool StrictOrder { get; set; }

    /// <summary>Whether CoinJoins are followed. Default: no.</summary>
    public bool ThroughCoinJoin { get; set; }

    /// <summary>More value over a path that was told already is an alert from this much on, by asset. Default: it is none.</summary>
    public IList<string> AlertValues { get; set; } = [];

    /// <summary>So many blocks, its own counted, must stand on a transfer before it is told, 1 (the default) to <see cref="Watching.WatchRequest.ConfirmationsMax"/>.</summary>
    public int Confirmations { get; set; } = 1;

    /// <summary>The first block to read where the state holds none of a chain, from 0. Default: the node's newest.</summary>
    public long? Since { get; set; }

    /// <summary>Seconds that a chain waits where nothing is new, and between two looks at the files, 1 to 3,600. Default 5.</summary>
    public int IntervalSeconds { get; set; } = 5;

    /// <summary>Days after which a list is too old, 0 to 36,500. Default 7.</summary>
    public int MaxListAgeDays { get; set; } = 7;

    /// <summary>A node of Ethereum or another EVM chain. Default: none.</summary>
    public EthereumNodeOptions? Ethereum { get; set; }

    /// <summary>A node of Bitcoin. Default: none.</summary>
    public BitcoinNodeOptions? Bitcoin { get; set; }

    /// <summary>Where every alert is posted. Default: nowhere.</summary>
    public WebhookTargetOptions? Webhook { get; set; }

    /// <summary>What messages call the section.</summary>
    internal string Place { get; set; } = SectionName;

    /// <summary>What could not be read of the section.</summary>
    internal List<string> Unread { get; } = [];
}

/// <summary>A node of Ethereum or another EVM chain.</summary>
public sealed class EthereumNodeOptions
{
    /// <summary>JSON-RPC over HTTP; <c>user:password@</c> in it is basic authentication. What is printed of it is scheme, host and port.</summary>
    public string Url { get; set; } = "";

    /// <summary>A bearer token. Default: none.</summary>
    public string? BearerToken { get; set; }
}

/// <summary>A node of Bitcoin.</summary>
public sealed class BitcoinNodeOptions
{
    /// <summary>JSON-RPC over HTTP; <c>user:password@</c> in it is basic authentication. What is printed of it is scheme, host and port.</summary>
    public string Url { get; set; } = "";

    /// <summary>The node's cookie file, with user and password. Default: none.</summary>
    public string? CookieFile { get; set; }

    /// <summary>The network as which the node's is taken, such as <c>bitcoin</c>: for a private network. Default: what the node says.</summary>
    public string? AsChain { get; set; }
}

/// <summary>Where alerts are posted.</summary>
public sealed class WebhookTargetOptions
{
    /// <summary>Any 2xx accepts an alert. What is printed of it is scheme, host and port.</summary>
    public string Url { get; set; } = "";

    /// <summary>What sender and receiver share, to sign with: at least 16 bytes of UTF-8. Never printed.</summary>
    public string Secret { get; set; } = "";

    /// <summary>The sink's name in the outbox. Default <c>webhook</c>.</summary>
    public string Name { get; set; } = "webhook";

    /// <summary>A bearer token. Default: none.</summary>
    public string? BearerToken { get; set; }
}
